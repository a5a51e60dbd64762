import { compileRegex, type Match, type Regex } from '../regex.ts';

/** As much of RegExp as JSONata needs, in linear time: it is made of a RegExp, and searches from `lastIndex` for the next match. */
export class LinearRegExp {
  lastIndex = 0;
  readonly #regex: Regex;

  /** Throws EngineError CONFIG_REGEX for what takes more than linear time, such as a look-ahead. */
  constructor({ source, flags }: RegExp) {
    this.#regex = compileRegex(source, { caseInsensitive: flags.includes('i'), multiLine: flags.includes('m') });
  }

  exec(text: string): ((string | undefined)[] & { index: number }) | null {
    const match = this.#regex.exec(text, this.lastIndex);
    this.lastIndex = match ? match.index + match.length : 0;
    return match ? asArray(match) : null;
  }
}

const asArray = ({ text, index, groups }: Match): (string | undefined)[] & { index: number } =>
  Object.assign([text, ...groups.map((group) => group.text)], { index });
