import { type Code, codes, type ErrorCode, type Retry } from './codes.ts';

export type ErrorFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** The one error class. What it says and what happens next come from the table in `codes.ts`. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: Code;
  readonly fields: ErrorFields;
  readonly retry: Retry;
  readonly hint: string | undefined;

  constructor(code: Code, fields: ErrorFields = {}, options: { cause?: unknown; retry?: Retry; hint?: string } = {}) {
    const known: ErrorCode = codes[code];
    super(fill(known.message, fields), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.fields = fields;
    this.retry = options.retry ?? known.retry;
    this.hint = options.hint ?? (known.hint === undefined ? undefined : fill(known.hint, fields));
  }
}

/** Fills `{name}` places; a place without a field stays as it is, so that a forgotten field is seen. */
export function fill(template: string, fields: ErrorFields): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => (fields[name] === undefined ? place : String(fields[name])));
}
