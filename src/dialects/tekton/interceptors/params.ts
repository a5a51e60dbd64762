import { z } from 'zod';
import type { Finding } from '../../../core/errors/finding.ts';
import type { Json, JsonObject } from '../../../core/json/json.ts';
import { foldCase } from '../../../core/schema/fold-case.ts';
import { read } from '../../../core/schema/read.ts';
import type { InterceptorEntry } from '../kinds/interceptor-spec.ts';
import { code, stops } from './answer.ts';
import type { Interceptor } from './interceptor.ts';

/** As an author writes them: `[{name, value}]`. */
export type Params = NonNullable<InterceptorEntry['params']>;

/** An interceptor, and what is to be said of its params, with paths below its entry. */
export interface Compiled {
  readonly interceptor: Interceptor;
  readonly findings: readonly Finding[];
}

/** The name of an event, as a list of those that are let through has it. */
export const eventTypes = z.array(z.string()).optional();

/** By name, as in the request of an interceptor. */
export const valuesOf = (params: Params): JsonObject => Object.fromEntries(params.map(({ name, value }) => [name, value as Json]));

/** Reads the params by a schema whose fields are their names; as in Go, whatever the case of these, and null is absent. */
export function readParams<Schema extends z.ZodType>(schema: Schema, params: Params): ReturnType<typeof read<Schema>> {
  const { value, findings } = read(schema, foldCase(schema, valuesOf(params)));
  return { value, findings: inList(params, findings) };
}

/** Findings about values by name, as findings about the entry with the list of them. */
export function inList(params: Params, findings: readonly Finding[]): Finding[] {
  return findings.map(({ atKey, ...finding }) => {
    const [first, ...rest] = finding.path;
    const at = params.findLastIndex(({ name }) => name.toLowerCase() === String(first).toLowerCase());
    if (at < 0) return { ...finding, path: ['params'] };
    if (atKey && rest.length === 0) return { ...finding, path: ['params', at, 'name'] };
    return { ...finding, path: ['params', at, 'value', ...rest], ...(atKey ? { atKey } : {}) };
  });
}

/** One that stops every call, because its params cannot be read: what filters is closed, not open, where it fails. */
export function closed(name: string, findings: readonly Finding[]): Compiled {
  const because = findings.find(({ severity }) => severity === 'error')?.message;
  const answer = stops(code.invalidArgument, `its params cannot be read: ${because}`);
  return { interceptor: { name, addsNothing: true, decide: () => answer, ask: async () => answer }, findings };
}
