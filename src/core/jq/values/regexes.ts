import { EngineError } from '../../errors/engine-error.ts';
import { compileRegex, type Match, type Regex } from '../../regex.ts';
import { Raised } from '../run/raised.ts';
import type { Run } from '../run/run.ts';

export const unknownFlag = /[^gim]/;

const most = 100;

/** The regular expressions that a program has met, so that each is compiled once; when there are too many it starts anew. */
export class Regexes {
  readonly #known = new Map<string, Regex>();

  /** gojq's flags: `i` for either case, `m` for a dot that matches line feeds, `g` (which is not our business) for all matches. */
  get(run: Run, pattern: string, flags: string): Regex {
    const key = `${flags}/${pattern}`;
    const known = this.#known.get(key);
    if (known) return known;
    if (unknownFlag.test(flags)) throw new Raised(() => `unsupported regular expression flag: ${JSON.stringify(flags)}`);
    run.tick(1000 + pattern.length * 20);
    if (this.#known.size >= most) this.#known.clear();
    const regex = compiled(pattern, flags);
    this.#known.set(key, regex);
    return regex;
  }
}

function compiled(pattern: string, flags: string): Regex {
  try {
    return compileRegex(pattern, { caseInsensitive: flags.includes('i'), dotAll: flags.includes('m') });
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    throw new Raised(() => `invalid regular expression ${JSON.stringify(pattern)}: error parsing regexp: ${thrown.fields.problem}`);
  }
}

/** Steps for a match, whatever its length. */
const perMatch = 15;

/** The matches from the left; an empty one may stand right behind another, but two never in one place. */
export function* matches(run: Run, regex: Regex, text: string, all: boolean): Iterable<Match> {
  const spend = (characters: number) => run.tick(characters * 2 * regex.weight);
  let from = 0;
  while (from <= text.length) {
    run.tick(perMatch);
    const match = regex.exec(text, from, spend);
    if (!match) return;
    yield match;
    if (!all) return;
    const end = match.index + match.length;
    from = match.length > 0 ? end : end + (text.codePointAt(end)! > 0xffff ? 2 : 1);
  }
}
