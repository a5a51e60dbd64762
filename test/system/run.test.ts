import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKube } from '../../src/core/kube/client.ts';
import { kubeConfigFrom } from '../../src/core/kube/config.ts';
import type { Kube, KubeObject } from '../../src/core/kube/kube.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import { eventually } from '../support/eventually.ts';
import { ingresses, services } from '../support/kinds.ts';
import { record } from '../support/record.ts';
import { type Program, startSensorium } from '../support/sensorium.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sensorium-run-'));
  cpSync(join(import.meta.dirname, '..', '..', 'examples', 'auto-ingress'), join(folder, 'rules'), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function started(): Promise<{ program: Program; kube: Kube } & AsyncDisposable> {
  const program = startSensorium(['run', 'rules', '--api-port', '0'], { cwd: folder });
  await program.seen(/Ctrl-C ends it/);
  const kube = openKube(await kubeConfigFrom({ kubeconfig: join(folder, '.sensorium', 'kubeconfig'), env: {} }), {
    tell: record().tell,
    clock: systemClock,
  });
  return {
    program,
    kube,
    async [Symbol.asyncDispose]() {
      await kube[Symbol.asyncDispose]();
      await program[Symbol.asyncDispose]();
    },
  };
}

const annotated = (name: string, port: number): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'playground', annotations: { 'autodeploy-ingress-host': `${name}.example.com` } },
  spec: { ports: [{ port }] },
});
const find = (kube: Kube, name: string) => kube.get(ingresses, { namespace: 'playground', name }).catch(() => undefined);

test('a Service has its Ingress, which follows it and goes with it', async () => {
  await using run = await started();
  const { kube } = run;

  await kube.create(services, annotated('web', 8080));
  const made = await eventually(() => find(kube, 'web-ing'));
  expect(made['spec']).toEqual({
    ingressClassName: 'nginx',
    rules: [
      {
        host: 'web.example.com',
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 8080 } } } }] },
      },
    ],
  });

  await kube.patch(
    services,
    { namespace: 'playground', name: 'web' },
    { spec: { ports: [{ port: 9090 }] } },
    'application/merge-patch+json',
  );
  await eventually(async () => JSON.stringify((await find(kube, 'web-ing'))?.['spec']).includes('"number":9090'));

  await kube.delete(services, { namespace: 'playground', name: 'web' });
  await eventually(async () => (await find(kube, 'web-ing')) === undefined);
});

test('a Service without the annotation gets none', async () => {
  await using run = await started();
  const { kube } = run;

  await kube.create(services, { ...annotated('plain', 80), metadata: { name: 'plain', namespace: 'playground' } });
  await kube.create(services, annotated('after', 80));
  await eventually(() => find(kube, 'after-ing'));

  expect(await find(kube, 'plain-ing')).toBeUndefined();
});

test('a saved file takes effect, and a broken one is named with its place while the old rule goes on', async () => {
  await using run = await started();
  const { kube, program } = run;
  await eventually(() => find(kube, 'hello-ing'));
  const file = join(folder, 'rules', 'sensor.yaml');
  const text = readFileSync(file, 'utf8');

  writeFileSync(file, text.replace('if .type == "ADD" then', 'if .type == "ADD" the'));
  await program.seen(/rules\/sensor\.yaml:\d+:\d+ {2}error {2}jq: .* CONFIG_JQ/);
  await kube.create(services, annotated('meanwhile', 80));
  await eventually(() => find(kube, 'meanwhile-ing'));

  writeFileSync(file, text.replace('value: nginx', 'value: traefik'));
  await program.seen(/rule changed {2}Sensor playground\/ingress-sn/);
  await kube.create(services, annotated('later', 80));
  const made = await eventually(() => find(kube, 'later-ing'));
  expect((made['spec'] as { ingressClassName: string }).ingressClassName).toBe('traefik');
});

test('an object whose document is taken out of its file goes', async () => {
  await using run = await started();
  const { kube } = run;
  await eventually(() => find(kube, 'hello-ing'));

  writeFileSync(join(folder, 'rules', 'service.yaml'), '# nothing here\n');

  await eventually(async () => (await find(kube, 'hello-ing')) === undefined);
});

test('it ends cleanly on SIGINT and leaves nothing behind', async () => {
  await using run = await started();
  await eventually(() => find(run.kube, 'hello-ing'));
  await run.kube[Symbol.asyncDispose]();

  expect(await run.program.stop('SIGINT')).toBe(0);
  expect(() => readFileSync(join(folder, '.sensorium', 'kubeconfig'))).toThrow();
});

test('a saved EventBus opens the bus anew, and nothing on it is lost or sent again', async () => {
  await using run = await started();
  const { kube, program } = run;
  await eventually(() => find(kube, 'hello-ing'));
  const file = join(folder, 'rules', 'eventbus.yaml');

  writeFileSync(file, readFileSync(file, 'utf8').replace('version: latest', 'version: 2.10.10'));
  await program.seen(/rule changed {2}EventBus playground\/jetstream-eb/);
  await kube.create(services, annotated('after', 80));
  await eventually(() => find(kube, 'after-ing'));

  expect(program.output().match(/ADD playground\/hello → ingress-sn\/ingress/g)).toHaveLength(1);
});
