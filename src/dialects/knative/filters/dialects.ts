/**
 * The elements of `filters`: `exact`, `prefix` and `suffix` compare attributes, `cesql` asks an expression, and `all`, `any` and `not`
 * put filters together.
 *
 * An element that cannot be used is an error of the rule, which then lets nothing pass. One that fails for an event lets it not pass,
 * and its `not` does not either.
 */
import type { Checked } from '../../../../sensors/checked.ts';
import { problemOf } from '../../../../sensors/checked.ts';
import type { Refusal } from '../../../../sensors/filters/verdict.ts';
import { type Cesql, compileCesql, Failure } from '../../../core/cesql/index.ts';
import type { AttributeValue } from '../../../core/cloudevents/attributes.ts';
import { error, type Finding, type Path } from '../../../core/errors/finding.ts';
import { isObject } from '../../../core/json/json.ts';
import { attributeOf, type Filter, isAttributeName, type Keyed, missing, nothingExact } from './filter.ts';

/** How deep filters may stand in filters. */
const deepest = 100;

const dialects = ['exact', 'prefix', 'suffix', 'all', 'any', 'not', 'cesql'] as const;

/** A list of filters, all of which must pass. `at` is what refusals call the list. */
export function compileAll(specs: readonly unknown[], path: Path, at: string, depth = 0): Checked<Keyed> {
  const all = specs.map((spec, index) => compileOne(spec, [...path, index], `${at}[${index}]`, depth));
  const filters = all.map(({ value }) => value.filter);
  return {
    findings: all.flatMap(({ findings }) => findings),
    value: {
      exact: new Map(all.flatMap(({ value }) => [...value.exact])),
      filter(attributes) {
        let refusal: Refusal | undefined;
        for (const filter of filters) {
          refusal = filter(attributes);
          if (refusal) return refusal;
        }
        return undefined;
      },
    },
  };
}

/** What it makes is of no use where there are findings. */
function compileOne(spec: unknown, path: Path, at: string, depth: number): Checked<Keyed> {
  const refused = (...findings: Finding[]): Checked<Keyed> => ({ ...fine(() => undefined), findings });
  if (!isObject(spec)) return refused(invalid(path, 'a filter is an object'));
  const names = Object.keys(spec);
  const [name] = names;
  if (names.length !== 1 || !isDialect(name))
    return refused(error('CONFIG_ONE_OF', path, { choices: dialects.join(', '), found: names.join(', ') || 'none' }));
  if (depth === deepest) return refused(invalid(path, `filters stand in filters, ${deepest} deep and more`));
  const [below, place, value] = [[...path, name], `${at}.${name}`, spec[name] as unknown];
  switch (name) {
    case 'cesql': {
      if (typeof value !== 'string') return refused(invalid(below, 'an expression is a text'));
      let asks: Cesql | undefined;
      const problem = problemOf(below, () => {
        asks = compileCesql(value);
      });
      return problem ? refused(problem) : fine(cesql(asks!, place));
    }
    case 'not': {
      const inner = compileOne(value, below, place, depth + 1);
      return { ...inner, value: { exact: nothingExact, filter: negated(inner.value.filter, place) } };
    }
    case 'all':
    case 'any': {
      if (!Array.isArray(value) || value.length === 0) return refused(invalid(below, `\`${name}\` is a list of filters, one at least`));
      if (name === 'all') return compileAll(value, below, place, depth + 1);
      const some = value.map((one, index) => compileOne(one, [...below, index], `${place}[${index}]`, depth + 1));
      return {
        findings: some.flatMap(({ findings }) => findings),
        value: { exact: nothingExact, filter: any(some.map((one) => one.value.filter)) },
      };
    }
    default:
      return compareAttributes(name, value, below, place, refused);
  }
}

const isDialect = (name: string | undefined): name is (typeof dialects)[number] => dialects.some((one) => one === name);

const invalid = (path: Path, problem: string): Finding => error('CONFIG_INVALID', path, { problem });

const fine = (filter: Filter): Checked<Keyed> => ({ findings: [], value: { exact: nothingExact, filter } });

const comparisons = {
  exact: { test: (found: string, wanted: string) => found === wanted, otherwise: (wanted: string) => `, not "${wanted}"` },
  prefix: {
    test: (found: string, wanted: string) => found.startsWith(wanted),
    otherwise: (wanted: string) => `, which does not begin with "${wanted}"`,
  },
  suffix: {
    test: (found: string, wanted: string) => found.endsWith(wanted),
    otherwise: (wanted: string) => `, which does not end with "${wanted}"`,
  },
};

/** Values of all types are compared as texts here. */
function compareAttributes(
  name: keyof typeof comparisons,
  value: unknown,
  path: Path,
  at: string,
  refused: (...findings: Finding[]) => Checked<Keyed>,
): Checked<Keyed> {
  const wanted = isObject(value) ? Object.entries(value) : [];
  if (wanted.length === 0) return refused(invalid(path, `\`${name}\` names the attributes that it compares, with their values`));
  const findings = wanted.flatMap(([attribute, text]) => checkComparison(attribute, text, [...path, attribute]));
  if (findings.length > 0) return refused(...findings);
  const { test, otherwise } = comparisons[name];
  const texts = wanted as [string, string][];
  return {
    findings: [],
    value: {
      exact:
        name === 'exact'
          ? new Map(texts.filter(([attribute]) => attribute !== 'schemaurl' && attribute !== 'datamediatype'))
          : nothingExact,
      filter(attributes) {
        for (const [attribute, text] of texts) {
          const found = attributeOf(attributes, attribute);
          if (found === undefined) return { at: `${at}.${attribute}`, because: missing(attribute) };
          if (!test(String(found), text)) return { at: `${at}.${attribute}`, because: `${attribute} is "${found}"${otherwise(text)}` };
        }
        return undefined;
      },
    },
  };
}

function checkComparison(attribute: string, text: unknown, path: Path): Finding[] {
  if (!isAttributeName(attribute)) {
    const problem = `"${attribute}" is no name of an attribute: a lower-case letter, then lower-case letters and digits`;
    return [error('CONFIG_INVALID', path, { problem }, { atKey: true })];
  }
  if (typeof text === 'string' && text !== '') return [];
  return [invalid(path, text === '' ? 'nothing is compared with an empty text' : 'a text is expected')];
}

const cesql =
  ({ ask, names }: Cesql, at: string): Filter =>
  (attributes) => {
    const answer = ask(attributes);
    if (answer === true) return undefined;
    if (answer instanceof Failure) return { at, because: `CESQL: ${answer.because}`, failed: true };
    const found = names.map((name) => `${name} ${shown(attributes(name))}`);
    return { at, because: found.length === 0 ? 'the expression is false' : `the expression is false with ${found.join(', ')}` };
  };

const shown = (value: AttributeValue | undefined): string => (value === undefined ? 'missing' : JSON.stringify(value));

const negated =
  (filter: Filter, at: string): Filter =>
  (attributes) => {
    const refusal = filter(attributes);
    if (!refusal) return { at, because: 'what it excludes is so' };
    return refusal.failed ? refusal : undefined;
  };

function any(filters: readonly Filter[]): Filter {
  return (attributes) => {
    const refusals: Refusal[] = [];
    for (const filter of filters) {
      const refusal = filter(attributes);
      if (!refusal) return undefined;
      refusals.push(refusal);
    }
    const first = refusals.find(({ failed }) => failed) ?? refusals[0]!;
    return refusals.length === 1 ? first : { ...first, because: refusals.map(({ at, because }) => `${at}: ${because}`).join('; ') };
  };
}
