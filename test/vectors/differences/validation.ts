import { compileBackoff } from '../../../sensors/triggers/backoff.ts';
import { backoffSpec } from '../../../src/core/time/backoff-spec.ts';
import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';
import { calledTypes, dataFiltersOf, dependenciesOf, entriesOf, repeatedIn, templatesOf, whereAccepted } from './rules.ts';

const parts = ['argo/validation'];

/** What is checked beyond Argo when a rule is loaded. */
export const validationDifferences: readonly Difference[] = whereAccepted([
  {
    parts,
    when: (one) => calledTypes.some((type) => entriesOf(one, type).some((entry) => !entry['webhook'])),
    expected: () => ({ error: 'webhook says where it is called, and is missing' }),
    because: '10.2: what is wrong has a sentence, also where Argo has an empty one',
  },
  {
    parts,
    when: (one) => repeatedIn(dependenciesOf(one).map(({ name }) => name)) !== undefined,
    expected: (one) => ({ error: `the dependency "${repeatedIn(dependenciesOf(one).map(({ name }) => name))}" is there twice` }),
    because: 'B47: a dependency declared twice is refused',
  },
  {
    parts,
    when: (one) => templatesOf(one).some((template) => typesOf(template).length !== 1),
    expected: () => ({ error: /^set exactly one of k8s, .*; found / }),
    because: 'the row of validation: a template without a trigger, or with several, is refused',
  },
  {
    parts,
    when: (one) => dataFiltersOf(one).some(({ type }) => type && !['string', 'number', 'bool'].includes(type)),
    expected: () => ({ error: /^unsupported JSON type '/ }),
    because: '10.1: a type that there is not never lets an event pass',
  },
  {
    parts,
    when: (one) =>
      dataFiltersOf(one).some(({ type, value }) => type === 'number' && value?.some((text: string) => text && Number.isNaN(Number(text)))),
    expected: () => ({ error: /^strconv\.ParseFloat: / }),
    because: '10.1: a number that is none never lets an event pass',
  },
  {
    parts,
    when: (one) => templatesOf(one).some(({ conditions }) => namesIn(conditions).some((name) => !isDependency(name, one))),
    expected: (one) => {
      const names = templatesOf(one).flatMap(({ conditions }) => namesIn(conditions));
      return { error: `there is no dependency "${names.find((name) => !isDependency(name, one))}"` };
    },
    because: 'B27: conditions that name what is not there are refused when the rule is loaded',
  },
  {
    parts,
    when: (one) => templatesOf(one).some(({ k8s }) => k8s?.patchStrategy && !/^application\/.+\+(?:json|yaml)$/.test(k8s.patchStrategy)),
    expected: () => ({ error: /^patchStrategy must be / }),
    because: '10.1: no API server takes such a patch',
  },
  {
    parts,
    when: (one) =>
      templatesOf(one)
        .flatMap(({ http }) => http?.dynamicHeaders ?? [])
        .some(({ src }) => !src),
    expected: () => ({ error: "parameter source can't be empty" }),
    because: '10.1: a header from nothing ends the process upstream (B19)',
  },
  {
    parts,
    when: (one) => entriesOf(one, 'resource').some(({ eventTypes = [] }) => eventTypes.some((type: string) => !resourceEvents.has(type))),
    expected: () => ({ error: /^unknown event type "/ }),
    because: '10.2: a type of event that there is not never comes',
  },
  {
    parts,
    when: (one) =>
      entriesOf(one, 'resource').some(({ filter = {} }) =>
        [
          ...operationsOf(filter.labels).map((operation) => /^(?:|=|==|!=|in|notin|exists|!|gt|lt)$/.test(operation)),
          ...operationsOf(filter.fields).map((operation) => /^(?:|=|==|!=)$/.test(operation)),
        ].includes(false),
      ),
    expected: () => ({ error: /^unknown operation "/ }),
    because: '10.2: an operation that there is not lets nothing pass',
  },
  {
    parts,
    when: (one) =>
      dataFiltersOf(one).some(({ type, value }) => type === 'bool' && value?.some((text: string) => text && !isGoBool.test(text))),
    expected: () => ({ error: /^strconv\.ParseBool: / }),
    because: '10.1: what is neither true nor false never lets an event pass',
  },
  {
    parts,
    when: (one) => templatesOf(one).some(({ k8s, argoWorkflow }) => isEmptyMap(k8s?.source) || isEmptyMap(argoWorkflow?.source)),
    expected: (one) => {
      const type = templatesOf(one).some(({ k8s }) => isEmptyMap(k8s?.source)) ? 'k8s' : 'argoWorkflow';
      return { error: `${type} trigger does not contain an absolute action` };
    },
    because: '10.1: a source that names no place gives no object',
  },
  {
    parts,
    when: (one) => templatesOf(one).some(({ kafka }) => kafka?.parameters?.some(({ src, dest }: Case) => !src || !dest)),
    expected: () => ({ error: /^parameter (?:source|destination) can't be empty/ }),
    because: '10.1: the parameters of kafka are checked as those of every trigger',
  },
  {
    parts,
    when: ({ spec }) => (spec?.triggers ?? []).some(({ retryStrategy }: Case) => retryStrategy && !isBackoff(retryStrategy)),
    expected: () => ({ error: /^(?:duration|factor|jitter|steps) / }),
    because: '10.1: a retryStrategy that is no back-off is refused',
  },
  {
    parts,
    when: (one) => entriesOf(one, 'minio').some((one) => !one['bucket'] && one['accessKey'] && one['secretKey'] && one['endpoint']),
    expected: () => ({ error: "bucket name can't be empty" }),
    because: 'B35: without a bucket there is nothing to listen to',
  },
  {
    parts,
    when: (one) => entriesOf(one, 'calendar').some(({ schedule, interval }) => !schedule && /^-|^0[a-z]*$/.test(interval ?? '')),
    expected: () => ({ error: /^the interval .* is too short/ }),
    because: 'B22: an interval of nothing, or less, is an endless loop',
  },
  {
    parts,
    when: (one) =>
      entriesOf(one, 'calendar').some(({ exclusionDates = [] }) =>
        exclusionDates.some((entry: string) => /^EXDATE/.test(entry) && !/^EXDATE(?:;[^:]*)?:(?:[\dTZ]+,?)+$/.test(entry)),
      ),
    expected: () => ({ error: /^parsing time / }),
    because: '10.2: a date that cannot be read excludes nothing',
  },
  {
    parts,
    when: (one) => entriesOf(one, 'calendar').some(({ persistence = {} }) => isHalf(persistence)),
    expected: () => ({ error: /is no duration$|name is missing$/ }),
    because: '10.2: a ConfigMap without a name keeps no place, and a time that is none has no end',
  },
  {
    parts,
    when: (one) => repeatedIn(entriesOf(one, 'webhook').map(({ port, endpoint }) => port && endpoint && port + endpoint)) !== undefined,
    expected: () => ({ error: /would never be called$/ }),
    because: 'B49: of two on one route, one would be silently dead',
  },
]);

const resourceEvents = new Set(['ADD', 'UPDATE', 'DELETE']);

const typesOf = ({ name: _, conditions: __, conditionsReset: ___, ...types }: Case): string[] => Object.keys(types);

/** What Go reads as true or false. */
const isGoBool = /^(?:[01tTfF]|true|TRUE|True|false|FALSE|False)$/;

const isEmptyMap = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

const isBackoff = (given: Case): boolean =>
  backoffSpec.safeParse(given).success && compileBackoff(backoffSpec.parse(given), []).findings.length === 0;

const operationsOf = (selectors: Case[] = []): string[] => selectors.map(({ operation = '' }) => operation);

const isHalf = ({ catchup, configMap }: Case): boolean =>
  (catchup?.maxDuration && !/^(?:\d+(?:\.\d+)?(?:ns|us|ms|s|m|h))+$/.test(catchup.maxDuration)) || (configMap && !configMap.name);

const namesIn = (conditions = ''): string[] => conditions.split(/[\s()|&]+/).filter((name) => name !== '');

/** - and _ are the same here, where that leaves no doubt. */
const isDependency = (name: string, one: Case): boolean =>
  dependenciesOf(one).some((dependency) => dependency['name'].replaceAll('-', '_') === name.replaceAll('-', '_'));
