import { z } from 'zod';
import { EngineError } from '../../../../core/errors/engine-error.ts';
import type { Json, JsonObject } from '../../../../core/json/json.ts';
import { parseJson } from '../../../../core/json/parse.ts';
import { foldCase } from '../../../../core/schema/fold-case.ts';
import { sentenceOf } from '../../../../core/schema/wrong.ts';
import { passes, stops } from '../answer.ts';
import type { Answer } from '../interceptor.ts';

/** gRPC's, in their order, as they are written in JSON. */
const codeNames = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

const code = z.union([z.int().min(0).max(16), z.enum(codeNames).transform((name) => codeNames.indexOf(name))], {
  error: 'status.code is neither a number from 0 to 16 nor one of the names that gRPC has for them, such as FAILED_PRECONDITION',
});

const schema = z.object({
  continue: z.boolean().nullish(),
  extensions: z.record(z.string(), z.custom<Json>()).nullish(),
  status: z.object({ code: code.nullish(), message: z.string().nullish() }).nullish(),
});

/** What an interceptor says in Tekton's protocol. Throws REMOTE_RECEIVER for what is none of its answers. */
export function readResponse(text: string, server: string): Answer {
  const refuse = (reason: string, cause?: unknown): EngineError =>
    new EngineError('REMOTE_RECEIVER', { server, reason: `what it answers is none of an interceptor: ${reason}` }, { cause });
  let json: Json;
  try {
    json = parseJson(text);
  } catch (cause) {
    throw refuse(text === '' ? 'it is empty' : `it is no JSON but "${text.slice(0, 60)}"`, cause);
  }
  const { success, data, error } = schema.safeParse(foldCase(schema, json), { error: sentenceOf });
  if (!success) throw refuse(error.issues[0]!.message);
  const { continue: goesOn, extensions, status } = data;
  if (goesOn) return passes((extensions ?? {}) as JsonObject);
  return stops(status?.code ?? 0, status?.message || 'it says no, and not why');
}
