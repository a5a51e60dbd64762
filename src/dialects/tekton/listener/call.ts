import { readForm } from '../../../core/http/form.ts';
import type { Json } from '../../../core/json/json.ts';
import { parseJson } from '../../../core/json/parse.ts';
import { goJson } from '../../../core/json/stringify.ts';

interface Parts {
  readonly url: string;
  readonly header: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly bytes?: Uint8Array | undefined;
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
  #json: Json | undefined;
  #withoutForm: ListenerCall | undefined;

  /** `bytes` where they are not those of the text. */
  constructor({ url, header, body, bytes }: Parts) {
    this.url = url;
    this.header = header;
    this.body = body;
    this.#bytes = bytes;
  }

  /** The body as its sender has signed it: bytes that are no UTF-8, or a form that the text shows as JSON. */
  get bytes(): Uint8Array {
    return this.#bytes ?? Buffer.from(this.body);
  }

  /** The body, parsed once; treat it as frozen. An empty body is null. Throws EngineError EVENT_NOT_JSON. */
  get json(): Json {
    this.#json ??= this.body === '' ? null : parseJson(this.body);
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

const form = 'application/x-www-form-urlencoded';

function formAsJson(call: ListenerCall): ListenerCall {
  const { fields, broken } = readForm(call.body);
  if (broken !== undefined || Object.keys(fields).length < 2) return call;
  return new ListenerCall({ url: call.url, header: call.header, body: goJson(fields), bytes: call.bytes });
}
