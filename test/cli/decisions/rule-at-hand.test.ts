import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localKube } from '../../../src/cli/connect.ts';
import { type Door, openDoor } from '../../../src/cli/decisions/door.ts';
import { type RuleAtHand, rulesAtHand } from '../../../src/cli/decisions/rule-at-hand.ts';
import { startLocalCluster } from '../../../src/cli/local-cluster/index.ts';
import { apiSink } from '../../../src/cli/rules/sinks.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { crds } from '../../../src/manifests/crds.ts';
import { record } from '../../support/record.ts';

const sensor = (trigger: string, namespace = 'shop') => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Sensor',
  metadata: { name: 'sn', namespace },
  spec: {
    dependencies: [{ name: 'dep', eventSourceName: 'es', eventName: 'things' }],
    triggers: [{ template: { name: trigger, log: {} } }],
  },
});

/** An EventListener, and what its trigger names. */
const listening = [
  {
    apiVersion: 'triggers.tekton.dev/v1beta1',
    kind: 'EventListener',
    metadata: { name: 'forge', namespace: 'shop' },
    spec: { triggers: [{ triggerRef: 'push' }] },
  },
  {
    apiVersion: 'triggers.tekton.dev/v1beta1',
    kind: 'Trigger',
    metadata: { name: 'push', namespace: 'shop' },
    spec: { template: { ref: 'note' } },
  },
];

let folder: string;
let door: Door;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sensorium-rules-'));
  door = await openDoor(join(folder, 'bus.json'));
});
afterEach(async () => {
  await door[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** The trigger of the rule that is found for shop/sn, or why there is none. */
async function found(flags: Omit<Parameters<typeof rulesAtHand>[0], 'rules'> & { rules?: string[] }): Promise<string> {
  await using rules = rulesAtHand({ rules: [], ...flags }, (line) => expect.fail(line), join(folder, 'bus.json'));
  return told(await rules.of({ namespace: 'shop', name: 'sn' }));
}
const told = (rule: RuleAtHand): string => ('because' in rule ? rule.because : rule.ready.compiled.triggers[0]!.name);

function fileWith(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test('the rule is that of the process that runs here, of the same namespace', async () => {
  door.ask(() => [sensor('other', 'elsewhere'), sensor('running')]);

  expect(await found({})).toBe('running');
});

test('a file that is given counts before it', async () => {
  door.ask(() => [sensor('running')]);

  expect(await found({ rules: [fileWith('sensor.yaml', JSON.stringify(sensor('filed')))] })).toBe('filed');
});

test('a cluster that is named counts before the process', async () => {
  door.ask(() => [sensor('running')]);
  const cluster = await startLocalCluster({ port: 0 });
  try {
    await using kube = await localKube(cluster, 'shop', { tell: record().tell, clock: systemClock });
    for (const object of [...crds(), sensor('held')]) await apiSink(kube).set(object as KubeObject, undefined);
    const kubeconfig = fileWith('kubeconfig', cluster.kubeconfigFor('shop'));

    expect(await found({ kubeconfig })).toBe('held');

    await using rules = rulesAtHand({ rules: [], kubeconfig }, () => {});
    expect(told(await rules.of({ namespace: 'shop', name: 'gone' }))).toBe('the cluster has no Sensor shop/gone');

    expect(told(await rules.of({ namespace: 'shop', name: 'EventListener:gone' }))).toBe('the cluster has no EventListener shop/gone');
    for (const object of listening) await apiSink(kube).set(object as KubeObject, undefined);
    await using again = rulesAtHand({ rules: [], kubeconfig }, () => {});
    expect(told(await again.of({ namespace: 'shop', name: 'EventListener:forge' }))).toBe('push');
  } finally {
    await cluster.close();
  }
});

test('without a rule it says where one could come from, or that it is gone', async () => {
  expect(await found({})).toBe('the process that runs here has no Sensor shop/sn');
  expect(await found({ bus: 'nats://127.0.0.1:1' })).toBe(
    'give the rule with --rules, or the cluster that holds it with --kubeconfig, to see what would come of it',
  );

  door.ask(() => [{ ...sensor('go'), spec: { ...sensor('go').spec, dependencies: [] } }]);

  expect(await found({})).toMatch(/^its rule is refused: /);
});
