/** The type that the author's text has before anything is evaluated. `dyn` is what can be anything, such as a field of the body. */
export type Type =
  | { readonly is: Simple }
  | { readonly is: 'list'; readonly of: Type }
  | { readonly is: 'map'; readonly key: Type; readonly value: Type }
  /** A letter of a signature, such as T. */
  | { readonly is: 'letter'; readonly name: string };

const simple = ['dyn', 'bool', 'int', 'uint', 'double', 'string', 'bytes', 'null_type', 'timestamp', 'duration', 'type'] as const;
export type Simple = (typeof simple)[number];

export const dyn: Type = { is: 'dyn' };
export const list = (of: Type): Type => ({ is: 'list', of });
export const map = (key: Type, value: Type): Type => ({ is: 'map', key, value });

export interface Signature {
  /** `split`, `math.ceil`, `_+_`. */
  readonly name: string;
  /** Whether the first parameter stands in front of the dot. */
  readonly isMember: boolean;
  readonly takes: readonly Type[];
  readonly gives: Type;
}

/** Reads `string.split(string) -> list(string)`, or `math.ceil(double) -> double`: what stands before the last dot is a type, or part of the name. */
export function signature(text: string): Signature {
  const reader = new Reader(text);
  const start = reader.at;
  const receiver = reader.type();
  const isMember = receiver !== undefined && reader.takes('.');
  if (!isMember) reader.at = start;
  const name = reader.until('(');
  const takes: Type[] = isMember ? [receiver] : [];
  reader.takes('(');
  while (!reader.takes(')')) {
    takes.push(reader.needed());
    reader.takes(', ');
  }
  reader.takes(' -> ');
  return { name, isMember, takes, gives: reader.needed() };
}

class Reader {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  takes(part: string): boolean {
    const is = this.#text.startsWith(part, this.at);
    if (is) this.at += part.length;
    return is;
  }

  until(part: string): string {
    const from = this.at;
    this.at = this.#text.indexOf(part, from);
    return this.#text.slice(from, this.at);
  }

  needed(): Type {
    const type = this.type();
    if (!type) throw new TypeError(`no type at ${this.at} in ${this.#text}`);
    return type;
  }

  type(): Type | undefined {
    const word = /[A-Za-z_]+/y;
    word.lastIndex = this.at;
    const name = word.exec(this.#text)?.[0];
    if (name === undefined) return undefined;
    const known = simple.find((one) => one === name);
    if (!known && name !== 'list' && name !== 'map' && !/^[A-Z]$/.test(name)) return undefined;
    this.at += name.length;
    if (known) return { is: known };
    if (/^[A-Z]$/.test(name)) return { is: 'letter', name };
    if (!this.takes('(')) return undefined;
    const first = this.needed();
    const type = name === 'list' ? list(first) : this.takes(', ') ? map(first, this.needed()) : undefined;
    this.takes(')');
    return type;
  }
}

/** As messages write it. */
export function typeText(type: Type): string {
  if (type.is === 'list') return `list(${typeText(type.of)})`;
  if (type.is === 'map') return `map(${typeText(type.key)}, ${typeText(type.value)})`;
  return type.is === 'letter' ? type.name : type.is;
}

/** Reads a type as signatures write it. */
export const typeOf = (text: string): Type => new Reader(text).needed();
