/**
 * Lua's patterns as gopher-lua has them, and `%f`, which it lacks. What is wrong in a pattern is a PatternError, with gopher-lua's words.
 */
export class PatternError extends Error {}

/** Whether a byte belongs to a class: `%a`, `[a-z]`, `.`, a letter. */
type Class = (byte: number) => boolean;

export type Step =
  | { readonly op: 'char'; readonly fits: Class }
  /** As many as there are, and no less than `least`; one fewer each time that the rest does not fit. */
  | { readonly op: 'greedy'; readonly fits: Class; readonly least: number; readonly most: number }
  /** As few as will do, one more each time that the rest does not fit. */
  | { readonly op: 'lazy'; readonly fits: Class }
  | { readonly op: 'open' | 'close' | 'position' | 'again'; readonly capture: number }
  | { readonly op: 'balance'; readonly begin: number; readonly end: number }
  | { readonly op: 'frontier'; readonly fits: Class }
  | { readonly op: 'tail' | 'end' };

export interface Pattern {
  readonly steps: readonly Step[];
  readonly captures: number;
  /** `^`: it matches only where the search starts. */
  readonly anchored: boolean;
}

/** Deeper captures than this are nobody's; the reader calls itself for each. */
const deepest = 100;

export function parsePattern(source: string): Pattern {
  return new Reader(source).pattern();
}

class Reader {
  readonly #source: string;
  #at = 0;
  readonly #steps: Step[] = [];
  #captures = 0;

  constructor(source: string) {
    this.#source = source;
  }

  pattern(): Pattern {
    const anchored = this.#take('^');
    this.#sequence(0);
    this.#steps.push({ op: 'end' });
    return { steps: this.#steps, captures: this.#captures, anchored };
  }

  #sequence(depth: number): void {
    if (depth > deepest) throw new PatternError('pattern/input too complex');
    /** The single character right before, which a repetition may follow. */
    let single: Class | undefined;
    for (;;) {
      const char = this.#source[this.#at];
      if (char === undefined) return;
      if (char === ')') {
        if (depth === 0) throw new PatternError(`invalid ')' at ${this.#at}`);
        return;
      }
      if (single && /[*+?-]/.test(char)) {
        this.#steps.pop();
        this.#at += 1;
        this.#repeat(char, single);
        single = undefined;
        continue;
      }
      single = this.#item(char, depth);
      if (single) this.#steps.push({ op: 'char', fits: single });
    }
  }

  /** Reads one item; the class of a single character, which can be repeated. */
  #item(char: string, depth: number): Class | undefined {
    if (char === '(') {
      this.#capture(depth);
      return undefined;
    }
    if (char === '$' && depth === 0 && this.#at === this.#source.length - 1) {
      this.#at += 1;
      this.#steps.push({ op: 'tail' });
      return undefined;
    }
    if (char === '%' && this.#special(this.#source[this.#at + 1])) return undefined;
    this.#at += 1;
    if (char === '.') return () => true;
    if (char === '[') return this.#set();
    return char === '%' ? classOf(this.#byte()) : equals(char.charCodeAt(0));
  }

  /** Reads `%b`, `%f[` and `%1`; false when it is none of them. */
  #special(kind: string | undefined): boolean {
    if (kind === 'b') {
      this.#at += 2;
      this.#steps.push({ op: 'balance', begin: this.#byte(), end: this.#byte() });
    } else if (kind === 'f' && this.#source[this.#at + 2] === '[') {
      this.#at += 3;
      this.#steps.push({ op: 'frontier', fits: this.#set() });
    } else if (kind === '0') throw new PatternError(`invalid capture index at ${this.#at + 1}`);
    else if (kind !== undefined && kind >= '1' && kind <= '9') {
      this.#at += 2;
      this.#steps.push({ op: 'again', capture: Number(kind) - 1 });
    } else return false;
    return true;
  }

  /** -1 at the end of the pattern. */
  #byte(): number {
    if (this.#at >= this.#source.length) return -1;
    return this.#source.charCodeAt(this.#at++);
  }

  #capture(depth: number): void {
    this.#at += 1;
    const capture = this.#captures++;
    if (this.#take(')')) {
      this.#steps.push({ op: 'position', capture });
      return;
    }
    this.#steps.push({ op: 'open', capture });
    this.#sequence(depth + 1);
    if (!this.#take(')')) throw new PatternError('unfinished capture at EOS');
    this.#steps.push({ op: 'close', capture });
  }

  #repeat(sign: string, fits: Class): void {
    if (sign === '-') this.#steps.push({ op: 'lazy', fits });
    else this.#steps.push({ op: 'greedy', fits, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Number.POSITIVE_INFINITY });
  }

  /** Behind `[`. A `]` right at its start is itself, and a range is one only between two plain characters. */
  #set(): Class {
    const isNot = this.#take('^');
    const members: { readonly fits: Class; readonly plain?: number }[] = [];
    let isRange = false;
    for (;;) {
      const char = this.#source[this.#at];
      if (char === undefined) throw new PatternError('unexpected EOS at EOS');
      if (char === ']' && members.length > 0) break;
      this.#at += 1;
      if (char === '-' && members.length > 0) {
        isRange = true;
        continue;
      }
      members.push(char === '%' ? { fits: classOf(this.#byte()) } : plain(char.charCodeAt(0)));
      if (!isRange) continue;
      isRange = false;
      const [begin, end] = members.splice(-2);
      members.push({ fits: between(begin!.plain, end!.plain) });
    }
    this.#at += 1;
    if (isRange) members.push(plain(45));
    return asTable((byte) => members.some(({ fits }) => fits(byte)) !== isNot);
  }

  #take(char: string): boolean {
    if (this.#source[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }
}

const equals =
  (wanted: number): Class =>
  (byte) =>
    byte === wanted;

const plain = (byte: number) => ({ fits: equals(byte), plain: byte });

const between = (begin: number | undefined, end: number | undefined): Class =>
  begin === undefined || end === undefined ? () => false : (byte) => byte >= begin && byte <= end;

/** A set looked up instead of gone through. Outside of the text is 0, for a frontier. */
function asTable(fits: Class): Class {
  const table = Uint8Array.from({ length: 256 }, (_, byte) => Number(fits(byte)));
  return (byte) => table[byte < 0 ? 0 : byte] === 1;
}

const letters: Readonly<Record<string, RegExp>> = {
  a: /[A-Za-z]/,
  c: /[^ -~\u0080-\uffff]/,
  d: /[0-9]/,
  l: /[a-z]/,
  p: /[!-/:-@[-`{-~]/,
  s: /[ \f\n\r\t\v]/,
  u: /[A-Z]/,
  w: /[0-9A-Za-z]/,
  x: /[0-9A-Fa-f]/,
  z: /^\0$/,
};

/** `%a` and its like; of a capital letter the opposite, of everything else the character itself. */
function classOf(letter: number): Class {
  const name = letter < 0 ? '' : String.fromCharCode(letter);
  const known = letters[name.toLowerCase()];
  if (!known) return equals(letter);
  const wanted = !/^[A-Z]$/.test(name);
  return asTable((byte) => known.test(String.fromCharCode(byte)) === wanted);
}
