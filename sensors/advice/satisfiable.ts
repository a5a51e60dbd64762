import { EngineError } from '../../src/core/errors/engine-error.ts';
import { parseGoFloat } from '../../src/core/json/numbers.ts';
import { compilePath } from '../../src/core/json/path/index.ts';
import type { DataFilterSpec } from '../filters/data.ts';
import { type Matcher, matcher, matchings } from '../filters/matchers.ts';

/**
 * Whether some value passes all clauses of one type. They are tried on values among which there is one that passes if any does: for
 * numbers those that the clauses name, with their neighbours; for texts those of a clause that names whole texts. True where that
 * cannot be said.
 */
export function canAllPass(clauses: readonly DataFilterSpec[]): boolean {
  const candidates = candidatesFor(clauses);
  const type = clauses[0]?.type ?? '';
  const matching = matchings[type];
  if (!candidates || !matching) return true;
  try {
    const fits: Matcher[] = clauses.map(({ value, comparator }) => matcher(matching, value, comparator || '='));
    return candidates.some((candidate) => {
      const found = compilePath('@this').get(candidate);
      return found === undefined || fits.every((fit) => fit(found));
    });
  } catch (thrown) {
    if (thrown instanceof EngineError) return true;
    throw thrown;
  }
}

/** JSON texts; undefined when no list of them would do. */
function candidatesFor(clauses: readonly DataFilterSpec[]): string[] | undefined {
  const type = clauses[0]?.type;
  if (type === 'bool') return ['true', 'false'];
  if (type === 'number') return numbers(clauses.flatMap(({ value }) => value.map(parseGoFloat)));
  for (const { comparator, value } of clauses) {
    if (comparator && comparator !== '=') continue;
    if (value.some(isImpossible) && value.length === 1) return [];
    const texts = value.map(wholeTexts);
    if (texts.every((one) => one !== undefined)) return texts.flat().map((text) => JSON.stringify(text));
  }
  return undefined;
}

function numbers(named: readonly (number | undefined)[]): string[] | undefined {
  if (named.some((one) => one === undefined || !Number.isFinite(one))) return undefined;
  const sorted = [...new Set(named as number[])].sort((a, b) => a - b);
  const between = sorted.map((one, index) => (one + (sorted[index + 1] ?? one + 2)) / 2);
  return [(sorted[0] ?? 0) - 1, ...sorted, ...between].map(String);
}

/** The texts that `^a$`, `^(a|b)$` or `^a$|^b$` match; undefined for patterns that match others, too. */
function wholeTexts(pattern: string): string[] | undefined {
  const group = /^\^\((?:\?:)?([^()]*)\)\$$/.exec(pattern);
  const parts = group ? group[1]!.split('|').map((one) => `^${one}$`) : pattern.split('|');
  const texts = parts.map((part) => /^\^((?:[\w \-/:,@#%&=<>!~;'"]|\\[^\w])*)\$$/.exec(part)?.[1]?.replace(/\\(.)/g, '$1'));
  return texts.every((one) => one !== undefined) ? texts : undefined;
}

/** A letter behind the end of the text, or before its beginning. */
const isImpossible = (pattern: string): boolean => {
  const bare = pattern.replace(/\\./g, '_').replace(/\[[^\]]*\]/g, '_');
  return !/\||\(\?[a-z]*m/.test(bare) && /\$\w(?![*?{])|\w\^/.test(bare);
};
