import type { Path } from '../../../core/errors/finding.ts';
import { addressables } from '../addresses.ts';
import type { Destination } from '../kinds/fields.ts';
import type { KindName, RuleOf } from '../rules.ts';
import { listenerAt } from '../sinks/place.ts';
import type { Named } from './names.ts';

/** Everything of ours that a rule names: where its events come from, and where they go. */
export function receiversOf(rule: { [Name in KindName]: RuleOf<Name> }[KindName]): Named[] {
  const { namespace } = rule.metadata;
  const to = (destination: Destination | undefined, ...path: Path): Named[] => receiver(destination, namespace, ['spec', ...path]);
  switch (rule.kind) {
    case 'ApiServerSource':
    case 'PingSource':
    case 'EventTransform':
    case 'SinkBinding':
    case 'ContainerSource':
      return to(rule.spec.sink as Destination | undefined, 'sink');
    case 'Trigger': {
      const { broker, brokerRef, subscriber, delivery } = rule.spec;
      const named: Named = brokerRef?.name
        ? { kind: 'Broker', namespace: brokerRef.namespace || namespace, name: brokerRef.name, path: ['spec', 'brokerRef', 'name'] }
        : { kind: 'Broker', namespace, name: broker, path: ['spec', 'broker'] };
      // A label of the Namespace may ask for the one that is called so.
      const brokers = named.name === 'default' ? [] : [named];
      return [...brokers, ...to(subscriber, 'subscriber'), ...to(delivery?.deadLetterSink, 'delivery', 'deadLetterSink')];
    }
    case 'Subscription': {
      const { channel, subscriber, reply, delivery } = rule.spec;
      const { kind = '', name = '' } = channel ?? {};
      const channels =
        kind === 'Channel' || kind === 'InMemoryChannel' ? [{ kind, namespace, name, path: ['spec', 'channel', 'name'] }] : [];
      return [
        ...channels,
        ...to(subscriber, 'subscriber'),
        ...to(reply, 'reply'),
        ...to(delivery?.deadLetterSink, 'delivery', 'deadLetterSink'),
      ];
    }
    case 'Broker':
    case 'Channel':
    case 'InMemoryChannel':
      return to(rule.spec.delivery?.deadLetterSink, 'delivery', 'deadLetterSink');
    case 'Sequence':
      return [...(rule.spec.steps ?? []).flatMap((step, index) => to(step, 'steps', index)), ...to(rule.spec.reply, 'reply')];
    case 'Parallel':
      return [
        ...(rule.spec.branches ?? []).flatMap((branch, index) =>
          (['filter', 'subscriber', 'reply'] as const).flatMap((field) => to(branch[field], 'branches', index, field)),
        ),
        ...to(rule.spec.reply, 'reply'),
      ];
    default:
      return [];
  }
}

function receiver(destination: Destination | undefined, own: string, path: Path): Named[] {
  const { ref, uri } = destination ?? {};
  if (ref) {
    const { apiVersion = '', kind = '', name = '', namespace } = ref;
    const group = apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
    const isOurs = addressables.some((one) => one.kind === kind && one.groups.includes(group));
    const isListener = kind === 'EventListener' && group === 'triggers.tekton.dev';
    if (!isListener && (!isOurs || (kind === 'Broker' && name === 'default'))) return [];
    return [{ kind, namespace: namespace || own, name, path: [...path, 'ref', 'name'] }];
  }
  if (uri === undefined || !URL.canParse(uri)) return [];
  const listener = listenerAt(new URL(uri).hostname, own);
  return listener ? [{ kind: 'EventListener', ...listener, path: [...path, 'uri'] }] : [];
}
