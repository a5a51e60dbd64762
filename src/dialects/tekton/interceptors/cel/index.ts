/**
 * The interceptor `cel`: a filter that must say true, and overlays that put values into the extensions.
 *
 *     - ref: { name: cel }
 *       params:
 *         - { name: filter, value: "body.action in ['opened', 'reopened']" }
 *         - { name: overlays, value: [{ key: short, expression: body.head.sha.truncate(7) }] }
 *
 * It is decided when the event is admitted; only where it hangs on `compareSecret` it has to be asked.
 */

import { jsonOf } from '../../../../core/cel/json.ts';
import { type Reasons, reasonsOf } from '../../../../core/cel/reasons.ts';
import { CelFault, type CelResult } from '../../../../core/cel/values/fault.ts';
import { Bytes, type CelObject, type CelValue, Int, kindOf } from '../../../../core/cel/values/value.ts';
import { EngineError } from '../../../../core/errors/engine-error.ts';
import type { Finding } from '../../../../core/errors/finding.ts';
import { isObject, type JsonObject } from '../../../../core/json/json.ts';
import { parseJson } from '../../../../core/json/parse.ts';
import { setRaw } from '../../../../core/json/set-path/index.ts';
import { stringifyJson } from '../../../../core/json/stringify.ts';
import { passes } from '../answer.ts';
import type { Answer, Interceptor, InterceptorRequest } from '../interceptor.ts';
import { type SecretsAtHand, SecretWanted } from './functions.ts';
import { type CelParams, type Compiled, compileParams } from './params.ts';

/** Codes of gRPC. */
const invalidArgument = 3;
const failedPrecondition = 9;
const internal = 13;

/** Compiles the params. Nothing is thrown: what can never be evaluated is a finding (its path starts at the params), and stops every call. */
export function celInterceptor(params: JsonObject): { interceptor: Interceptor; findings: readonly Finding[] } {
  const compiled = compileParams(params);
  const evaluate = answering(compiled);
  return {
    findings: compiled.findings,
    interceptor: {
      name: 'cel',
      addsNothing: compiled.overlays.length === 0,
      decide(request) {
        const answer = evaluate(request, new Map());
        return answer instanceof SecretWanted ? undefined : answer;
      },
      async ask(request, { secrets, signal }) {
        const atHand = new Map<string, string>();
        for (;;) {
          const answer = evaluate(request, atHand);
          if (!(answer instanceof SecretWanted)) return answer;
          const { name, key } = answer.selector;
          if (atHand.size === mostSecrets) return stop(invalidArgument, `it compares with more than ${mostSecrets} secrets`);
          atHand.set(`${name}/${key}`, await secrets.secret({ name, key }, signal));
        }
      },
      unasked: () => ({ answer: passes(), would: 'compare with a Secret, so neither its filter nor its overlays are worked out' }),
    },
  };
}

const mostSecrets = 20;

const stop = (code: number, message: string): Answer => ({ continue: false, code, message });

type Outcome = Answer | SecretWanted;

function answering({ filter, overlays, problem }: CelParams): (request: InterceptorRequest, secrets: SecretsAtHand) => Outcome {
  let reasons: Reasons | undefined;
  return (request, secrets) => {
    if (problem !== undefined) return stop(invalidArgument, problem);
    const input = inputOf(request);
    if (input instanceof EngineError) return stop(invalidArgument, input.message);
    if (filter) {
      const result = run(filter, input, secrets);
      if (result instanceof SecretWanted) return result;
      if (result !== true) {
        if (filter instanceof EngineError) return stop(invalidArgument, filter.message);
        reasons ??= reasonsOf(filter);
        return new Stopped(result instanceof CelFault ? invalidArgument : failedPrecondition, reasons, input, secrets);
      }
    }
    let extensions = '{}';
    for (const { key, expression } of overlays) {
      const result = run(expression, input, secrets);
      if (result instanceof SecretWanted) return result;
      if (result instanceof CelFault) return stop(invalidArgument, `overlay ${key}: ${result.problem}`);
      const raw = rawOf(result);
      if (raw instanceof CelFault) return stop(internal, `overlay ${key}: ${raw.problem}`);
      try {
        extensions = setRaw(extensions, key, raw);
      } catch (thrown) {
        if (thrown instanceof EngineError) return stop(internal, `overlay ${key}: ${thrown.message}`);
        throw thrown;
      }
    }
    return { continue: true, extensions: overlays.length === 0 ? {} : (parseJson(extensions) as JsonObject) };
  };
}

/** Its message is made for those who read it: of a thousand filters that say no, most are never asked why. */
class Stopped {
  readonly continue = false;
  readonly code: number;
  readonly #reasons: Reasons;
  readonly #input: CelObject;
  readonly #secrets: SecretsAtHand;

  constructor(code: number, reasons: Reasons, input: CelObject, secrets: SecretsAtHand) {
    this.code = code;
    this.#reasons = reasons;
    this.#input = input;
    this.#secrets = secrets;
  }

  get message(): string {
    return this.#reasons(this.#input, this.#secrets);
  }
}

const run = (program: Compiled, input: CelObject, secrets: SecretsAtHand): CelResult =>
  program instanceof EngineError ? new CelFault(program.message) : program.evaluate(input, secrets);

/** What expressions see of a call. A body that is empty or null is an empty object; any other that is none is refused. */
function inputOf({ call, extensions }: InterceptorRequest): CelObject | EngineError {
  try {
    const body = call.json ?? {};
    if (!isObject(body)) return new EngineError('EVENT_NOT_JSON', { reason: `the body is ${kindOf(body)}, and an object is wanted` });
    return { body, header: call.header, extensions, requestURL: call.url };
  } catch (thrown) {
    if (thrown instanceof EngineError) return thrown;
    throw thrown;
  }
}

/** The JSON of a value that an overlay may have. Inside of lists and maps there may be others too. */
function rawOf(value: CelValue): string | CelFault {
  const isPlain = ['string', 'bool', 'double', 'list', 'map'].includes(kindOf(value)) || value instanceof Int || value instanceof Bytes;
  if (!isPlain) return new CelFault(`it gives ${kindOf(value)}, which cannot be an extension`);
  const json = jsonOf(value);
  return json instanceof CelFault ? json : stringifyJson(json);
}
