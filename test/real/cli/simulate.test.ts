import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { haveKubectl, type Kubectl, kubectl } from '../../support/kubectl.ts';
import { type Program, startSensorium } from '../../support/sensorium.ts';

/** What people type against `sensorium run --simulate`. */
describe.runIf(haveKubectl())('kubectl on a local API with a simulated node', () => {
  let folder: string;
  let program: Program;
  let run: Kubectl;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sensorium-simulate-'));
    writeFileSync(join(folder, 'settings.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: default}\n');
    program = startSensorium(['run', 'settings.yaml', '--simulate', '--api-port', '0'], { cwd: folder });
    await program.seen(/Ctrl-C ends it/);
    run = kubectl(readFileSync(join(folder, '.sensorium', 'kubeconfig'), 'utf8'), 'default');
  });
  afterAll(async () => {
    run?.[Symbol.dispose]();
    await program?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  const rows = (text: string) =>
    text
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/));

  test('run starts a Pod, which ends, and get events tells how', async () => {
    expect(await run('run busybox --image=busybox --restart=Never -- ls')).toEqual({ code: 0, out: 'pod/busybox created\n', err: '' });

    expect((await run('wait --for=jsonpath={.status.phase}=Succeeded pod/busybox --timeout=20s')).out).toBe('pod/busybox condition met\n');
    expect(rows((await run('get pods')).out)[1]?.slice(0, 4)).toEqual(['busybox', '0/1', 'Completed', '0']);
    const events = rows((await run('get events --field-selector involvedObject.name=busybox --no-headers')).out);
    expect(events.map(([, ...rest]) => rest)).toEqual([
      ['Normal', 'Scheduled', 'pod/busybox', 'Successfully assigned default/busybox to simulated'],
      ['Normal', 'Pulling', 'pod/busybox', 'Pulling image "busybox"'],
      ['Normal', 'Pulled', 'pod/busybox', 'Successfully pulled image "busybox" in 200ms'],
      ['Normal', 'Created', 'pod/busybox', 'Created container: busybox'],
      ['Normal', 'Started', 'pod/busybox', 'Started container busybox'],
    ]);
    expect((await run('describe pod busybox')).out).toMatch(/Reason: +Completed\n +Exit Code: +0\n/);
  });

  test('logs and exec say that nothing was executed', async () => {
    const silent = 'the simulated node starts and ends containers, and executes nothing in them';

    expect((await run('logs busybox')).err).toBe(
      `Error from server (BadRequest): pod "busybox" is only played, so there is no log of it: ${silent}\n`,
    );
    await run('run web --image=nginx');
    await run('wait --for=condition=Ready pod/web --timeout=20s');
    expect((await run('exec web -- ls')).err).toContain(`pod "web" is only played, so nothing can be done inside it: ${silent}`);
  });

  test('a namespace is labelled', async () => {
    expect((await run('label namespace default knative-eventing-injection=enabled')).out).toBe('namespace/default labeled\n');
  });

  test('a Job is waited for', async () => {
    await run(['create', 'job', 'date', '--image=busybox', '--', 'date']);

    expect((await run('wait --for=condition=complete job/date --timeout=20s')).out).toBe('job.batch/date condition met\n');
  });

  test('a Pod that fails again and again is seen to do so', async () => {
    await run('run broken --image=busybox --annotations=sensorium.dev/simulate=fail');

    await eventually(async () => rows((await run('get pod broken')).out)[1]?.[2] === 'CrashLoopBackOff');
  });

  test.each(['v1', 'v1beta1'])('a PipelineRun of tekton.dev/%s is applied, and ends', async (version) => {
    const name = `run-${version}`;
    const input = `{apiVersion: tekton.dev/${version}, kind: PipelineRun, metadata: {name: ${name}}, spec: {pipelineRef: {name: build}}}`;

    expect((await run('apply -f -', { input })).out).toBe(`pipelinerun.tekton.dev/${name} created\n`);

    expect((await run(`wait --for=condition=Succeeded pr/${name} --timeout=20s`)).out).toBe(
      `pipelinerun.tekton.dev/${name} condition met\n`,
    );
    expect(rows((await run(`get pr ${name}`)).out)).toEqual([
      ['NAME', 'SUCCEEDED', 'REASON', 'STARTTIME', 'COMPLETIONTIME'],
      [name, 'True', 'Succeeded', expect.any(String), expect.any(String)],
    ]);
  });
});
