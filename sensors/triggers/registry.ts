import { k8s } from './k8s/index.ts';
import { log } from './log/index.ts';
import type { TriggerDefinition } from './trigger.ts';

/** Every kind of trigger, in the order in which Argo looks for one. */
export const triggers = [k8s, log] as const;

/** Argo's other kinds: known, so that a rule that uses one is refused with a sentence. */
export const unbuiltTriggers = [
  'argoWorkflow',
  'http',
  'awsLambda',
  'azureEventHubs',
  'azureServiceBus',
  'kafka',
  'pulsar',
  'nats',
  'slack',
  'openWhisk',
  'custom',
  'email',
] as const;

export type TriggerType = (typeof triggers)[number]['type'];

export const definitionOf = (type: TriggerType): TriggerDefinition => triggers.find((one) => one.type === type) as TriggerDefinition;
