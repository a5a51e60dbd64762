import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinds } from '../../../src/manifests/kinds.ts';
import { eventually } from '../../support/eventually.ts';
import { haveApiServer, sharedApiServer, uniqueName } from '../../support/kube-apiserver.ts';
import { haveKubectl, type Kubectl, kubectl } from '../../support/kubectl.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folders = readdirSync(join(root, 'examples'), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
const crds = join(root, 'deploy', 'crds');

describe.skipIf(!haveApiServer() || !haveKubectl())('the CRDs in deploy/crds on a real kube-apiserver', () => {
  const namespace = uniqueName('crds');
  let run: Kubectl;

  beforeAll(async () => {
    run = kubectl(readFileSync((await sharedApiServer()).kubeconfigPath, 'utf8'), namespace);
    await run(`create namespace ${namespace}`);
    const { code, err } = await run(`apply --server-side --force-conflicts -f ${crds}`);
    expect(err).toBe('');
    expect(code).toBe(0);
  });
  afterAll(() => run[Symbol.dispose]());

  test.each(readdirSync(crds).map((file) => file.replace(/\.yaml$/, '')))('%s is served, and its schema is structural', async (name) => {
    const waited = await run(`wait --for=condition=Established --timeout=30s crd/${name}`);
    const { out } = await run(['get', 'crd', name, '-o', 'jsonpath={.status.conditions[?(@.status=="True")].type}']);

    expect(waited.code).toBe(0);
    expect(out.split(' ').sort()).toEqual(['Established', 'NamesAccepted']);
  });

  test.each(folders)('the rules of examples/%s are taken', async (name) => {
    const rules = readdirSync(join(root, 'examples', name)).filter((file) => /^(eventbus|eventsource|sensor)\.yaml$/.test(file));
    for (const file of rules) {
      const text = readFileSync(join(root, 'examples', name, file), 'utf8').replaceAll(
        /^ {2}namespace: .*$/gm,
        `  namespace: ${namespace}`,
      );

      expect(await run('apply -f -', { input: text })).toMatchObject({ code: 0, err: '' });
    }
  });

  test.each(kinds.map((kind) => [kind.kind, kind] as const))('kubectl explains %s in our words', async (_, { kind, summary }) => {
    const text = await eventually(async () => {
      const { out } = await run(`explain ${kind} --api-version=argoproj.io/v1alpha1`);
      return out.includes('DESCRIPTION') && out.replace(/\s+/g, ' ');
    });

    expect(text).toContain(`KIND: ${kind}`);
    expect(text).toContain(summary);
  });

  test('and what is required and the defaults with it', async () => {
    const { out } = await run('explain eventsource.spec.resource.initialList');

    expect(out.replace(/\s+/g, ' ')).toMatch(
      /FIELD: initialList <string> ENUM: changes adds DESCRIPTION: What a start sends.* Default: changes\./,
    );
  });

  test('kubectl shows whether a rule is ready, and why not', async () => {
    const conditions = [
      { type: 'Deployed', status: 'True' },
      { type: 'Ready', status: 'False', reason: 'TransformDoesNotCompile' },
    ];
    const patch = JSON.stringify({ status: { conditions } });
    await run(['patch', 'sensor', 'ingress-sn', '--subresource=status', '--type=merge', '-p', patch]);
    const { out } = await run('get sensor ingress-sn');

    expect(out).toMatch(/^NAME +READY +REASON +AGE\ningress-sn +False +TransformDoesNotCompile +\S+\n$/);
  });
});
