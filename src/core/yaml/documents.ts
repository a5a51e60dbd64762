import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type ScalarTag,
  type YAMLMap,
} from 'yaml';
import type { Path } from '../errors/finding.ts';
import type { Json } from '../json/json.ts';
import { explain } from './explain.ts';
import { placeInside } from './inside-text.ts';
import { wrongKey } from './wrong-key.ts';

/** One document of a YAML text, as a value and with the place of every field. */
export interface YamlDocument {
  /** Undefined when the document is broken; `problems` says why. */
  readonly value: Json | undefined;
  readonly problems: readonly { readonly message: string; readonly position: Position }[];
  /** Where a field stands; for one that is missing, its nearest existing parent. `offset` counts characters into a text value. */
  positionOf(path: Path, options?: { atKey?: boolean; offset?: number }): Position;
}

/** Both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What kubectl reads and YAML 1.2 does not: `yes`, `off` and the like are booleans, and 0644 is octal. */
const kubernetesTags: ScalarTag[] = [
  {
    identify: (value) => typeof value === 'boolean',
    default: true,
    tag: 'tag:yaml.org,2002:bool',
    test: /^(?:yes|Yes|YES|on|On|ON|no|No|NO|off|Off|OFF)$/,
    resolve: (text) => /^(?:y|on)/i.test(text),
  },
  { default: true, tag: 'tag:yaml.org,2002:int', test: /^[-+]?0[0-7]+$/, resolve: (text) => BigInt(Number.parseInt(text, 8)) },
];

/** Reads every document of a text; empty ones are left out. JSON is YAML too. Never throws for bad input. */
export function parseDocuments(text: string): YamlDocument[] {
  const lines = new LineCounter();
  const documents = parsed(text, lines);
  if (!Array.isArray(documents)) return documents === 'too deep' ? [tooDeep] : [];
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  return documents
    .filter(
      (document) =>
        document.errors.length > 0 || (document.contents !== null && !(isScalar(document.contents) && document.contents.value === null)),
    )
    .map((document) => ({
      ...read(document, place),
      positionOf: (path, { atKey = false, offset } = {}) => {
        const node = find(document, path, atKey);
        const [start, end] = (node as Node | undefined)?.range ?? [0, 0];
        if (offset === undefined || !isScalar(node) || typeof node.value !== 'string') return place(start);
        return place(placeInside(text, start, end, node.value, offset));
      },
    }));
}

/** The library calls itself for each level, so that the stack is its limit. */
function parsed(text: string, lineCounter: LineCounter): ReturnType<typeof parseAllDocuments> | 'too deep' {
  try {
    return parseAllDocuments(text, {
      lineCounter,
      intAsBigInt: true,
      prettyErrors: false,
      merge: true,
      uniqueKeys: false,
      customTags: (tags) => [...kubernetesTags, ...tags],
    });
  } catch (thrown) {
    if (thrown instanceof RangeError) return 'too deep';
    throw thrown;
  }
}

const tooDeeply = 'it is nested too deeply';
const start: Position = { line: 1, column: 1 };
const tooDeep: YamlDocument = { value: undefined, problems: [{ message: tooDeeply, position: start }], positionOf: () => start };

function read(document: Document, place: (offset: number) => Position): Pick<YamlDocument, 'value' | 'problems'> {
  // The first one; those after it are its consequences as a rule.
  const problems = document.errors.slice(0, 1).map((one) => ({ message: explain(one.code, one.message), position: place(one.pos[0]) }));
  if (problems.length > 0) return { value: undefined, problems };
  const begin = document.range?.[0] ?? 0;
  const refuse = (message: string, at = begin) => ({ value: undefined, problems: [{ message, position: place(at) }] });
  try {
    const wrong = wrongKey(document.contents);
    if (wrong) return refuse(wrong.because, wrong.key.range?.[0]);
  } catch (thrown) {
    if (thrown instanceof RangeError) return refuse(tooDeeply);
    throw thrown;
  }
  try {
    return { value: plain(document.toJS()), problems };
  } catch {
    // Broken texts have been dealt with: only aliases can fail here.
    return refuse('an anchor holds itself, or aliases multiply too often');
  }
}

/** Integers that a double holds become numbers again; dates and the like, texts. */
function plain(value: unknown): Json {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  return (value ?? null) as Json;
}

/** The node at a path, or the nearest one above it. What an alias stands for is where its anchor is. */
function find(document: Document, path: Path, atKey: boolean): unknown {
  let node: unknown = document.contents;
  for (const [index, step] of path.entries()) {
    if (!isCollection(node)) return node;
    const pair = isMap(node) ? pairIn(document, node, String(step)) : undefined;
    if (atKey && index === path.length - 1 && pair) return pair.key;
    const next = pair ? (pair.value ?? pair.key) : node.get(step, true);
    if (next === undefined || next === null) return node;
    node = isAlias(next) ? (next.resolve(document) ?? next) : next;
  }
  return node;
}

/** The pair of a key, also of one that is merged in by `<<`. */
function pairIn(document: Document, map: YAMLMap, key: string, outer: readonly YAMLMap[] = []): Pair | undefined {
  const own = map.items.find((pair) => keyOf(pair) === key);
  if (own) return own;
  const merged = map.items.find(({ key }) => isScalar(key) && key.source === '<<')?.value;
  for (const node of isSeq(merged) ? merged.items : [merged]) {
    const from = isAlias(node) ? node.resolve(document) : node;
    const pair = isMap(from) && !outer.includes(from) ? pairIn(document, from, key, [...outer, map]) : undefined;
    if (pair) return pair;
  }
  return undefined;
}

/** Undefined for a key that is none. */
const keyOf = ({ key }: Pair): string | undefined => (isScalar(key) ? String(key.value) : undefined);
