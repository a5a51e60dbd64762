/** The Roles that `sensorium generate rbac` writes for each example, on a real API server: enough for what its rules do, and for nothing else. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKube } from '../../../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { parseDocuments } from '../../../src/core/yaml/documents.ts';
import { checkRule } from '../../../src/manifests/check.ts';
import { rbacText } from '../../../src/manifests/generate/rbac.ts';
import { loadRules } from '../../../src/manifests/load.ts';
import { eventually } from '../../support/eventually.ts';
import { exampleFolder } from '../../support/examples.ts';
import { namespaces } from '../../support/kinds.ts';
import { type ApiServer, startApiServer } from '../../support/kube-apiserver.ts';
import { record } from '../../support/record.ts';
import { tokenConfig } from '../../support/token-config.ts';

/** What the rules of each example do under an account: `GROUP/RESOURCE[=NAME] VERB…` in its namespace; after `*` in all. By hand, not computed. */
const deeds: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'auto-ingress': { 'playground/playground-sa': ['/services list watch', 'networking.k8s.io/ingresses get create update delete'] },
  'auto-ingress-lua': { 'playground/playground-sa': ['/services list watch', 'networking.k8s.io/ingresses get create update delete'] },
  'auto-ingress-plus': { 'playground/playground-sa': ['/services list watch', 'networking.k8s.io/ingresses get create update delete'] },
  'charge-gently': { 'default/default': ['/configmaps get create'] },
  'cluster-events-display': {
    'default/default': ['/events list watch', 'serving.knative.dev/services get'],
    'early-days/default': ['/events list watch', 'serving.knative.dev/services get'],
  },
  'custom-trigger': { 'playground/default': ['/pods list watch'] },
  'image-to-pipeline': { 'default/default': ['tekton.dev/pipelineruns get create', '* image.openshift.io/images list watch'] },
  'log-new-pods': { 'default/default': ['* /pods list watch'] },
  'mixed-dialects': {
    'default/default': [
      'serving.knative.dev/services get',
      'tekton.dev/pipelineruns get list watch create',
      '* image.openshift.io/images list watch',
    ],
  },
  'nightly-job': { 'playground/default': ['batch/jobs get create'] },
  'pods-to-brokers': { 'playground/default': ['/pods list watch'] },
  'post-new-pods': { 'playground/default': ['/pods list watch', '/secrets=inventory get'] },
  'push-from-anywhere': { 'default/default': ['/secrets=git get'] },
  'queues-and-buckets': { 'playground/default': ['/secrets=aws get', '/secrets=minio get'] },
  'signed-callers': { 'default/default': ['/secrets=callers get'] },
  'start-pipeline': { 'default/default': ['tekton.dev/pipelineruns get create', 'tekton.dev/taskruns get create'] },
  'submit-workflow': {
    'default/default': ['argoproj.io/workflows get create update patch', 'argoproj.io/workflowtemplates get'],
  },
  'tell-people': { 'playground/default': ['/pods list watch', '/secrets=slack get'] },
  'wait-for-both': {
    'playground/default': ['/configmaps list watch', '/secrets list watch'],
    'playground/starter': ['batch/jobs get create'],
  },
  'webhook-to-pipeline': { 'default/default': ['tekton.dev/pipelineruns get create'] },
};
/** Those that do nothing on Kubernetes. */
const elsewhere = ['crds', 'dropped-files', 'log-orders', 'open-doors', 'orders-from-anywhere'];

const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

/** `[* ]GROUP/RESOURCE[=NAME] VERB`, one for each verb. */
const single = (deed: string): string[] => {
  const [, place, words] = /^((?:\* )?\S+) (.+)$/.exec(deed)!;
  return words!.split(' ').map((verb) => `${place} ${verb}`);
};
const resources = new Set(
  Object.values(deeds).flatMap((accounts) =>
    Object.values(accounts).flatMap((all) => all.map((one) => /([^ =]+)(?:=\S+)? /.exec(one.replace('* ', ''))![1]!)),
  ),
);

let api: ApiServer;
let kube: Kube;
beforeAll(async () => {
  api = await startApiServer();
  kube = openKube(tokenConfig(api, api.token), {
    tell: record().tell,
    clock: systemClock,
  });
  for (const name of ['playground', 'early-days'])
    await eventually(() => kube.apply(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, { fieldManager: 'test' }));
});
afterAll(async () => {
  await kube?.[Symbol.asyncDispose]();
  await api?.[Symbol.asyncDispose]();
});

/** What the server lets an account do, of all that any example does. */
async function allowed(account: string, names: readonly string[]): Promise<string[]> {
  const [namespace, name] = account.split('/') as [string, string];
  const ask = async (deed: string): Promise<string[]> => {
    const [, everywhere, group, resource, object, verb] = /^(\* )?([^/]*)\/([^=]+?)(?:=(\S+))? (\S+)$/.exec(deed)!;
    const spec = {
      user: `system:serviceaccount:${namespace}:${name}`,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
      resourceAttributes: { group, resource, verb, name: object, ...(everywhere ? {} : { namespace }) },
    };
    const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec };
    const answer = (await kube.raw('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', review)) as {
      status: { allowed: boolean };
    };
    return answer.status.allowed ? [deed] : [];
  };
  const places = [...resources].flatMap((resource) => [resource, `* ${resource}`]).concat(names);
  return (await Promise.all(places.flatMap((place) => verbs.map((verb) => ask(`${place} ${verb}`))))).flat();
}

test('every example is here', () => {
  const folders = readdirSync(exampleFolder('.'), { withFileTypes: true }).filter((entry) => entry.isDirectory());

  expect(folders.map(({ name }) => name).sort()).toEqual([...Object.keys(deeds), ...elsewhere].sort());
});

test.each(Object.entries(deeds))(
  '%s: its Roles are accepted, and let its accounts do what its rules do and nothing else',
  async (example, accounts) => {
    const { objects } = await loadRules([exampleFolder(example)], { namespace: 'default' });
    const roles = parseDocuments(rbacText(objects.flatMap(({ object }) => checkRule(object)?.rule ?? []))).map(
      ({ value }) => value as KubeObject,
    );
    for (const role of roles) await kube.apply(await kube.kind(role.apiVersion, role.kind), role, { fieldManager: 'test', force: true });

    for (const [account, wanted] of Object.entries(accounts)) {
      const named = wanted.flatMap((deed) => /^\S+=\S+/.exec(deed)?.[0] ?? []);
      const names = [...new Set([...named, ...(named.length > 0 ? ['/secrets=other'] : [])])];
      // Who may do it everywhere may do it here; who may do it to all may do it to one.
      const implied = wanted.flatMap(single).flatMap((deed) => (deed.startsWith('* ') ? [deed, deed.slice(2)] : [deed]));
      await eventually(async () => {
        expect((await allowed(account, names)).sort()).toEqual(implied.sort());
        return true;
      });
    }

    const isOurs = ({ kind }: KubeObject) => kind !== 'ServiceAccount';
    for (const { apiVersion, kind, metadata } of roles.filter(isOurs)) {
      const { name, namespace } = metadata;
      await kube.delete(await kube.kind(apiVersion, kind), namespace === undefined ? { name: name! } : { name: name!, namespace });
    }
  },
);
