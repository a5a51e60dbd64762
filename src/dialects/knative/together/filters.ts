import { type Finding, type Path, warning } from '../../../core/errors/finding.ts';
import { isObject } from '../../../core/json/json.ts';

/** A comparison that every event must pass. */
interface Wanted {
  readonly how: 'exact' | 'prefix' | 'suffix';
  readonly attribute: string;
  readonly text: string;
  readonly path: Path;
}

/** Comparisons that no event can pass together. */
export function filterAdvice({ filters = [] }: { readonly filters?: readonly unknown[] | undefined }): Finding[] {
  const all = wantedBy(filters, ['spec', 'filters']);
  return all.flatMap((one, index) => {
    const other = all.slice(0, index).find((before) => before.attribute === one.attribute && excludes(before, one));
    if (!other) return [];
    const problem = `no event passes: its ${one.attribute} would have to ${inWords(other)} and ${inWords(one)}`;
    return [warning('CONFIG_INVALID', one.path, { problem }, { hint: 'put the two under `any`, if one of them is enough' })];
  });
}

/** What stands under `any`, `not` or `cesql` is not looked at. */
function wantedBy(filters: readonly unknown[], path: Path): Wanted[] {
  return filters.flatMap((filter, index): Wanted[] => {
    if (!isObject(filter as never)) return [];
    const { all, ...rest } = filter as { readonly all?: unknown };
    if (Array.isArray(all)) return wantedBy(all, [...path, index, 'all']);
    return (['exact', 'prefix', 'suffix'] as const).flatMap((how) => {
      const compared = (rest as Record<string, unknown>)[how];
      const entries = typeof compared === 'object' && compared !== null ? Object.entries(compared) : [];
      return entries.map(([attribute, text]) => ({ how, attribute, text: String(text), path: [...path, index, how, attribute] }));
    });
  });
}

function excludes(one: Wanted, other: Wanted): boolean {
  if (one.how === 'exact') return !fits(one.text, other);
  if (other.how === 'exact') return !fits(other.text, one);
  if (one.how !== other.how) return false;
  const [short, long] = one.text.length < other.text.length ? [one.text, other] : [other.text, one];
  return !fits(long.text, { how: one.how, text: short });
}

function fits(text: string, { how, text: wanted }: Pick<Wanted, 'how' | 'text'>): boolean {
  if (how === 'exact') return text === wanted;
  return how === 'prefix' ? text.startsWith(wanted) : text.endsWith(wanted);
}

const inWords = ({ how, text }: Wanted): string => `${{ exact: 'be', prefix: 'begin with', suffix: 'end with' }[how]} "${text}"`;
