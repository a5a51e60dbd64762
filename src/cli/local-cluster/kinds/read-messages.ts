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

export interface Found {
  readonly field: MessageField;
  /** The message that the field stands in, when that is an inlined one; the types on the way to it. */
  readonly owner: string;
  readonly inside: readonly string[];
}

/** Reads tables of messages; `usual` says what fields of a name are for where a table does not. Throws SyntaxError at a line that is none. */
export function readTables(tables: readonly string[], usual: string): ReadonlyMap<string, Message> {
  const common = new Map(usual.trim().split('\n').map(headAndText));
  const all = new Map<string, Message>();
  for (const table of tables) {
    let home = '';
    let fields: MessageField[] = [];
    for (const line of table.split('\n')) {
      if (line.startsWith('  ')) fields.push(fieldOf(line, common));
      else if (line.startsWith('package ')) home = line.slice('package '.length);
      else if (line !== '') {
        const [head, about] = headAndText(line);
        const [key, trait] = head.split(' ') as [string, string?];
        fields = [];
        all.set(key, messageOf(all, key, home, about, trait === 'atomic', fields));
      }
    }
  }
  return all;
}

function headAndText(line: string): [string, string] {
  const end = line.indexOf(': ');
  return [line.slice(0, end), line.slice(end + 2)];
}

function messageOf(
  all: ReadonlyMap<string, Message>,
  key: string,
  home: string,
  about: string,
  atomic: boolean,
  fields: MessageField[],
): Message {
  const name = key.slice(key.indexOf('.') + 1);
  let byName: ReadonlyMap<string, Found> | undefined;
  let defaults: readonly MessageField[] | undefined;
  return {
    name,
    package: home,
    about,
    atomic,
    fields,
    get byName() {
      byName ??= new Map(fields.flatMap((field) => foundIn(all, name, field)));
      return byName;
    },
    get defaults() {
      defaults ??= [...this.byName.values()].map(({ field }) => field).filter((field) => field.default !== undefined);
      return defaults;
    },
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
