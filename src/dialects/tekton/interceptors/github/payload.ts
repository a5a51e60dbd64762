import { EngineError } from '../../../../core/errors/engine-error.ts';
import { isObject, type Json, type JsonObject } from '../../../../core/json/json.ts';
import { code } from '../answer.ts';
import type { Answer, InterceptorRequest } from '../interceptor.ts';

/** What a payload lacks, as the sentence that stops the call. */
export class Lacking extends Error {
  override readonly name = 'Lacking';
}

/** What `read` gives for the payload, or the answer that says what it lacks. */
export function fromPayload<T>({ call }: InterceptorRequest, read: (payload: JsonObject) => T): T | Extract<Answer, { continue: false }> {
  try {
    const { json } = call;
    if (call.body === '') throw new Lacking('the body is empty');
    if (!isObject(json)) throw new Lacking('the body is no JSON object');
    return read(json);
  } catch (thrown) {
    if (!(thrown instanceof Lacking) && !(thrown instanceof EngineError)) throw thrown;
    return { continue: false, code: code.failedPrecondition, message: thrown.message };
  }
}

export interface Repository {
  readonly owner: string;
  readonly name: string;
}

/** The repository that a payload is about. Throws Lacking. */
export function repositoryOf(payload: JsonObject): Repository {
  const fullName = isObject(payload['repository']) ? payload['repository']['full_name'] : undefined;
  if (typeof fullName !== 'string') throw new Lacking('body.repository.full_name is missing');
  const [owner = '', name = ''] = fullName.split('/');
  if (![owner, name].every((part) => /^[\w.-]+$/.test(part) && !/^\.+$/.test(part)))
    throw new Lacking(`body.repository.full_name is \`${fullName}\`, and no OWNER/NAME`);
  return { owner, name };
}

/** The number of a pull request or an issue. Throws Lacking. */
export function numberOf(number: Json | undefined, path: string): number {
  if (typeof number !== 'number') throw new Lacking(`${path} is ${number === undefined ? 'missing' : 'no number'}`);
  return Math.trunc(number);
}

export const eventTypeOf = ({ call }: InterceptorRequest): string => call.header['X-Github-Event']?.[0] ?? '';
