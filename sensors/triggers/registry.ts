import { argoWorkflow } from './argoWorkflow/index.ts';
import { custom } from './custom/index.ts';
import { email } from './email/index.ts';
import { http } from './http/index.ts';
import { k8s } from './k8s/index.ts';
import { kafka } from './kafka/index.ts';
import { log } from './log/index.ts';
import { nats } from './nats/index.ts';
import { slack } from './slack/index.ts';
import { tekton } from './tekton/index.ts';
import type { TriggerDefinition } from './trigger.ts';

/** Every kind of trigger, in the order in which Argo looks for one; ours are last. */
export const triggers = [k8s, argoWorkflow, http, kafka, nats, slack, custom, log, email, tekton] as const;

/** Argo's kinds that are read and refused for good: why, and what serves instead. */
export const unsupportedTriggers = {
  awsLambda: 'it needs an account at Amazon: call the function’s URL with an `http` trigger',
  azureEventHubs: 'it needs an account at Microsoft: Event Hubs also speaks Kafka, so use a `kafka` trigger',
  azureServiceBus: 'it needs an account at Microsoft: Service Bus takes messages over HTTP, so use an `http` trigger',
  pulsar: 'there is no client of Pulsar for Node without native code: use an `http` trigger on Pulsar’s REST producer',
  openWhisk: 'its API is plain HTTP: call the action with an `http` trigger',
} as const;

export type TriggerType = (typeof triggers)[number]['type'];

export const definitionOf = (type: TriggerType): TriggerDefinition => triggers.find((one) => one.type === type) as TriggerDefinition;
