import { labelSelectorOf } from '../../../eventsources/resource/selectors.ts';
import { type ResourceSpec, resourceSpec } from '../../../eventsources/resource/spec.ts';
import { labelSelector } from '../../../src/cli/local-cluster/selectors/label.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { gone, listed, memoryBus, payloads, script, seen, start, type Unfolds } from '../../eventsources/resource/source.ts';
import type { Adapter, Answer, Case } from '../adapter.ts';

/** Plays what the API server would show to a resource source, and reads what it publishes. */
export const resourcePayload: Adapter = {
  compare: { types: (expected, got) => sorted(expected) === sorted(got) },
  async run({ input }) {
    const spec = resourceSpec.parse(input.spec);
    if (input.notification) return { payload: (await playAfter(spec, ...notified(input.notification))).at(-1) ?? null };
    if (input.labelChange) return typesOf(await playAfter(spec, ...relabelled(spec, input.labelChange)));
    if (input.before) return typesOf(await playAfter(spec, script(listed(...input.before)), script(listed(...input.existing))));
    return typesOf(await playAfter(spec, script(), script(listed(...input.existing))));
  },
};

/** What is published for the second play, by a source that has lived through the first. */
async function playAfter(spec: ResourceSpec, first: Unfolds, second: Unfolds): Promise<Case[]> {
  const bus = memoryBus();
  await start(first, bus, { spec }).ended;
  const before = (await payloads(bus)).length;
  await start(second, bus, { spec }).ended;
  return (await payloads(bus)).slice(before) as Case[];
}

function notified({ kind, obj, old, tombstone }: Case): [Unfolds, Unfolds] {
  if (tombstone) return [script(listed(tombstone.obj)), script(listed())];
  if (kind === 'add') return [script(listed()), script(listed(), seen(obj))];
  if (kind === 'update') return [script(listed(old)), script(listed(old), seen(obj))];
  return [script(listed(obj)), script(listed(obj), gone(obj))];
}

function relabelled(spec: ResourceSpec, { from, to }: Case): [Unfolds, Unfolds] {
  const selects = labelSelector(labelSelectorOf(spec.filter?.labels ?? []) ?? '');
  const pod = (resourceVersion: string, labels: { [key: string]: string }): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', uid: 'p', resourceVersion, labels },
  });
  const [before, after] = [pod('1', from), pod('2', to)];
  const list = selects(before) ? listed(before) : listed();
  return [script(list), script(list, selects(after) ? seen(after) : gone(before))];
}

const typesOf = (payloads: Case[]): Answer => ({ types: payloads.map(({ type }) => type) });
const sorted = (types: unknown): string => [...(types as string[])].sort().join(' ');
