import { EngineError } from '../errors/engine-error.ts';
import { reasonOf } from '../errors/from-unknown.ts';
import { isObject, type Json } from '../json/json.ts';
import { parseJson } from '../json/parse.ts';
import { stringifyJson } from '../json/stringify.ts';
import type { Tell } from '../telemetry/tell.ts';
import type { Clock } from '../time/clock.ts';
import { nameOf, type ObjectName, type ResourceType } from './kube.ts';
import { type RateLimit, Turnstile } from './rate-limit.ts';
import { apiVersionOf } from './resource-path.ts';
import { statusError } from './status-error.ts';
import type { Answer, Stream, Transport } from './transport.ts';

/** One request, and what it is called in messages. */
export interface Call {
  /** "create", "list": for messages and metrics. */
  readonly verb: string;
  readonly method: string;
  readonly path: string;
  readonly type?: ResourceType;
  /** Without one the call is about the collection. */
  readonly name?: ObjectName;
  readonly namespace?: string | undefined;
  readonly body?: unknown;
  readonly bodyType?: string;
  readonly signal?: AbortSignal | undefined;
  readonly impersonate?: string | undefined;
  /** Where a watch begins. */
  readonly resourceVersion?: string;
}

/** Sends calls and reads answers: JSON in and out, refusals as errors, each call told as `kubeRequest`. */
export class Requests {
  readonly server: string;
  readonly #transport: Transport;
  readonly #tell: Tell;
  readonly #clock: Clock;
  readonly #turnstile: Turnstile | undefined;
  readonly #gone: (type: ResourceType) => void;

  /** `gone` hears of a resource that the server does not serve any more. */
  constructor(
    server: string,
    transport: Transport,
    { tell, clock, rateLimit }: { tell: Tell; clock: Clock; rateLimit?: RateLimit },
    gone: (type: ResourceType) => void,
  ) {
    this.server = server;
    this.#transport = transport;
    this.#tell = tell;
    this.#clock = clock;
    this.#turnstile = rateLimit && new Turnstile(rateLimit, clock);
    this.#gone = gone;
  }

  /** The JSON of the answer, or its text when it is not said to be JSON. */
  async send(call: Call): Promise<unknown> {
    const body = call.body === undefined ? undefined : { type: call.bodyType ?? 'application/json', text: bodyText(call.body) };
    if (this.#turnstile) await this.#turnstile.pass(call.signal);
    const started = this.#clock.monotonic();
    const answer = await this.#transport.request(call, body);
    this.#tell.kubeRequest({ verb: call.verb, status: answer.status, took: this.#clock.monotonic() - started });
    if (answer.status >= 300) throw this.#refusal(call, answer, answer.text);
    return isJson(answer) ? this.parse(call, answer.text) : answer.text;
  }

  /** The answer of a verb: always an object. */
  async object(call: Call): Promise<Record<string, Json>> {
    const answer = await this.send(call);
    if (!isObject(answer)) throw this.garbled(call, 'no JSON object');
    return answer;
  }

  /** An answer that goes on. Rejects like `send` when it is refused. */
  async stream(call: Call, silence: number): Promise<Stream> {
    if (this.#turnstile) await this.#turnstile.pass(call.signal);
    const started = this.#clock.monotonic();
    const answer = await this.#transport.stream(call.path, silence, call.signal);
    this.#tell.kubeRequest({ verb: call.verb, status: answer.status, took: this.#clock.monotonic() - started });
    if (answer.status < 300) return answer;
    let text = '';
    for await (const chunk of answer.chunks) text += chunk.toString('utf8');
    throw this.#refusal(call, answer, text);
  }

  parse(call: Call, text: string): Json {
    try {
      return parseJson(text);
    } catch (thrown) {
      throw this.garbled(call, reasonOf(thrown), thrown);
    }
  }

  refused(call: Call, code: number, status: unknown, retryAfter?: string): EngineError {
    const asked = { verb: call.verb, target: targetOf(call), server: this.server, resourceVersion: call.resourceVersion };
    return statusError(asked, { code, status, retryAfter });
  }

  garbled(call: Call, reason: string, cause?: unknown): EngineError {
    return new EngineError('REMOTE_KUBE_GARBLED', { verb: call.verb, target: targetOf(call), reason }, { cause });
  }

  #refusal(call: Call, answer: Answer, text: string): EngineError {
    const status = isJson(answer) ? this.parse(call, text) : text;
    if (answer.status === 404 && call.type && !isObject(status)) {
      // A missing object is answered with a Status; plain text means that there is no such path.
      this.#gone(call.type);
      return new EngineError('REMOTE_KUBE_UNKNOWN_KIND', { kind: `resource "${call.type.resource}"`, apiVersion: apiVersionOf(call.type) });
    }
    const retryAfter = answer.headers['retry-after'];
    return this.refused(call, answer.status, status, typeof retryAfter === 'string' ? retryAfter : undefined);
  }
}

const bodyText = (body: unknown): string => (typeof body === 'string' ? body : stringifyJson(body as Json));

const isJson = ({ headers }: Answer): boolean => String(headers['content-type']).includes('json');

/** "Ingress playground/web-ing", "ingresses in playground", or the path. */
function targetOf({ type, name, namespace, path }: Call): string {
  if (!type) return path;
  if (name) return nameOf(type, name);
  return namespace === undefined ? type.resource : `${type.resource} in ${namespace}`;
}
