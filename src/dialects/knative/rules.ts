import type { DialectRule, RuleRef } from '../dialect.ts';
import type { ApiServerSourceSpec } from './kinds/api-server-source.ts';
import type { BrokerSpec } from './kinds/broker.ts';
import type { ChannelSpec, SubscriptionSpec } from './kinds/channels.ts';
import type { ContainerSourceSpec } from './kinds/container-source.ts';
import type { EventTransformSpec } from './kinds/event-transform.ts';
import type { ParallelSpec, SequenceSpec } from './kinds/flows.ts';
import type { JobSinkSpec } from './kinds/job-sink.ts';
import type { PingSourceSpec } from './kinds/ping-source.ts';
import type { SinkBindingSpec } from './kinds/sink-binding.ts';
import type { TriggerSpec } from './kinds/trigger.ts';

interface Specs {
  ApiServerSource: ApiServerSourceSpec;
  Broker: BrokerSpec;
  Channel: ChannelSpec;
  ContainerSource: ContainerSourceSpec;
  EventTransform: EventTransformSpec;
  EventType: object;
  InMemoryChannel: ChannelSpec;
  JobSink: JobSinkSpec;
  Namespace: undefined;
  Parallel: ParallelSpec;
  PingSource: PingSourceSpec;
  Sequence: SequenceSpec;
  SinkBinding: SinkBindingSpec;
  Subscription: SubscriptionSpec;
  Trigger: TriggerSpec;
}

export type KindName = keyof Specs;

export interface RuleOf<Name extends KindName> {
  readonly kind: Name;
  readonly metadata: DialectRule['metadata'];
  readonly spec: Specs[Name];
}

/** All loaded objects of the dialect, by kind and name. */
export class Rules {
  readonly #byKind = new Map<string, Map<string, DialectRule>>();

  constructor(loaded: readonly DialectRule[]) {
    for (const rule of loaded) {
      const { namespace, name } = rule.metadata;
      const all = this.#byKind.get(rule.kind) ?? new Map<string, DialectRule>();
      this.#byKind.set(rule.kind, all.set(`${namespace}/${name}`, rule));
    }
  }

  all<Name extends KindName>(kind: Name): RuleOf<Name>[] {
    return [...(this.#byKind.get(kind)?.values() ?? [])] as unknown as RuleOf<Name>[];
  }

  find<Name extends KindName>(kind: Name, namespace: string, name: string): RuleOf<Name> | undefined {
    return this.#byKind.get(kind)?.get(`${namespace}/${name}`) as unknown as RuleOf<Name> | undefined;
  }
}

export const refOf = ({ kind, metadata: { namespace, name } }: Pick<DialectRule, 'kind' | 'metadata'>): RuleRef => ({
  kind,
  namespace,
  name,
});
