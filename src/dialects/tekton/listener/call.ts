import type { Json } from '../../../core/json/json.ts';
import { parseJson } from '../../../core/json/parse.ts';

/** A call of an EventListener, as interceptors and bindings see it. */
export class ListenerCall {
  /** The path and query as they were asked for. */
  readonly url: string;
  /** By canonical name, each with all its values. */
  readonly header: Readonly<Record<string, readonly string[]>>;
  /** The body as it came, as UTF-8 text. */
  readonly body: string;
  #json: Json | undefined;

  constructor({ url, header, body }: { url: string; header: Readonly<Record<string, readonly string[]>>; body: string }) {
    this.url = url;
    this.header = header;
    this.body = body;
  }

  /** The body, parsed once; treat it as frozen. An empty body is null. Throws EngineError EVENT_NOT_JSON. */
  get json(): Json {
    this.#json ??= this.body === '' ? null : parseJson(this.body);
    return this.#json;
  }
}
