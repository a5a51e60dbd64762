import { type Code, codes, type ErrorCode } from './codes.ts';
import { type ErrorFields, fill } from './engine-error.ts';

export type Path = readonly (string | number)[];

/**
 * Something to say about a rule before it runs: an error (the rule is refused) or a warning.
 *
 * `path` leads from the object's root to the field; `src/manifests` turns it into file, line and column.
 */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly code: Code;
  readonly path: Path;
  readonly message: string;
  readonly hint?: string;
  /** Position inside the field's text (a jq program, a regular expression), counted in characters from 0. */
  readonly offset?: number;
  /** The position meant is that of the key, not of the value. */
  readonly atKey?: boolean;
}

interface Extra {
  hint?: string;
  offset?: number;
  atKey?: boolean;
}

const finding = (severity: Finding['severity'], code: Code, path: Path, fields: ErrorFields, extra: Extra): Finding => {
  const known: ErrorCode = codes[code];
  const hint = extra.hint ?? (known.hint === undefined ? undefined : fill(known.hint, fields));
  return {
    severity,
    code,
    path,
    message: fill(known.message, fields),
    ...(hint === undefined ? {} : { hint }),
    ...(extra.offset === undefined ? {} : { offset: extra.offset }),
    ...(extra.atKey ? { atKey: true } : {}),
  };
};

export const error = (code: Code, path: Path, fields: ErrorFields = {}, extra: Extra = {}): Finding =>
  finding('error', code, path, fields, extra);
export const warning = (code: Code, path: Path, fields: ErrorFields = {}, extra: Extra = {}): Finding =>
  finding('warning', code, path, fields, extra);

/** Findings about a block, as findings about what has the block in a field. */
export const under = (field: string, findings: readonly Finding[]): Finding[] =>
  findings.map((one) => ({ ...one, path: [field, ...one.path] }));
