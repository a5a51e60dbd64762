import type { Path } from '../../core/errors/finding.ts';
import { access, type Need } from '../../core/kube/need.ts';
import type { DialectRule } from '../dialect.ts';
import type { Destination } from './kinds/fields.ts';
import type { KindName, RuleOf } from './rules.ts';

/** What a rule needs of an API server: the right to watch what it names, to find receivers, and to make Jobs. */
export function needsOf(loaded: DialectRule): Need[] {
  const rule = loaded as unknown as { [Name in KindName]: RuleOf<Name> }[KindName];
  const { namespace } = rule.metadata;
  const found = (destination: Destination | undefined, path: Path): Need[] => findingNeeds(destination, namespace, path);
  switch (rule.kind) {
    case 'ApiServerSource': {
      const { resources = [], namespaceSelector, sink } = rule.spec;
      const selects = namespaceSelector !== undefined;
      const watched = resources.map(({ apiVersion = '', kind = '' }, index) =>
        access(apiVersion, kind, ['list', 'watch'], selects ? '' : namespace, ['spec', 'resources', index]),
      );
      const namespaces = selects ? [access('v1', 'Namespace', ['list', 'watch'], '', ['spec', 'namespaceSelector'])] : [];
      return [...watched, ...namespaces, ...found(sink, ['spec', 'sink'])];
    }
    case 'PingSource':
    case 'EventTransform':
      return found(rule.spec.sink, ['spec', 'sink']);
    case 'Trigger':
    case 'Subscription': {
      const { subscriber, delivery } = rule.spec;
      const reply = rule.kind === 'Subscription' ? found(rule.spec.reply, ['spec', 'reply']) : [];
      return [
        ...found(subscriber, ['spec', 'subscriber']),
        ...reply,
        ...found(delivery?.deadLetterSink, ['spec', 'delivery', 'deadLetterSink']),
      ];
    }
    case 'Broker':
    case 'Channel':
    case 'InMemoryChannel':
      return found(rule.spec.delivery?.deadLetterSink, ['spec', 'delivery', 'deadLetterSink']);
    case 'Sequence':
      return [
        ...(rule.spec.steps ?? []).flatMap((step, index) => found(step, ['spec', 'steps', index])),
        ...found(rule.spec.reply, ['spec', 'reply']),
      ];
    case 'Parallel':
      return [
        ...(rule.spec.branches ?? []).flatMap((branch, index) =>
          (['filter', 'subscriber', 'reply'] as const).flatMap((field) => found(branch[field], ['spec', 'branches', index, field])),
        ),
        ...found(rule.spec.reply, ['spec', 'reply']),
      ];
    case 'JobSink':
      return [
        access('batch/v1', 'Job', ['create', 'get'], namespace, ['spec', 'job']),
        access('v1', 'Secret', ['create', 'get'], namespace, ['spec', 'job']),
      ];
    default:
      return [];
  }
}

/** Rules of ours are found without the API server. */
const ours = /^(?:(?:eventing|messaging|flows|sinks)\.knative\.dev|triggers\.tekton\.dev)\//;

function findingNeeds(destination: Destination | undefined, namespace: string, path: Path): Need[] {
  const { apiVersion = '', kind = '', namespace: where = namespace } = destination?.ref ?? {};
  if (apiVersion === '' || kind === '' || ours.test(apiVersion)) return [];
  return [access(apiVersion, kind, ['get'], where, [...path, 'ref'])];
}
