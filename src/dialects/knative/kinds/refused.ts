import { error } from '../../../core/errors/finding.ts';
import type { Kind } from '../../../core/schema/kind.ts';
import { defineKind } from './define.ts';
import { freeForm } from './fields.ts';

interface Refused extends Pick<Kind, 'group' | 'version' | 'kind' | 'plural' | 'summary'> {
  /** Ends the sentence "the kind X is not supported: …". */
  readonly because: string;
  /** What to take instead. */
  readonly hint: string;
}

const refused: readonly Refused[] = [
  {
    group: 'sources.knative.dev',
    version: 'v1alpha1',
    kind: 'IntegrationSource',
    plural: 'integrationsources',
    summary: 'Events of a Camel connector.',
    because: 'it runs a connector of Apache Camel, and we run none',
    hint: 'an EventSource of the type sqs, minio, calendar or the like does the same here',
  },
  {
    group: 'sinks.knative.dev',
    version: 'v1alpha1',
    kind: 'IntegrationSink',
    plural: 'integrationsinks',
    summary: 'A Camel connector that takes events.',
    because: 'it runs a connector of Apache Camel, and we run none',
    hint: 'a Sensor with an http, kafka, slack, log or k8s trigger takes events here',
  },
  {
    group: 'eventing.knative.dev',
    version: 'v1alpha1',
    kind: 'RequestReply',
    plural: 'requestreplies',
    summary: 'Answers HTTP requests with events that come back to a Broker.',
    because: 'our Broker answers a sender when the event is stored, and never with an event that comes later',
    hint: 'let the sender take the answer as an event of its own, by a Trigger',
  },
  {
    group: 'eventing.knative.dev',
    version: 'v1alpha1',
    kind: 'EventPolicy',
    plural: 'eventpolicies',
    summary: 'Says who may send events to whom.',
    because: 'it judges senders by OIDC tokens of the cluster, which we do not read',
    hint: 'let a NetworkPolicy, or a gateway before the ingress, say who may send',
  },
];

/** Kinds of Knative Eventing that are known and refused, each with the reason. */
export const refusedKinds: readonly Kind[] = refused.map(({ because, hint, ...kind }) =>
  defineKind({
    ...kind,
    about: `Not supported: ${because}.`,
    spec: freeForm().describe('Not read.'),
    check: () => [error('CONFIG_UNSUPPORTED', ['kind'], { what: `the kind ${kind.kind}`, because }, { hint })],
  }),
);
