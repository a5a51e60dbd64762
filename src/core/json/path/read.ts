import { isObject, type Json } from '../json.ts';
import { goJson } from '../stringify.ts';
import type { Found } from './index.ts';
import type { ValueType } from './scan.ts';
import { Value } from './value.ts';

/** Keys and indices with dots between them, a dot of a key escaped. */
const plain = /^(?:[\w/-]|\\\.)+(?:\.(?:[\w/-]|\\\.)+)*$/;

interface Part {
  readonly key: string;
  /** What it asks of a list; undefined for a key that no list has. */
  readonly index: number | undefined;
}

/**
 * Reads a plain path from a parsed value; undefined when the path is not plain. It finds what the path finds in the text that `goJson`
 * makes of the value, without making the text. The value is an object or a list.
 */
export function plainReader(text: string): ((json: Json) => Found | undefined) | undefined {
  if (!plain.test(text)) return undefined;
  const parts = text.split(/(?<!\\)\./).map((part): Part => {
    const key = part.replaceAll('\\.', '.');
    return { key, index: /^\d+$/.test(key) ? Number(key) : undefined };
  });
  return (json) => {
    let here: Json = json;
    for (const { key, index } of parts) {
      if (Array.isArray(here)) {
        if (index === undefined || index >= here.length) return undefined;
        here = here[index]!;
      } else if (isObject(here) && Object.hasOwn(here, key)) {
        here = here[key]!;
      } else {
        return undefined;
      }
    }
    return new ReadValue(here);
  };
}

/** A value of a parsed payload. Its raw text is made when somebody asks for it. */
class ReadValue implements Found {
  readonly type: ValueType;
  readonly #json: Json;
  #value: Value | undefined;

  constructor(json: Json) {
    this.type = typeOf(json);
    this.#json = json;
  }

  get raw(): string {
    return this.#written.raw;
  }

  get text(): string {
    return typeof this.#json === 'string' && !surrogate.test(this.#json) ? this.#json : this.#written.text;
  }

  get number(): number {
    return this.#written.number;
  }

  get boolean(): boolean {
    return this.#written.boolean;
  }

  get #written(): Value {
    this.#value ??= new Value(this.type, goJson(this.#json));
    return this.#value;
  }
}

const surrogate = /[\ud800-\udfff]/;

function typeOf(json: Json): ValueType {
  switch (typeof json) {
    case 'string':
      return 'String';
    case 'boolean':
      return json ? 'True' : 'False';
    case 'object':
      return json === null ? 'Null' : 'JSON';
    default:
      return Number.isNaN(json) ? 'Null' : 'Number';
  }
}
