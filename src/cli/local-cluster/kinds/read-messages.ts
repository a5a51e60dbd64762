import type { Json } from '../../../core/json/json.ts';

export interface MessageField {
  readonly number: number;
  readonly name: string;
  /** A plain type, or the key of a message. */
  readonly type: string;
  readonly form: 'one' | 'list' | 'map';
  readonly required: boolean;
  /** Zero and false are values. */
  readonly keepsZero: boolean;
  /** The inner message's fields are this message's own. */
  readonly inline: boolean;
  readonly about: string;
  /** Of a list: the fields that tell its items from one another. */
  readonly keys: readonly string[];
  readonly isSet: boolean;
  /** Of a map: replaced whole, or field by field even if its message says otherwise. */
  readonly map: 'atomic' | 'granular' | undefined;
  /** How a strategic merge patch treats it, beside what follows from keys and sets; `unpatched` is a list that it replaces in spite of them. */
  readonly patch: 'retainKeys' | 'replace' | 'unpatched' | undefined;
  /** The value when nothing is said; `{}` for a message that is always there. */
  readonly default: Json | undefined;
  readonly allowed: readonly string[] | undefined;
}

export interface Message {
  /** As Go calls it: `ServiceSpec`. */
  readonly name: string;
  /** `io.k8s.api.core.v1` */
  readonly package: string;
  readonly about: string;
  readonly atomic: boolean;
  readonly fields: readonly MessageField[];
  /** Its fields by name, those of inlined messages too. */
  readonly byName: ReadonlyMap<string, Found>;
  /** The fields that have a default, those of inlined messages too. */
  readonly defaults: readonly MessageField[];
}

interface Found {
  readonly field: MessageField;
  /** The message that the field stands in, when that is an inlined one; the types on the way to it. */
  readonly owner: string;
  readonly inside: readonly string[];
}

/**
 * Reads tables of messages; `usual` says what fields of a name are for where a table does not. The lines of a message are read when it is first
 * looked at, since a process seldom meets more than a few; a line that is none throws a SyntaxError then.
 */
export function readTables(tables: readonly string[], usual: string): ReadonlyMap<string, Message> {
  const common = new Map(usual.trim().split('\n').map(headAndText));
  const all = new Map<string, Message>();
  for (const table of tables) {
    for (const part of table.split(/^package /m).slice(1)) {
      const end = part.indexOf('\n');
      const home = part.slice(0, end);
      for (const block of part.slice(end + 1).split(/\n(?! )/)) {
        if (block === '') continue;
        const [key, message] = readMessage(block, home, common, all);
        all.set(key, message);
      }
    }
  }
  return all;
}

function headAndText(line: string): [string, string] {
  const end = line.indexOf(': ');
  return [line.slice(0, end), line.slice(end + 2)];
}

function readMessage(
  block: string,
  home: string,
  common: ReadonlyMap<string, string>,
  all: ReadonlyMap<string, Message>,
): [string, Message] {
  const end = block.indexOf('\n');
  const [head, about] = headAndText(end < 0 ? block : block.slice(0, end));
  const [key, trait] = head.split(' ') as [string, string?];
  const name = key.slice(key.indexOf('.') + 1);
  const fields = once(() => (end < 0 ? [] : block.slice(end + 1).split('\n')).map((line) => fieldOf(line, common)));
  const byName = once(() => new Map(fields().flatMap((field) => foundIn(all, name, field))));
  const defaults = once(() => [...byName().values()].map(({ field }) => field).filter((field) => field.default !== undefined));
  const message: Message = {
    name,
    package: home,
    about,
    atomic: trait === 'atomic',
    get fields() {
      return fields();
    },
    get byName() {
      return byName();
    },
    get defaults() {
      return defaults();
    },
  };
  return [key, message];
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function foundIn(all: ReadonlyMap<string, Message>, owner: string, field: MessageField): [string, Found][] {
  if (!field.inline) return [[field.name, { field, owner, inside: [] }]];
  return [...all.get(field.type)!.byName].map(([name, found]) => [name, { ...found, inside: [field.type, ...found.inside] }]);
}

const fieldLine =
  /^ {2}(\d+) (=?)([\w$-]+)(!?) ([[{]?)([\w.]+)[\]}]?(\??)((?: (?:by [\w,]+|set|atomic|granular|retain|replace|unpatched|=[^ :]+|\([^)]*\)))*)(?:: (.+))?$/;

function fieldOf(text: string, common: ReadonlyMap<string, string>): MessageField {
  const match = fieldLine.exec(text);
  if (!match) throw new SyntaxError(`a table of messages has a line that cannot be read: ${text}`);
  const [, number, inline, name, required, bracket, type, zero, traits = '', about] = match;
  const has = (trait: string) => traits.includes(` ${trait}`);
  return {
    number: Number(number),
    name: name!,
    type: type!,
    form: bracket === '[' ? 'list' : bracket === '{' ? 'map' : 'one',
    required: required === '!',
    keepsZero: zero === '?',
    inline: inline === '=',
    about: about ?? common.get(name!) ?? '',
    keys: wordsIn(/ by ([\w,]+)/.exec(traits), ',') ?? [],
    isSet: has('set'),
    map: has('atomic') ? 'atomic' : has('granular') ? 'granular' : undefined,
    patch: has('retain') ? 'retainKeys' : has('replace') ? 'replace' : has('unpatched') ? 'unpatched' : undefined,
    default: defaultOf(type!, / =([^ ]+)/.exec(traits)?.[1]),
    allowed: wordsIn(/ \(([^)]*)\)/.exec(traits), '|'),
  };
}

function defaultOf(type: string, text: string | undefined): Json | undefined {
  if (text === undefined) return undefined;
  if (text === '{}') return {};
  if (type === 'bool') return text === 'true';
  return type === 'string' ? text : Number(text);
}

function wordsIn(match: RegExpExecArray | null, separator: string): readonly string[] | undefined {
  return match?.[1]?.split(separator);
}
