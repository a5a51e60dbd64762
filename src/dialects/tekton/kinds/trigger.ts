import type { z } from 'zod';
import { dialectObject, type Kind } from '../../../core/schema/kind.ts';
import { upgradeTrigger } from '../upgrade/trigger.ts';
import { checkObjectName, notOne } from './check-names.ts';
import { checkTriggerSpec } from './check-trigger.ts';
import { group, older, version } from './group.ts';
import { inSpelling } from './spelling.ts';
import { triggerSpec } from './trigger-spec.ts';

const schema = dialectObject(version, 'Trigger', triggerSpec);

export type Trigger = z.output<typeof schema>;

export const triggerKind: Kind<typeof schema> = {
  group,
  version: 'v1beta1',
  kind: 'Trigger',
  plural: 'triggers',
  shortNames: ['tri'],
  alsoAs: older,
  summary: 'What an EventListener does with an event: which pass, what is taken from them, what is created.',
  about:
    'An EventListener finds it by `triggerRef`, by its labels or by its namespace. Events pass its interceptors, values are taken from ' +
    'them by bindings, and the objects of its template are created.',
  schema,
  upgrade: (object) => upgradeTrigger(inSpelling(schema, object)),
  check: ({ metadata, spec }) => [
    ...checkObjectName('Trigger', metadata.name),
    ...(spec.template ? [] : [notOne(['spec', 'template'], ['ref', 'spec'], [])]),
    ...checkTriggerSpec(spec, ['spec']),
  ],
};
