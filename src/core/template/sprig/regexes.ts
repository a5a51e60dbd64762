import { fn, type GoFunction, orElse, type Spend } from '../../go/function.ts';
import { expand, findAll, Regexes, replaceAll, splitBy } from '../../go/regexp.ts';
import { type GoValue, strings, typedList } from '../../go/values.ts';

/** A list, or nil where there is none. */
const listOrNil = (texts: readonly string[] | undefined): GoValue =>
  texts && texts.length > 0 ? strings(texts) : typedList('string', [], true);

/** Regular expressions of RE2. The forms with `must` return what the others panic with; in a template both end it. */
export function regexes(): Readonly<Record<string, GoFunction>> {
  const known = new Regexes();
  const test = (pattern: string, text: string, spend: Spend): boolean => {
    const regex = known.get(pattern, spend);
    spend.steps((text.length >> 3) + 1);
    return regex.test(text);
  };

  const find = fn(['string', 'string'], ([pattern, text], spend) => findAll(known.get(pattern, spend), text, 1, spend)[0]?.text ?? '');
  const all = fn(['string', 'string', 'int'], ([pattern, text, most], spend) => {
    const found = findAll(known.get(pattern, spend), text, most < 0 ? -1 : most, spend);
    return listOrNil(found.map((match) => match.text));
  });
  const replace = fn(['string', 'string', 'string'], ([pattern, text, replacement], spend) =>
    replaceAll(known.get(pattern, spend), text, (match) => expand(replacement, match), spend),
  );
  const replaceLiteral = fn(['string', 'string', 'string'], ([pattern, text, replacement], spend) =>
    replaceAll(known.get(pattern, spend), text, () => replacement, spend),
  );
  const split = fn(['string', 'string', 'int'], ([pattern, text, most], spend) => {
    const parts = splitBy(known.get(pattern, spend), text, most < 0 ? -1 : most, spend);
    return parts ? strings(parts) : listOrNil(undefined);
  });
  return {
    regexMatch: fn(['string', 'string'], ([pattern, text], spend) => orElse(() => test(pattern, text, spend), false)),
    mustRegexMatch: fn(['string', 'string'], ([pattern, text], spend) => test(pattern, text, spend)),
    regexFind: find,
    mustRegexFind: find,
    regexFindAll: all,
    mustRegexFindAll: all,
    regexReplaceAll: replace,
    mustRegexReplaceAll: replace,
    regexReplaceAllLiteral: replaceLiteral,
    mustRegexReplaceAllLiteral: replaceLiteral,
    regexSplit: split,
    mustRegexSplit: split,
    regexQuoteMeta: fn(['string'], ([text]) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')),
  };
}
