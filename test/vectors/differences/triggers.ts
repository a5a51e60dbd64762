import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';
import { hasLongInteger, withDigitsOf } from './digits.ts';

/** Parameters, payloads and triggers. */
export const triggerDifferences: readonly Difference[] = [
  {
    parts: ['argo/params-payload'],
    when: ({ params, events }) => params.some((param: Case) => param['dest'] && givesNothing(param, events)),
    expected: ({ params, events, expect }) => {
      if (!expect.panic) return {};
      const isEmpty = params.every((param: Case) => givesNothing(param, events));
      return { panic: undefined, error: null, ...(isEmpty ? { payload: null } : {}) };
    },
    because: 'B19: a parameter of an absent dependency is skipped',
  },
  {
    parts: ['argo/params-resolve'],
    when: ({ src }) => /\b(?:env|expandenv)\b/.test(templateOf(src)),
    expected: ({ src: { dataKey, contextKey, value } }) => {
      if (dataKey || contextKey) return {};
      return value === undefined ? { value: null, type: '', error: 'there is no such function' } : { value, type: 'String', error: null };
    },
    because: 'B54: a template sees its event, and nothing of the environment',
  },
  {
    parts: ['argo/params-resolve'],
    when: ({ src, events }) => /Json\b/.test(templateOf(src)) && hasLongInteger(events?.[src.dependencyName]?.data),
    expected: ({ src, events, expect }) => ({ value: withDigitsOf(events[src.dependencyName].data, expect.value) }),
    because: 'B46: an integer keeps all its digits',
  },
  {
    parts: ['argo/argo-workflow'],
    when: ({ operation, resource }) => operation === 'submit-from' && resource.kind === 'ClusterWorkflowTemplate' && resource.metadata.name,
    expected: ({ resource: { metadata }, args }) => {
      const { name, namespace = '<sensor namespace>' } = metadata;
      return { command: ['argo', '-n', namespace, 'submit', '--from', `clusterworkflowtemplate/${name}`, ...args], error: null };
    },
    because: 'B37: a ClusterWorkflowTemplate can be submitted, too; the program takes it',
  },
  {
    parts: ['argo/k8s-trigger'],
    when: ({ input }) => clusterScoped.test(input.resource.kind),
    expected: ({ expect }) => ({ calls: expect.calls.map(withoutNamespace), ok: true }),
    because: 'B36: discovery says what lives in no namespace',
  },
  {
    parts: ['argo/k8s-trigger'],
    when: ({ input }) => input.operation === 'update' && !input.liveObject && input.exists && input.putStatus === 409,
    expected: ({ expect }) => ({ calls: [...expect.calls, ...expect.calls, ...expect.calls, ...expect.calls], ok: false }),
    because: 'B36, K27: an object that was changed meanwhile is read and merged anew, four times at the most',
  },
  {
    parts: ['argo/k8s-trigger'],
    when: ({ input }) => (input.operation === 'create' || input.operation === '') && input.exists,
    expected: ({ expect, input }) => {
      const [create] = expect.calls;
      return { calls: [create, `${create.replace('POST', 'GET')}/${input.resource.metadata.name}`] };
    },
    because: 'the row of `generateName`: what exists already is looked at, whether this very firing made it',
  },
  {
    parts: ['argo/k8s-trigger'],
    when: ({ input }) => input.operation === 'delete' || input.operation === 'patch',
    expected: ({ expect, input }) => {
      const [read, ...rest] = expect.calls;
      return { calls: input.exists ? rest : [read?.replace('GET', input.operation.toUpperCase()), ...rest].filter(Boolean) };
    },
    because: 'B13: it is done without reading first; that there is nothing to delete or patch, the answer says',
  },
  {
    parts: ['argo/k8s-trigger'],
    when: ({ input }) => input.operation === 'update' && input.liveObject && input.exists,
    expected: ({ expect }) => ({ calls: expect.calls.filter((call: string, index: number) => call !== expect.calls[index - 1]) }),
    because: 'B13: what was read for the parameters is written back in the version that was read, without reading again',
  },
];

/** The template that counts: one of the payload, where anything of it is named. */
const templateOf = ({ dataKey, dataTemplate = '', contextTemplate = '' }: Case): string =>
  dataKey || dataTemplate ? dataTemplate : contextTemplate;

const givesNothing = ({ src }: Case, events: Case | undefined): boolean =>
  src.value === undefined && !(src.dependencyName in (events ?? {}));

/** Kinds without a namespace, beyond the five that Argo knows. */
const clusterScoped = /^(?:StorageClass|CustomResourceDefinition|IngressClass|PriorityClass)$/;

const withoutNamespace = (call: string): string => call.replace(/\/namespaces\/[^/]+/, '');
