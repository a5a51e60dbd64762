import { expect, test } from 'vitest';
import { dlqsOf } from '../../../sensors/triggers/dlq.ts';
import { namesOf } from '../../../sensors/triggers/dlq-name.ts';
import { triggerSpec } from '../../../sensors/triggers/spec.ts';

test('a trigger and what stands behind it are named before it is compiled as they are then', () => {
  const named = (name: string, dlqTrigger?: object) => ({
    template: { name, log: {} },
    atLeastOnce: true,
    ...(dlqTrigger && { dlqTrigger }),
  });
  const trigger = triggerSpec.parse(named('go', named('late', named('later'))));

  expect(namesOf(trigger)).toEqual(['go', 'go/late', 'go/late/later']);
  expect(namesOf(trigger).slice(1)).toEqual(dlqsOf(trigger, []).map(({ name }) => name));
  expect(namesOf(triggerSpec.parse(named('alone')))).toEqual(['alone']);
});
