import { expect, test } from 'vitest';
import type { EventListener } from '../../../../src/dialects/tekton/kinds/event-listener.ts';
import type { LabelSelector } from '../../../../src/dialects/tekton/kinds/listener-spec.ts';
import type { Trigger } from '../../../../src/dialects/tekton/kinds/trigger.ts';
import { chosenBy } from '../../../../src/dialects/tekton/select/index.ts';
import { selects } from '../../../../src/dialects/tekton/select/labels.ts';

const listener = (spec: object) => ({ metadata: { name: 'hooks', namespace: 'ci' }, spec }) as unknown as EventListener;
const trigger = (namespace: string, name: string, labels: Record<string, string> = {}) =>
  ({ metadata: { name, namespace, labels }, spec: {} }) as unknown as Trigger;
const triggers = [trigger('ci', 'b'), trigger('ci', 'a', { team: 'web' }), trigger('ops', 'a', { team: 'web' }), trigger('ops', 'c')];

const idsOf = (spec: object): string[] => chosenBy(listener(spec), triggers).map(({ id }) => id);

test.each([
  ['those of a namespace', { namespaceSelector: { matchNames: ['ops'] } }, ['ops/a', 'ops/c']],
  ['those of all', { namespaceSelector: { matchNames: ['*'] } }, ['a', 'b', 'ops/a', 'ops/c']],
  ['with a star among names, none but the named', { namespaceSelector: { matchNames: ['*', 'ops'] } }, ['ops/a', 'ops/c']],
  ['by labels, those of its own', { labelSelector: { matchLabels: { team: 'web' } } }, ['a']],
  ['by both', { labelSelector: { matchLabels: { team: 'web' } }, namespaceSelector: { matchNames: ['ci', 'ops'] } }, ['a', 'ops/a']],
  ['by name', { triggers: [{ triggerRef: 'b' }, { triggerRef: 'gone' }] }, ['b', 'gone']],
  ['written out', { triggers: [{ name: 'x', template: {} }, { template: {} }] }, ['x', 'triggers[1]']],
  ['of groups', { triggerGroups: [{ name: 'g', triggerSelector: { labelSelector: {} } }] }, ['g/a', 'g/b']],
  ['a group that selects nothing', { triggerGroups: [{ name: 'g' }] }, []],
  [
    'twice what is found twice, in the order of selectors, list, groups',
    { triggers: [{ triggerRef: 'a' }, { name: 'a', template: {} }], labelSelector: { matchLabels: { team: 'web' } } },
    ['a', 'a#2', 'a#3'],
  ],
])('a listener runs %s', (_, spec, ids) => {
  expect(idsOf(spec)).toEqual(ids);
});

test('a Trigger that is named and not there is known by its name, and says nothing', () => {
  expect(chosenBy(listener({ triggers: [{ triggerRef: 'gone' }] }), triggers)).toEqual([
    { id: 'gone', name: 'gone', namespace: 'ci', spec: undefined, group: undefined },
  ]);
});

const expression = (operator: string, values?: string[]): LabelSelector => ({ matchExpressions: [{ key: 'a', operator, values }] });

test.each([
  [{}, {}, true],
  [{ matchLabels: { a: '1', b: '2' } }, { a: '1' }, false],
  [expression('In', ['1', '2']), { a: '2' }, true],
  [expression('In', ['1']), {}, false],
  [expression('NotIn', ['1']), {}, true],
  [expression('NotIn', ['1']), { a: '1' }, false],
  [expression('Exists'), { a: '' }, true],
  [expression('DoesNotExist'), { a: '' }, false],
  [expression('Like', ['1']), { a: '1' }, false],
])('%j takes %j: %s', (selector, labels, taken) => {
  expect(selects(selector, labels as Record<string, string>)).toBe(taken);
});
