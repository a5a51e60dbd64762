import type { Spend } from '../function.ts';
import { type GoValue, Int, typeName } from '../values.ts';
import { type Flags, noFlags } from './flags.ts';
import { byVerb } from './value.ts';

/** A width or precision beyond this is not taken. */
const largest = 1_000_000;

/** fmt.Sprintf. */
export function printf(format: string, values: readonly GoValue[], spend: Spend): string {
  return new Formatting(format, values, spend).run();
}

/** One format on its way from left to right. */
class Formatting {
  readonly #format: string;
  readonly #values: readonly GoValue[];
  readonly #spend: Spend;
  #at = 0;
  #next = 0;
  #text = '';
  /** An argument was asked for by number: what is left over is then not told. */
  #reordered = false;
  #goodNumber = true;
  /** A number in brackets stands right before. */
  #afterIndex = false;

  constructor(format: string, values: readonly GoValue[], spend: Spend) {
    this.#format = format;
    this.#values = values;
    this.#spend = spend;
  }

  run(): string {
    for (;;) {
      const percent = this.#format.indexOf('%', this.#at);
      this.#write(this.#format.slice(this.#at, percent < 0 ? undefined : percent));
      if (percent < 0) break;
      this.#at = percent + 1;
      if (!this.#verb()) break;
    }
    if (!this.#reordered && this.#next < this.#values.length) this.#extra();
    return this.#text;
  }

  #write(text: string): void {
    this.#spend.steps(1);
    this.#spend.bytes(text.length);
    this.#text += text;
  }

  /** Everything from behind `%` up to the verb; false when the format ends before. */
  #verb(): boolean {
    this.#goodNumber = true;
    this.#afterIndex = false;
    const flags = this.#flags();
    this.#argumentNumber();
    this.#width(flags);
    this.#precision(flags);
    if (!this.#afterIndex) this.#argumentNumber();
    if (this.#at >= this.#format.length) {
      this.#write('%!(NOVERB)');
      return false;
    }
    const verb = String.fromCodePoint(this.#format.codePointAt(this.#at)!);
    this.#at += verb.length;
    this.#write(this.#argument(verb, flags));
    return true;
  }

  #argument(verb: string, flags: Flags): string {
    if (verb === '%') return '%';
    if (!this.#goodNumber) return `%!${verb}(BADINDEX)`;
    if (this.#next >= this.#values.length) return `%!${verb}(MISSING)`;
    if (verb === 'v' || verb === 'w') {
      flags.goSyntax = flags.sharp;
      flags.sharp = false;
      flags.plus = false;
    }
    this.#spend.bytes((flags.width ?? 0) + (flags.precision ?? 0));
    return byVerb(this.#values[this.#next++], verb, flags, this.#spend, 0);
  }

  #flags(): Flags {
    const flags = noFlags();
    for (; ; this.#at++) {
      const one = this.#format[this.#at];
      if (one === '#') flags.sharp = true;
      else if (one === '0') flags.zero = true;
      else if (one === '+') flags.plus = true;
      else if (one === '-') flags.minus = true;
      else if (one === ' ') flags.space = true;
      else return flags;
    }
  }

  #width(flags: Flags): void {
    if (this.#format[this.#at] !== '*') {
      flags.width = this.#number();
      if (this.#afterIndex && flags.width !== undefined) this.#goodNumber = false;
      return;
    }
    this.#at += 1;
    flags.width = this.#integerArgument();
    if (flags.width === undefined) this.#write('%!(BADWIDTH)');
    else if (flags.width < 0) {
      flags.width = -flags.width;
      flags.minus = true;
      flags.zero = false;
    }
    this.#afterIndex = false;
  }

  #precision(flags: Flags): void {
    if (this.#format[this.#at] !== '.' || this.#at + 1 >= this.#format.length) return;
    this.#at += 1;
    if (this.#afterIndex) this.#goodNumber = false;
    this.#argumentNumber();
    if (this.#format[this.#at] !== '*') {
      flags.precision = this.#number() ?? 0;
      return;
    }
    this.#at += 1;
    const precision = this.#integerArgument();
    if (precision === undefined || precision < 0) this.#write('%!(BADPREC)');
    else flags.precision = precision;
    this.#afterIndex = false;
  }

  /** Decimal digits; a number that is far too large ends the format, as in Go. */
  #number(): number | undefined {
    const digits = /^[0-9]*/.exec(this.#format.slice(this.#at, this.#at + 12))![0];
    if (digits === '') return undefined;
    if (Number(digits) > largest * 10) {
      this.#at = this.#format.length;
      return undefined;
    }
    this.#at += digits.length;
    return Number(digits);
  }

  #integerArgument(): number | undefined {
    const value = this.#values[this.#next];
    if (this.#next < this.#values.length) this.#next += 1;
    if (!(value instanceof Int) || value.value > largest || value.value < -largest) return undefined;
    return Number(value.value);
  }

  /** `[2]`: which argument is next. */
  #argumentNumber(): void {
    this.#afterIndex = false;
    if (this.#format[this.#at] !== '[') return;
    this.#reordered = true;
    const close = this.#format.indexOf(']', this.#at);
    const digits = close < 0 ? '' : this.#format.slice(this.#at + 1, close);
    this.#at = close < 0 ? this.#at + 1 : close + 1;
    const isNumber = /^[0-9]{1,7}$/.test(digits);
    const index = Number(digits) - 1;
    if (isNumber && index >= 0 && index < this.#values.length) this.#next = index;
    else this.#goodNumber = false;
    this.#afterIndex = isNumber;
  }

  #extra(): void {
    const rest = this.#values.slice(this.#next).map((value) => {
      if (value === null || value === undefined) return '<nil>';
      return `${typeName(value)}=${byVerb(value, 'v', noFlags(), this.#spend, 0)}`;
    });
    this.#write(`%!(EXTRA ${rest.join(', ')})`);
  }
}
