/** Where the parts of rules of other systems stand in their files. */
import type { Path } from '../../../core/errors/finding.ts';
import type { DialectRule } from '../../../dialects/dialect.ts';
import type { EventListener } from '../../../dialects/tekton/kinds/event-listener.ts';
import type { Trigger } from '../../../dialects/tekton/kinds/trigger.ts';
import { chosenBy } from '../../../dialects/tekton/select/index.ts';
import { pathOfPlace } from '../clauses.ts';

/** Something in a rule: the rule by its kind, namespace and name, and the path from its root. */
export interface Spot {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly path: Path;
}

/** Where a trigger stands, and what a verdict calls its parts. */
export interface Spots {
  ofTrigger(trigger: string): Spot | undefined;
  ofClause(trigger: string, at: string): Spot | undefined;
}

/** In an EventListener: its own triggers, and Triggers that it finds. */
export function listenerSpots(listener: EventListener, triggers: readonly Trigger[]): Spots {
  const { name, namespace } = listener.metadata;
  const own = { kind: 'EventListener', namespace, name };
  const chosen = new Map(chosenBy(listener, triggers).map((one) => [one.id, one]));
  const ofTrigger = (id: string): Spot | undefined => {
    const one = chosen.get(id);
    if (!one) return undefined;
    const listed = (listener.spec.triggers ?? []).findIndex((entry) => (one.spec ? entry === one.spec : entry.triggerRef === one.name));
    if (listed >= 0) return { ...own, path: ['spec', 'triggers', listed] };
    return { kind: 'Trigger', namespace: one.namespace, name: one.name, path: ['spec'] };
  };
  return {
    ofTrigger,
    ofClause(id, at) {
      const place = /^(?:(.*)\.)?interceptors\[(\d+)\]$/.exec(at);
      const spot = ofTrigger(id);
      if (!place || !spot) return spot;
      const [, group, index] = place;
      const interceptor = ['interceptors', Number(index)];
      if (group === undefined) return { ...spot, path: [...spot.path, ...interceptor] };
      const groupAt = (listener.spec.triggerGroups ?? []).findIndex((one) => one.name === group);
      return { ...own, path: ['spec', 'triggerGroups', groupAt, ...interceptor] };
    },
  };
}

/** In a Broker, a Channel, a flow or a source: Triggers and Subscriptions, the steps and branches, the sink. */
export function knativeSpots({ kind, metadata: { namespace, name } }: Pick<DialectRule, 'kind' | 'metadata'>): Spots {
  const ofTrigger = (trigger: string): Spot | undefined => {
    if (kind === 'Broker') {
      const [where, own] = trigger.includes('/') ? (trigger.split('/') as [string, string]) : [namespace, trigger];
      return { kind: 'Trigger', namespace: where, name: own, path: ['spec'] };
    }
    if (kind === 'Channel' || kind === 'InMemoryChannel') {
      const [own = '', reply] = trigger.split('/');
      return { kind: 'Subscription', namespace, name: own, path: reply ? ['spec', 'reply'] : ['spec'] };
    }
    return { kind, namespace, name, path: ['spec', ...stepOf(trigger)] };
  };
  return {
    ofTrigger,
    ofClause(trigger, at) {
      const spot = ofTrigger(trigger);
      return spot && /^filters?\b/.test(at) ? { ...spot, path: ['spec', ...pathOfPlace(at)] } : spot;
    },
  };
}

/** `step-1` → steps, 1; `branch-0/filter` → branches, 0, filter. */
function stepOf(trigger: string): Path {
  const [, kind, index, part] = /^(step|branch)-(\d+)(?:\/(.*))?$/.exec(trigger) ?? [];
  if (kind === undefined) return [trigger];
  return [kind === 'step' ? 'steps' : 'branches', Number(index), ...(part ? [part] : [])];
}
