/** The kinds of Knative Eventing whose objects run here, in every version in which they are written, and those that are refused. */
import type { Kind } from '../../../core/schema/kind.ts';
import { apiServerSourceKind } from './api-server-source.ts';
import { brokerKind } from './broker.ts';
import { channelKind, inMemoryChannelKind, subscriptionKind } from './channels.ts';
import { containerSourceKind } from './container-source.ts';
import { eventTransformKind } from './event-transform.ts';
import { eventTypeKind } from './event-type.ts';
import { parallelKind, sequenceKind } from './flows.ts';
import { jobSinkKind } from './job-sink.ts';
import { pingSourceKind } from './ping-source.ts';
import { refusedKinds } from './refused.ts';
import { sinkBindingKind } from './sink-binding.ts';
import { triggerKind } from './trigger.ts';

export const knativeKinds: readonly Kind[] = [
  apiServerSourceKind,
  brokerKind,
  channelKind,
  containerSourceKind,
  eventTransformKind,
  eventTypeKind,
  inMemoryChannelKind,
  jobSinkKind,
  parallelKind,
  pingSourceKind,
  sequenceKind,
  sinkBindingKind,
  subscriptionKind,
  triggerKind,
  ...refusedKinds,
];
