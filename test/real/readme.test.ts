import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { find } from '../../tools/servers.mjs';
import { eventually } from '../support/eventually.ts';
import { startApiServer } from '../support/kube-apiserver.ts';
import { startNats } from '../support/nats.ts';
import { type Program, startSensorium } from '../support/sensorium.ts';

const root = join(import.meta.dirname, '..', '..');
const blocks = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) =>
  block!.trim().split('\n'),
);
const separate = blocks.find(([first]) => first?.startsWith('npm run -s sensorium -- eventsource'))!;
let folder: string;
let program: Program;

/** Runs a line of the README in the folder where the program runs, with the kubectl that we build. */
async function shell(line: string): Promise<string> {
  const kubectl = find('kubectl');
  if (!kubectl) throw new Error('kubectl is missing: node tools/servers.mjs builds it');
  const env = {
    ...process.env,
    PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
    KUBECONFIG: join(folder, '.sensorium', 'kubeconfig'),
  };
  const { stdout, stderr } = await promisify(execFile)('sh', ['-c', `kubectl() { "${kubectl}" "$@"; }; ${line}`], { cwd: folder, env });
  return stdout + stderr;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sensorium-readme-'));
  cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
  program = startSensorium(['run', 'examples/auto-ingress', '--api-port', '0'], { cwd: folder });
  await program.seen(/Ctrl-C ends it/);
});

afterAll(async () => {
  await program[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

test('the commands of the README do what it says, one after another', async () => {
  const [start, commands] = blocks;
  expect(start).toEqual(['npm start']);
  expect(commands?.[0]).toBe('export KUBECONFIG=$PWD/.sensorium/kubeconfig');
  const [create, annotate, get, remove] = commands!.slice(1);

  expect(await shell(create!)).toContain('service/web created');
  expect(await shell(annotate!)).toContain('service/web annotated');
  await eventually(async () => /web-ing +nginx +web\.example\.com/.test(await shell(get!)));
  expect(await shell(remove!)).toMatch(/service "web" deleted/);
  await eventually(async () => !(await shell(get!)).includes('web-ing'));
});

test('the screen shows what a person wants to see', async () => {
  const text = program.output();

  expect(text).toContain(`export KUBECONFIG=${dirname(join(folder, '.sensorium', 'kubeconfig'))}/kubeconfig`);
  expect(text).toMatch(
    /watching {2}services {2}namespace playground {2}types ADD UPDATE DELETE {2}where metadata\.annotations\.autodeploy-ingress-host == \.\+/,
  );
  expect(text).toMatch(/ADD .*hello → ingress-sn\/ingress → created Ingress playground\/hello-ing {2}\d/);
});

test('the commands for separate processes run as they stand, on real servers', async () => {
  await using api = await startApiServer();
  await using nats = await startNats();
  const lines = separate.map((line) => line.replace('nats://127.0.0.1:4222', nats.url).replace('~/.kube/config', api.kubeconfigPath));
  expect(lines.map((line) => line.split(/ +/).slice(0, 6).join(' '))).toEqual([
    'npm run -s sensorium -- eventsource',
    'npm run -s sensorium -- sensor',
  ]);

  const [source, sensor] = lines.map((line) => startSensorium(line.split(/ +/).slice(5), { cwd: folder }));
  await using _source = source!;
  await using _sensor = sensor!;
  await source!.seen(/"msg":"watching"/);
  await sensor!.seen(/"msg":"this process now works it"/);
  expect([await source!.stop(), await sensor!.stop()]).toEqual([0, 0]);
});
