/**
 * The interceptors of a trigger or of a group, one behind the other.
 *
 * `decideChain` goes as far as that is possible without asking anybody and is pure: what it stops need not become a firing. `runChain`
 * goes all the way. Both give the same answer, but that of two interceptors that would stop a call either may be the one that is named.
 */
import type { JsonObject } from '../../../core/json/json.ts';
import { ListenerCall } from '../listener/call.ts';
import type { Answer, Interceptor, InterceptorContext, InterceptorRequest } from './interceptor.ts';

/** What the bindings see: the call and the extensions as the last interceptor has left them. */
export interface Passed {
  readonly kind: 'passed';
  readonly call: ListenerCall;
  readonly extensions: JsonObject;
}

export interface Stopped {
  readonly kind: 'stopped';
  /** The name of the interceptor, and which of the list it is, from 0. */
  readonly by: string;
  readonly at: number;
  /** One of gRPC's. */
  readonly code: number;
  /** "body.action is `closed`". */
  readonly message: string;
}

/** From here on somebody has to be asked: `runChain` goes on with this. */
export interface Undecided {
  readonly kind: 'undecided';
  readonly from: number;
  readonly request: InterceptorRequest;
  /** What comes out of the chain if it passes, where that is known already: those who have to be asked add nothing. */
  readonly ifPassed: Passed | undefined;
}

/** Never rejects and never throws but for a bug. */
export function decideChain(interceptors: readonly Interceptor[], first: InterceptorRequest): Passed | Stopped | Undecided {
  let request = begun(interceptors, first);
  let undecided: Omit<Undecided, 'ifPassed'> | undefined;
  for (let at = 0; at < interceptors.length; at++) {
    const interceptor = interceptors[at]!;
    const answer = interceptor.decide(request);
    if (!answer) {
      undecided ??= { kind: 'undecided', from: at, request };
      if (!interceptor.addsNothing) return { ...undecided, ifPassed: undefined };
    } else if (!answer.continue) return new Refusal(interceptor.name, at, answer);
    else request = after(request, answer);
  }
  return undecided ? { ...undecided, ifPassed: passed(request) } : passed(request);
}

/**
 * With `undecided`, goes on where `decideChain` has stopped; else from the beginning. Rejects with an EngineError where an interceptor
 * cannot tell; what is to happen then is in its `retry`.
 */
export async function runChain(
  interceptors: readonly Interceptor[],
  first: InterceptorRequest | Undecided,
  context: InterceptorContext,
): Promise<Passed | Stopped> {
  const { from, request: start } = 'kind' in first ? first : { from: 0, request: begun(interceptors, first) };
  let request = start;
  for (let at = from; at < interceptors.length; at++) {
    const interceptor = interceptors[at]!;
    const answer = interceptor.decide(request) ?? (await interceptor.ask(request, context));
    if (!answer.continue) return new Refusal(interceptor.name, at, answer);
    request = after(request, answer);
  }
  return passed(request);
}

/** What a trigger of a group begins with: the headers and extensions as the group's interceptors have left them, and the body as it was sent. */
export function behindGroup({ call, extensions }: Passed, sent: ListenerCall): Pick<InterceptorRequest, 'call' | 'extensions'> {
  if (call.header === sent.header) return { call: sent, extensions };
  return {
    call: new ListenerCall({ url: sent.url, header: call.header, body: sent.body, bytes: sent.bytes, signed: sent.signed }),
    extensions,
  };
}

/** A form is JSON for everybody but a webhook at the beginning. */
function begun([one]: readonly Interceptor[], request: InterceptorRequest): InterceptorRequest {
  if (!one || (one.takesForms && Object.keys(request.extensions).length === 0)) return request;
  const call = request.call.withoutForm;
  return call === request.call ? request : { ...request, call };
}

function after(request: InterceptorRequest, { call, extensions }: Extract<Answer, { continue: true }>): InterceptorRequest {
  const isSame = Object.keys(extensions).length === 0;
  if (isSame && !call) return request;
  return { ...request, call: call ?? request.call, extensions: isSame ? request.extensions : { ...request.extensions, ...extensions } };
}

const passed = ({ call, extensions }: InterceptorRequest): Passed => ({ kind: 'passed', call, extensions });

/** Its message is made when somebody reads it: of a thousand triggers that an event does not concern, few are asked why. */
class Refusal implements Stopped {
  readonly kind = 'stopped';
  readonly by: string;
  readonly at: number;
  readonly #answer: Extract<Answer, { continue: false }>;

  constructor(by: string, at: number, answer: Extract<Answer, { continue: false }>) {
    this.by = by;
    this.at = at;
    this.#answer = answer;
  }

  get code(): number {
    return this.#answer.code;
  }

  get message(): string {
    return this.#answer.message;
  }
}
