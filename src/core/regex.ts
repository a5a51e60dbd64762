import { RE2JS } from 're2js';
import { EngineError } from './errors/engine-error.ts';
import { reasonOf } from './errors/from-unknown.ts';
import { offsetOf } from './regex-offset.ts';

/**
 * Regular expressions as Go has them (RE2): no look-around and no back-references, and time that grows with the text only, so that a
 * pattern from a rule can meet data from anywhere. The only place that knows the library.
 *
 * Everything that takes a pattern from a rule comes here: filters of events and sources, jq's `test` and its kin, functions of templates
 * and expressions. Text is JavaScript's (a place counts UTF-16 units), what matches is Go's: `\d`, `\w`, `\s` and `\b` know ASCII only,
 * `\pL` all letters, `$` is the end of the text and never the line feed before it. A pattern that would grow beyond RE2's size, as
 * `((a{100}){100}){100}` does, is refused; what is taken needs a time that grows with pattern times text, whatever they hold.
 */
export interface Regex {
  readonly pattern: string;
  /** Whether it matches somewhere in the text. */
  test(text: string): boolean;
  /**
   * The first match that starts at `from` or behind it. `^` and `\b` look at the whole text, not only at what is behind `from`. A search
   * for all matches can take the square of the text's length, so `spend` is told of the work as it is done; it may throw to end it.
   */
  exec(text: string, from?: number, spend?: Spend): Match | undefined;
  /** How much work one character is, about, for a pattern of this size: 1 for a small one. */
  readonly weight: number;
}

/** Told how many characters have been looked at. */
type Spend = (characters: number) => void;

/** Indexes and lengths count UTF-16 units, as JavaScript's strings do. */
export interface Match {
  readonly index: number;
  readonly length: number;
  readonly text: string;
  /** The capture groups in the order of their opening brackets. */
  readonly groups: readonly Group[];
}

interface Group {
  readonly name: string | undefined;
  /** -1 for a group that took no part in the match. */
  readonly index: number;
  readonly length: number;
  readonly text: string | undefined;
}

interface RegexOptions {
  readonly caseInsensitive?: boolean;
  /** `.` also matches a line feed. */
  readonly dotAll?: boolean;
  /** `^` and `$` also match at the start and end of a line. */
  readonly multiLine?: boolean;
  /** The longest of the leftmost matches, not the first that a backtracking search would find. */
  readonly longest?: boolean;
}

/** Throws EngineError CONFIG_REGEX with Go's reason; its field `offset` is the place in the pattern, where RE2 tells enough to know it. */
export function compileRegex(pattern: string, options: RegexOptions = {}): Regex {
  const regex = compiled(pattern, options);
  const isPlain = Object.values(options).every((option) => !option);
  const names = new Map(Object.entries(regex.namedGroups()).map(([name, group]) => [group, name]));
  return {
    pattern,
    test: (isPlain ? literalTest(pattern) : undefined) ?? ((text) => regex.test(text)),
    weight: 1 + (regex.programSize() >> 8),
    exec(text, from = 0, spend) {
      const matcher = regex.matcher(spend ? (new Counted(text, spend) as unknown as string) : text);
      if (from > text.length || !matcher.find(from)) return undefined;
      const spanOf = (group: number) => {
        const index = matcher.start(group);
        const end = matcher.end(group);
        return { index, length: index < 0 ? 0 : end - index, text: index < 0 ? undefined : text.slice(index, end) };
      };
      const groups = Array.from({ length: regex.groupCount() }, (_, group) => ({ name: names.get(group + 1), ...spanOf(group + 1) }));
      const { index, length } = spanOf(0);
      return { index, length, text: text.slice(index, index + length), groups };
    },
  };
}

const inOneGo = 256;

/** The text as the library reads it, with the reads counted. */
class Counted extends String {
  readonly #text: string;
  readonly #spend: Spend;
  #reads = 0;

  constructor(text: string, spend: Spend) {
    super(text);
    this.#text = text;
    this.#spend = spend;
  }

  override charCodeAt(at: number): number {
    this.#reads += 1;
    if (this.#reads === inOneGo) {
      this.#reads = 0;
      this.#spend(inOneGo);
    }
    return this.#text.charCodeAt(at);
  }

  override indexOf(part: string, at = 0): number {
    const found = this.#text.indexOf(part, at);
    this.#spend(((found < 0 ? this.#text.length : found) - at) >> 6);
    return found;
  }
}

function compiled(pattern: string, { caseInsensitive, dotAll, multiLine, longest }: RegexOptions): RE2JS {
  const flags =
    (caseInsensitive ? RE2JS.CASE_INSENSITIVE : 0) |
    (dotAll ? RE2JS.DOTALL : 0) |
    (multiLine ? RE2JS.MULTILINE : 0) |
    (longest ? RE2JS.LONGEST_MATCH : 0);
  try {
    return RE2JS.compile(pattern, flags);
  } catch (cause) {
    const problem = problemIn(cause);
    throw new EngineError('CONFIG_REGEX', { pattern, problem, offset: offsetOf(pattern, problem, refusalOf) }, { cause });
  }
}

function refusalOf(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (thrown) {
    return problemIn(thrown);
  }
}

const problemIn = (thrown: unknown): string => reasonOf(thrown).replace(/^error parsing regexp: /, '');

const literal = /^(\^?)((?:[^\\.+*?()|[\]{}^$]|\\[ -/:-@[-`{-~])*)(\$?)$/s;

/** Most patterns in rules are a word, perhaps anchored: comparing texts is some twenty times faster. */
function literalTest(pattern: string): ((text: string) => boolean) | undefined {
  const parts = literal.exec(pattern);
  if (!parts) return undefined;
  const word = parts[2]!.replace(/\\(.)/gs, '$1');
  if (parts[1] && parts[3]) return (text) => text === word;
  if (parts[1]) return (text) => text.startsWith(word);
  return parts[3] ? (text) => text.endsWith(word) : (text) => text.includes(word);
}
