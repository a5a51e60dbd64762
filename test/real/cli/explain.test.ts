import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { admitRules } from '../../../src/cli/admit-rules.ts';
import { type LocalCluster, startLocalCluster } from '../../../src/cli/local-cluster/index.ts';
import { crds } from '../../../src/manifests/crds.ts';
import { haveKubectl, type Kubectl, kubectl } from '../../support/kubectl.ts';

describe.skipIf(!haveKubectl())('kubectl and our own kinds', () => {
  let cluster: LocalCluster;
  let run: Kubectl;
  beforeAll(async () => {
    cluster = await startLocalCluster({ admit: (object) => admitRules(object) });
    run = kubectl(cluster.kubeconfig, 'default');
    await run('apply --server-side -f -', {
      input: crds()
        .map((crd) => JSON.stringify(crd))
        .join('\n---\n'),
    });
  });
  afterAll(async () => {
    run?.[Symbol.dispose]();
    await cluster?.close();
  });

  test.each([
    'sensor',
    'eventsource',
    'eventbus',
    'sensor.spec.triggers.template.k8s',
    'eventsource.spec.resource',
    'sensor.spec.dependencies',
  ])('explain %s tells what it is and has', async (what) => {
    const { code, out, err } = await run(`explain ${what}`);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^GROUP: {6}argoproj.io\n/);
    expect(out).toMatch(/^DESCRIPTION:\n {4}\w/m);
    expect(out).not.toContain('<empty>');
    expect(out).toMatch(/^FIELDS:\n/m);
  });

  test('the local API explains every kind that it serves', async () => {
    const all = (await run('api-resources -o name')).out.trim().split('\n');
    const resources = all.filter((one) => one !== 'events.events.k8s.io'); // kubectl takes its group for fields, on any server

    expect(resources.length).toBeGreaterThan(40);
    for (const one of [...resources, 'events --api-version=events.k8s.io/v1']) {
      expect(await run(`explain ${one}`), one).toMatchObject({ code: 0, err: '' });
    }
  });

  test('a rule that says something in vain is taken, with a warning for its author', async () => {
    const sensor = `
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: s}
spec:
  dependencies: [{name: d, eventSourceName: e, eventName: created}]
  triggers: [{template: {name: t, nonsense: 1, log: {}}}]
`;

    const { code, out, err } = await run('apply -f -', { input: sensor });

    expect({ code, out }).toEqual({ code: 0, out: 'sensor.argoproj.io/s created\n' });
    expect(err).toMatch(/^Warning: spec\.triggers\[0\]\.template\.nonsense: .*\n$/);
  });

  test('logs says that nothing runs', async () => {
    await run('run p --image=i:1');

    expect(await run('logs p')).toEqual({
      code: 1,
      out: '',
      err: 'Error from server (BadRequest): pod "p" does not run, so there is no log of it: the local Kubernetes API keeps objects and runs none of them\n',
    });
  });
});
