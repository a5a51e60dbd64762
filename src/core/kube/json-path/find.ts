import { EngineError } from '../../errors/engine-error.ts';
import { isObject, type Json } from '../../json/json.ts';
import { compares, type Operand } from './compare.ts';
import { type Comparison, MissingKey, type Node, PathError, type Slice } from './nodes.ts';

/** Values that one search may look at: `..` behind `..` goes through the same values again and again. */
const mostValues = 1_000_000;

/** One search in one value. Throws PathError where the path leads nowhere, EngineError EVENT_LIMIT for a search without end. */
export class Search {
  readonly #mayMiss: boolean;
  #looked = 0;

  /** With `mayMiss`, a key that is not there finds nothing. */
  constructor(mayMiss: boolean) {
    this.#mayMiss = mayMiss;
  }

  go(nodes: readonly Node[], from: readonly Json[]): readonly Json[] {
    let values = from;
    for (const node of nodes) {
      values = this.#step(node, values);
      this.#look(values.length);
    }
    return values;
  }

  #look(count: number): void {
    this.#looked += count;
    if (this.#looked > mostValues) throw new EngineError('EVENT_LIMIT', { limit: `${mostValues} values`, what: 'a JSONPath expression' });
  }

  #step(node: Node, values: readonly Json[]): readonly Json[] {
    switch (node.kind) {
      case 'field':
        return this.#members(node.name, values);
      case 'wildcard':
        return values.flatMap(childrenOf);
      case 'recursive':
        return this.#below(values, []);
      case 'slice':
        return sliced(node, values);
      case 'union':
        return node.parts.flatMap((part) => this.go(part, values));
      case 'exists':
        return elementsOf(values).filter((element) => this.#exists(node.path, element));
      case 'comparison':
        return elementsOf(values).filter((element) => this.#passes(node, element));
      case 'literal':
        // A text is there once, a number for each value that was found before it.
        return typeof node.value === 'string' ? [node.value] : values.map(() => node.value);
      case 'word':
        throw new PathError(`the word "${node.word}" has no meaning here`);
    }
  }

  #members(name: string, values: readonly Json[]): readonly Json[] {
    if (values.length === 0) return [];
    const found = values.flatMap((value) => (isObject(value) && Object.hasOwn(value, name) ? [value[name]!] : []));
    if (found.length === 0 && !this.#mayMiss) throw new MissingKey(`"${name}" is not there`);
    return found;
  }

  /** All that has something in it, from the top down. */
  #below(values: readonly Json[], all: Json[]): Json[] {
    this.#look(values.length);
    for (const value of values) {
      const children = typeof value === 'string' ? [] : childrenOf(value);
      if (children.length > 0 || (typeof value === 'string' && value !== '')) all.push(value);
      this.#below(children, all);
    }
    return all;
  }

  /** A path that fails otherwise than by a missing key counts as there, as for kubectl. */
  #exists(path: readonly Node[], element: Json): boolean {
    try {
      return this.go(path, [element]).length > 0;
    } catch (thrown) {
      if (thrown instanceof PathError) return !(thrown instanceof MissingKey);
      throw thrown;
    }
  }

  #passes({ left, operator, right }: Comparison, element: Json): boolean {
    const one = this.#operand(left, element);
    const other = one && this.#operand(right, element);
    return other !== undefined && compares(operator, one!, other);
  }

  /** Undefined where there is nothing to compare. */
  #operand(path: readonly Node[], element: Json): Operand | undefined {
    const [value, ...others] = this.go(path, [element]);
    if (others.length > 0) throw new PathError('only one value can be compared with one other');
    return value === undefined ? undefined : { value, isInteger: isInteger(path) };
  }
}

function isInteger(path: readonly Node[]): boolean {
  const last = path.at(-1);
  return last?.kind === 'literal' && last.isInteger;
}

/** A text consists of its bytes. */
function childrenOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return [...Buffer.from(value)];
  return isObject(value) ? Object.values(value) : [];
}

function elementsOf(values: readonly Json[]): readonly Json[] {
  return values.flatMap((value) => {
    if (!Array.isArray(value)) throw new PathError(`${typeName(value)} is no list that could be filtered`);
    return value;
  });
}

/** An empty range ends the search with what has been found before it; a place beyond the list is an error. */
function sliced(slice: Slice, values: readonly Json[]): readonly Json[] {
  const found: Json[] = [];
  for (const value of values) {
    if (value === null) continue;
    if (!Array.isArray(value)) throw new PathError(`${typeName(value)} is no list`);
    const { length } = value;
    const start = slice.start === undefined ? 0 : slice.start < 0 ? slice.start + length : slice.start;
    const until = slice.end ?? length;
    const end = until < 0 || (until === 0 && slice.isSingle) ? until + length : until;
    if (start === end) return found;
    const outside = start < 0 || start >= length ? start : end < 0 || end > length ? end - 1 : undefined;
    if (outside !== undefined) throw new PathError(`the list has ${length} elements, and none at ${outside}`);
    if (start > end) throw new PathError(`the range starts at ${start}, behind its end at ${end}`);
    const step = slice.step ?? 1;
    if (step <= 0) throw new PathError('the step of a range is 1 or more');
    for (let index = start; index < end; index += step) found.push(value[index]!);
  }
  return found;
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'a text' : typeof value === 'boolean' ? `${value}` : 'a number';
}
