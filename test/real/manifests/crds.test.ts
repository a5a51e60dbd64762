import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { spellingsOf } from '../../../src/core/schema/kind.ts';
import { kindOf, kinds } from '../../../src/manifests/kinds.ts';
import { loadText, rulesIn } from '../../../src/manifests/load.ts';
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
    const { code, err } = await run(`apply --server-side --force-conflicts -R -f ${crds}`);
    expect(err).toBe('');
    expect(code).toBe(0);
  });
  afterAll(() => run[Symbol.dispose]());

  const names = readdirSync(crds, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));

  test.each(names.map((file) => basename(file, '.yaml')))('%s is served, and its schema is structural', async (name) => {
    const waited = await run(`wait --for=condition=Established --timeout=30s crd/${name}`);
    const { out } = await run(['get', 'crd', name, '-o', 'jsonpath={.status.conditions[?(@.status=="True")].type}']);

    expect(waited.code).toBe(0);
    expect(out.split(' ').sort()).toEqual(['Established', 'NamesAccepted']);
  });

  test.each(folders)('the rules of examples/%s are taken', async (name) => {
    const texts = rulesIn(join(root, 'examples', name)).map((file) => readFileSync(file, 'utf8'));
    const rules = texts.flatMap((text) => loadText('rules', text).objects).flatMap(({ object }) => (kindOf(object) ? [object] : []));
    for (const { metadata, ...rest } of rules) {
      const input = JSON.stringify({ ...rest, metadata: { ...(metadata as object), namespace } });

      expect(await run('apply -f -', { input })).toMatchObject({ code: 0, err: '' });
    }
  });

  test.each(kinds.map((kind) => [`${kind.kind} of ${kind.group}`, kind] as const))(
    'kubectl explains %s in our words, in each version in which it is served',
    async (_, kind) => {
      for (const { group, version } of spellingsOf(kind)) {
        const words = `explain ${kind.plural} --api-version=${group}/${version}`;
        const text = await eventually(async () => {
          const { out } = await run(words);
          return out.includes('DESCRIPTION') && out.replace(/\s+/g, ' ');
        });

        expect(text).toContain(`KIND: ${kind.kind}`);
        expect(text).toContain(kind.summary);
      }
    },
  );

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
