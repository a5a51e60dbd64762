import { GoError, type GoFunction } from '../../../go/function.ts';
import { type GoValue, Int, isList, isMap, Struct, typeName } from '../../../go/values.ts';

/** A `map[interface {}]…`: what `groupBy` and `fromPairs` make. Its keys keep their types, so that 1 and "1" are two. */
export class AnyMap extends Struct {
  override readonly kind = 'struct';
  readonly #element: string;
  readonly #entries = new Map<unknown, readonly [GoValue, GoValue]>();

  constructor(element: string) {
    super();
    this.#element = element;
  }

  override get type(): string {
    return `map[interface {}]${this.#element}`;
  }

  get size(): number {
    return this.#entries.size;
  }

  entries(): Iterable<readonly [GoValue, GoValue]> {
    return this.#entries.values();
  }

  /** Undefined when there is none. Throws GoError for keys that Go cannot hash. */
  get(key: GoValue): GoValue {
    return this.#entries.get(hashOf(key))?.[1];
  }

  has(key: GoValue): boolean {
    return this.#entries.has(hashOf(key));
  }

  set(key: GoValue, value: GoValue): void {
    this.#entries.set(hashOf(key), [key, value]);
  }

  override method(): undefined {
    return undefined;
  }

  override toString(): string {
    return `map[${[...this.entries()].map(([key, value]) => `${key}:${value}`).join(' ')}]`;
  }

  override toJson(): string {
    throw new GoError(`json: unsupported type: ${this.type}`);
  }

  override equals(other: Struct): boolean {
    return other === this;
  }
}

/** One text or number a key, different for different types. */
function hashOf(key: GoValue): unknown {
  if (isList(key) || isMap(key)) throw new GoError(`hash of unhashable type ${typeName(key)}`);
  if (key instanceof Int) return `${key.type} ${key.value}`;
  return typeof key === 'string' ? `string ${key}` : (key ?? null);
}

/** A function as a value: `let f = sprig.upper; f("x")`. */
export class FunctionValue extends Struct {
  override readonly type = 'func';
  override readonly kind = 'struct';
  readonly function: GoFunction;

  constructor(definition: GoFunction) {
    super();
    this.function = definition;
  }

  override method(): undefined {
    return undefined;
  }

  override toString(): string {
    return 'func';
  }

  override toJson(): string {
    throw new GoError('json: unsupported type: func');
  }

  override equals(): boolean {
    return false;
  }
}
