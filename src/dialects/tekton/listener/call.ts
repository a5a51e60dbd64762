import { EngineError } from '../../../core/errors/engine-error.ts';
import { readForm } from '../../../core/http/form.ts';
import type { Json } from '../../../core/json/json.ts';
import { parseJson } from '../../../core/json/parse.ts';
import { goJson } from '../../../core/json/stringify.ts';

interface Parts {
  readonly url: string;
  readonly header: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly bytes?: Uint8Array | undefined;
  readonly signed?: Uint8Array | undefined;
}

/** A call of an EventListener, as interceptors and bindings see it. */
export class ListenerCall {
  /** The path and query as they were asked for. */
  readonly url: string;
  /** By canonical name, each with all its values. */
  readonly header: Readonly<Record<string, readonly string[]>>;
  /** The body as UTF-8 text. */
  readonly body: string;
  readonly #bytes: Uint8Array | undefined;
  readonly #signed: Uint8Array | undefined;
  #json: Json | EngineError | undefined;
  #withoutForm: ListenerCall | undefined;

  /** `bytes` where they are not those of the text, and `signed` where the sender has sent others. */
  constructor({ url, header, body, bytes, signed }: Parts) {
    this.url = url;
    this.header = header;
    this.body = body;
    this.#bytes = bytes;
    this.#signed = signed;
  }

  /** The body byte for byte, which need not be UTF-8. */
  get bytes(): Uint8Array {
    return this.#bytes ?? Buffer.from(this.body);
  }

  /** What the sender's signature is over: the same, but for a form that has become JSON. */
  get signed(): Uint8Array {
    return this.#signed ?? this.bytes;
  }

  /** The body, parsed once; treat it as frozen. An empty body is null. Throws EngineError EVENT_NOT_JSON. */
  get json(): Json {
    if (this.#json === undefined) this.#json = this.body === '' ? null : jsonOf(this.body);
    if (this.#json instanceof EngineError) throw this.#json;
    return this.#json;
  }

  /**
   * The same call, where its body is a form of two fields or more, with that as JSON: lists by name. With one field it may as well be
   * text, and one that cannot be read stays as it is.
   */
  get withoutForm(): ListenerCall {
    this.#withoutForm ??= this.header['Content-Type']?.[0] === form ? formAsJson(this) : this;
    return this.#withoutForm;
  }
}

/** The error too is kept: a thousand triggers may ask. */
function jsonOf(body: string): Json | EngineError {
  try {
    return parseJson(body);
  } catch (thrown) {
    if (thrown instanceof EngineError) return thrown;
    throw thrown;
  }
}

const form = 'application/x-www-form-urlencoded';

function formAsJson(call: ListenerCall): ListenerCall {
  const { fields, broken } = readForm(call.body);
  if (broken !== undefined || Object.keys(fields).length < 2) return call;
  return new ListenerCall({ url: call.url, header: call.header, body: goJson(fields), signed: call.signed });
}
