import { expect, test } from 'vitest';
import type { EngineError } from '../../../../src/core/errors/engine-error.ts';
import { type BindingEntry, mergeBindings } from '../../../../src/dialects/tekton/bindings/merge.ts';

const named = {
  namespaced: (name: string) => (name === 'push' ? [{ name: 'url', value: '$(body.url)' }] : undefined),
  ofTheCluster: (name: string) => (name === 'all' ? [{ name: 'team', value: 'web' }] : undefined),
};

const merge = (...entries: BindingEntry[]) => mergeBindings(entries, 'ci', named);

function refusal(...entries: BindingEntry[]) {
  try {
    return merge(...entries);
  } catch (thrown) {
    const { code, message, hint, retry } = thrown as EngineError;
    return [code, message, hint, retry];
  }
}

test('params stand in the order of the entries, each with where it is written', () => {
  expect(merge({ ref: 'push' }, { ref: 'all', kind: 'ClusterTriggerBinding' }, { name: 'level', value: '' })).toEqual([
    { name: 'url', value: '$(body.url)', binding: 'TriggerBinding ci/push' },
    { name: 'team', value: 'web', binding: 'ClusterTriggerBinding all' },
    { name: 'level', value: '', binding: undefined },
  ]);
});

test('a binding that is not there may come: it is tried again', () => {
  const hint = 'apply it: what waits for it goes on by itself';

  expect(refusal({ ref: 'gone' })).toEqual(['CONFIG_ABSENT', 'there is no TriggerBinding ci/gone', hint, 'backoff']);
  expect(refusal({ ref: 'push', kind: 'ClusterTriggerBinding' })).toEqual([
    'CONFIG_ABSENT',
    'there is no ClusterTriggerBinding push',
    hint,
    'backoff',
  ]);
});

test('a param that two entries give stops the trigger', () => {
  expect(refusal({ ref: 'push' }, { name: 'url', value: 'x' })).toEqual([
    'CONFIG_DUPLICATE',
    'the param "url" is there twice',
    'it is given by TriggerBinding ci/push and by the trigger itself',
    'never',
  ]);
});

test('an entry that is neither a reference nor a param is refused', () => {
  expect(refusal({ value: 'x' })).toEqual([
    'CONFIG_INVALID',
    'an entry of `bindings` has a `ref`, or a `name` and a `value`',
    undefined,
    'never',
  ]);
});
