import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKube } from '../../src/core/kube/client.ts';
import { kubeConfigFrom } from '../../src/core/kube/config.ts';
import type { Kube } from '../../src/core/kube/kube.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/ports.ts';
import { record } from '../support/record.ts';
import { type Program, startSensorium } from '../support/sensorium.ts';

let folder: string;
let program: Program;
let kube: Kube;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sensorium-simulate-'));
  cpSync(join(import.meta.dirname, '..', '..', 'examples', 'start-pipeline'), join(folder, 'rules'), { recursive: true });
  port = await freePort();
  const source = join(folder, 'rules', 'eventsource.yaml');
  writeFileSync(source, readFileSync(source, 'utf8').replaceAll('12000', String(port)));
  program = startSensorium(['run', 'rules', '--simulate', '--api-port', '0'], { cwd: folder });
  await program.seen(/Ctrl-C ends it/);
  kube = openKube(await kubeConfigFrom({ kubeconfig: join(folder, '.sensorium', 'kubeconfig'), env: {} }), {
    tell: record().tell,
    clock: systemClock,
  });
});
afterAll(async () => {
  await kube?.[Symbol.asyncDispose]();
  await program?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const create = async (object: { apiVersion: string; kind: string; metadata: object; spec: object }) =>
  kube.create(await kube.kind(object.apiVersion, object.kind), object as never);

test('a Pod that somebody makes is started and ends, and the screen says that a node is played', async () => {
  await program.seen(/A node is played: Pods, Jobs and runs of Tekton start and end, but nothing is executed in them\./);

  await create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'ls', namespace: 'default' },
    spec: { restartPolicy: 'Never', containers: [{ name: 'ls', image: 'busybox' }] },
  });

  await program.seen(/node {2}Pod default\/ls → Succeeded/);
});

test('the kinds of Tekton and OpenShift are there, in old spellings too', async () => {
  const made = await create({
    apiVersion: 'tekton.dev/v1beta1',
    kind: 'PipelineRun',
    metadata: { generateName: 'old-', namespace: 'default', annotations: { 'sensorium.dev/simulate': 'fail' } },
    spec: { pipelineRef: { name: 'build' } },
  });
  await create({ apiVersion: 'image.openshift.io/v1', kind: 'Image', metadata: { name: 'sha256:0f2c' }, spec: {} });
  for (const kind of ['Pipeline', 'Task'])
    await create({ apiVersion: 'tekton.dev/v1beta1', kind, metadata: { name: 'build', namespace: 'default' }, spec: {} });

  await program.seen(new RegExp(`node {2}PipelineRun default/${made.metadata.name} → Failed`));
});

test('a rule that waits for a run goes on when the run ends', async () => {
  await eventually(async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"ref":"refs/heads/main","after":"1a2b3c","files":[]}',
    });
    return answer.ok;
  });

  await program.seen(/start-pipeline\/build → .*succeeded/i);
});

test('it is refused beside a cluster', async () => {
  await using refused = startSensorium(['run', 'rules', '--simulate', '--context', 'production'], { cwd: folder });

  expect(await refused.ended).toBe(2);
  expect(refused.output()).toContain(
    '--simulate plays a node of the local Kubernetes API, and of no other: leave it out with --kubeconfig, --context and --from-cluster',
  );
});
