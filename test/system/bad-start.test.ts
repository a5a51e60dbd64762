/** What a command says, whole, when it cannot start; with which code it ends; and what it does about what is bad beside what is good. */
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kubeconfigOfNone } from '../support/kubeconfig.ts';
import { startSensorium } from '../support/sensorium.ts';

let folder: string;
const taken = createServer();
let port = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sensorium-bad-start-'));
  cpSync(join(import.meta.dirname, '..', '..', 'examples', 'auto-ingress'), join(folder, 'rules'), { recursive: true });
  writeFileSync(join(folder, 'broken.yaml'), 'apiVersion: argoproj.io/v1alpha1\nkind: Sensor\nmetadata: {name: sn}\nspec: {triggers: 1}\n');
  writeFileSync(join(folder, 'kubeconfig'), kubeconfigOfNone);
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
  port = (taken.address() as { port: number }).port;
});

afterAll(() => {
  taken.close();
  rmSync(folder, { recursive: true, force: true });
});

const bus = '--bus nats://127.0.0.1:1';
const kube = '--kubeconfig kubeconfig';
const local = '--host 127.0.0.1';

test.each<[string, string, number, string]>([
  [
    'run: a port in use for the local API',
    'run rules --api-port {port}',
    3,
    'sensorium: cannot listen on 127.0.0.1:{port}: the port is in use  UNREACHABLE_PORT\n  try: is another `sensorium run` there? --api-port 0 takes a free one',
  ],
  [
    'run: a port in use for health',
    `run rules --api-port 0 --port {port} ${local}`,
    3,
    'sensorium: cannot listen on 127.0.0.1:{port}: the port is in use  UNREACHABLE_PORT\n  try: another process uses the port; choose one by flag, 0 takes a free one',
  ],
  [
    'run: a missing file',
    'run none.yaml --api-port 0',
    2,
    'none.yaml:1:1  error  cannot read none.yaml: there is no such file  CONFIG_FILE_MISSING\n  try: check the path\nsensorium: there is nothing to run in none.yaml  CONFIG_MISSING',
  ],
  [
    'run: no files for a cluster',
    `run ${kube}`,
    2,
    'sensorium: there is nothing to run: no file is named  CONFIG_MISSING\n  try: name a file or a folder, or add --from-cluster',
  ],
  [
    'run: a bus that is none',
    'run rules --api-port 0 --bus http://me:secret@127.0.0.1:1',
    2,
    'sensorium: "http://127.0.0.1:1" is no URL of a NATS server  CONFIG_INVALID\n  try: write nats://host:4222',
  ],
  [
    'eventsource: a port in use',
    `eventsource rules ${bus} ${kube} ${local} --port {port}`,
    3,
    'sensorium: cannot listen on 127.0.0.1:{port}: the port is in use  UNREACHABLE_PORT\n  try: another process uses the port; choose one by flag, 0 takes a free one',
  ],
  [
    'eventsource: a missing file',
    `eventsource none.yaml ${bus} ${kube}`,
    2,
    'none.yaml:1:1  error  cannot read none.yaml: there is no such file  CONFIG_FILE_MISSING\n  try: check the path\nsensorium: there is no EventSource to run in none.yaml  CONFIG_MISSING',
  ],
  [
    'eventsource: no EventSource in the files',
    `eventsource rules/sensor.yaml ${bus} ${kube}`,
    2,
    'sensorium: there is no EventSource to run in rules/sensor.yaml  CONFIG_MISSING',
  ],
  [
    'sensor: all rules broken',
    `sensor broken.yaml ${bus} ${kube}`,
    2,
    'broken.yaml:4:7  error  no event dependencies found  CONFIG_MISSING\nbroken.yaml:4:18  error  no triggers found  CONFIG_WRONG_TYPE\nsensorium: no Sensor in broken.yaml can run, for the reasons above  CONFIG_MISSING',
  ],
  [
    'sensor: no kubeconfig there',
    `sensor rules ${bus} --kubeconfig none ${local}`,
    2,
    'sensorium: kubeconfig: cannot read none: there is no such file  CONFIG_KUBECONFIG',
  ],
  [
    'sensor: no such context',
    `sensor rules ${bus} ${kube} --context other ${local}`,
    2,
    'sensorium: kubeconfig: there is no context "other"  CONFIG_KUBECONFIG',
  ],
  [
    'sensor: no certificate there',
    `sensor rules ${bus} ${kube} ${local} --bus-ca none.pem`,
    2,
    'sensorium: cannot read none.pem: there is no such file  CONFIG_FILE_MISSING\n  try: check the path',
  ],
  ['sensor: an unknown flag', 'sensor rules --nonsense', 2, "error: unknown option '--nonsense'"],
  [
    'sensor: no file named',
    'sensor',
    2,
    "sensorium: nothing says which Sensor to run  CONFIG_MISSING\n  try: name files, or set SENSOR_OBJECT as Argo's controller does",
  ],
  [
    'a port that is none',
    'run --port 99999',
    2,
    "error: option '--port <number>' argument '99999' is invalid. a port is a number from 0 to 65535",
  ],
  [
    'a duration that is none',
    'sensor rules --grace soon',
    2,
    "error: option '--grace <duration>' argument 'soon' is invalid. a duration looks like 20s or 1m30s",
  ],
])('%s', async (_name, words, code, said) => {
  await using program = startSensorium(words.replace('{port}', String(port)).split(' '), { cwd: folder });

  expect(await program.ended).toBe(code);

  const lines = program
    .output()
    .split('\n')
    .filter((line) => !line.startsWith('{"level":"info"'))
    .join('\n')
    .trim();
  expect(lines).toBe(said.replace('{port}', String(port)));
});

test('what is missing or broken beside good rules is said, and the good ones run', async () => {
  await using program = startSensorium('run none.yaml broken.yaml rules --api-port 0'.split(' '), { cwd: folder });

  await program.seen(/^none\.yaml:1:1 {2}error {2}cannot read none\.yaml: there is no such file {2}CONFIG_FILE_MISSING$/m);
  await program.seen(/^broken\.yaml:4:18 {2}error {2}no triggers found {2}CONFIG_WRONG_TYPE$/m);
  await program.seen(/created Ingress playground\/hello-ing/);
  expect(await program.stop('SIGINT')).toBe(0);
});

test('rules that are all broken are said, and run once they are right and saved', async () => {
  await using program = startSensorium('run broken.yaml --api-port 0'.split(' '), { cwd: folder });
  await program.seen(/^broken\.yaml:4:18 {2}error {2}no triggers found {2}CONFIG_WRONG_TYPE$/m);
  await program.seen(/Ctrl-C ends it/);

  writeFileSync(
    join(folder, 'broken.yaml'),
    `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: sn}
spec:
  dependencies: [{name: dep, eventSourceName: es, eventName: things}]
  triggers: [{template: {name: show, log: {}}}]
`,
  );

  await program.seen(/rule {2}Sensor default\/sn/);
});
