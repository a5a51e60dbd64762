import { EngineError } from '../errors/engine-error.ts';
import type { Json } from '../json/json.ts';
import { parseJson } from '../json/parse.ts';
import type { Found, JsonPath } from '../json/path/index.ts';
import { goJson } from '../json/stringify.ts';
import { parseYaml } from '../yaml/parse.ts';

/** Characters of YAML: the parser needs up to half a second for so many. */
const longestYaml = 128 * 1024;

/**
 * The payload of an event in whichever form somebody asks for: bytes, text, or parsed JSON.
 *
 * Made from one form; the others are computed when first asked for and kept. Treat what `json` returns as frozen: it is shared.
 */
export class EventData {
  #bytes: Uint8Array | undefined;
  #text: string | undefined;
  #json: Json | undefined;
  #yaml: Json | EngineError | undefined;

  private constructor(bytes: Uint8Array | undefined, text: string | undefined, json: Json | undefined) {
    this.#bytes = bytes;
    this.#text = text;
    this.#json = json;
  }

  static fromBytes(bytes: Uint8Array): EventData {
    return new EventData(bytes, undefined, undefined);
  }

  static fromText(text: string): EventData {
    return new EventData(undefined, text, undefined);
  }

  static fromJson(json: Json): EventData {
    return new EventData(undefined, undefined, json);
  }

  get bytes(): Uint8Array {
    this.#bytes ??= Buffer.from(this.text, 'utf8');
    return this.#bytes;
  }

  get text(): string {
    if (this.#text !== undefined) return this.#text;
    this.#text = this.#bytes
      ? Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength).toString('utf8')
      : goJson(this.#json as Json);
    return this.#text;
  }

  /** What a path finds in `text`, without making the text where that can be. */
  find(path: JsonPath): Found | undefined {
    return this.#text === undefined && this.#json !== undefined ? path.read(this.#json) : path.get(this.text);
  }

  /** Throws EngineError EVENT_NOT_JSON when the payload is not JSON. */
  get json(): Json {
    const json = this.#json ?? parseJson(this.text);
    this.#json = json;
    return json;
  }

  /** The payload read as YAML. Throws EngineError CONFIG_YAML, or EVENT_LIMIT when it is longer than 128 Ki characters. */
  get yaml(): Json {
    this.#yaml ??= readYaml(this.text);
    if (this.#yaml instanceof EngineError) throw this.#yaml;
    return this.#yaml;
  }
}

function readYaml(text: string): Json | EngineError {
  if (text.length > longestYaml)
    return new EngineError('EVENT_LIMIT', { limit: `${longestYaml} characters`, what: 'the YAML of the event is longer' });
  try {
    return parseYaml(text);
  } catch (thrown) {
    if (thrown instanceof EngineError) return thrown;
    throw thrown;
  }
}
