import { join } from 'node:path';
import { stripVTControlCharacters as plain } from 'node:util';
import { expect, test } from 'vitest';
import { newFiles } from '../../../src/cli/commands/new.ts';
import { kindsIn, objectToTry } from '../../../src/cli/rules/to-try.ts';
import { showNext } from '../../../src/cli/screen/banner.ts';
import { loadRules, loadText } from '../../../src/manifests/load.ts';

const about = {
  version: '1',
  server: 'https://127.0.0.1',
  isLocal: true,
  isSimulated: false,
  kinds: [],
  bus: 'bus in memory',
  kubeconfig: '/k',
  namespace: 'default',
};
const example = async (name: string) => (await loadRules([join(import.meta.dirname, '..', '..', '..', 'examples', name)])).objects;

test('the main example goes on with its own story', async () => {
  const text = plain(showNext({ ...about, tried: objectToTry(await example('auto-ingress')) }));

  expect(text).toContain('  kubectl annotate service web autodeploy-ingress-host=web.example.com\n');
  expect(text).toMatch(/Without kubectl: edit .*service\.yaml; it is applied again when saved\./);
});

test('another rule goes on with an object that its event source watches', () => {
  const files = newFiles('rule', 'notes', { kind: 'Ingress', trigger: 'log', namespace: 'team-a' });
  const ingress = JSON.stringify({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'hello', namespace: 'team-a' } });
  const objects = [...files.filter(({ name }) => /^\w+\.yaml$/.test(name)), { name: 'try.json', text: ingress }].flatMap(
    ({ name, text }) => loadText(name, text).objects,
  );

  expect(plain(showNext({ ...about, tried: objectToTry(objects) }))).toBe(`
Go on in another terminal:
  export KUBECONFIG=/k
  kubectl label ingress hello -n team-a tried=yes
  kubectl delete ingress hello -n team-a
Without kubectl: edit try.json; it is applied again when saved.
Ctrl-C ends it.
`);
});

test('without such an object it shows the rules', async () => {
  expect(objectToTry((await example('auto-ingress')).filter(({ object }) => object['kind'] !== 'Service'))).toBeUndefined();
  expect(plain(showNext({ ...about, tried: undefined }))).toContain('  kubectl get eventsources,sensors\n');
});

test('it asks for the kinds that are there, and where a node is played, for something to run on it', async () => {
  expect(plain(showNext({ ...about, isSimulated: true, kinds: kindsIn(await example('mixed-dialects')), tried: undefined }))).toBe(`
Go on in another terminal:
  export KUBECONFIG=/k
  kubectl run busybox --image=busybox --restart=Never -- ls
  kubectl get apiserversources,brokers,triggers.eventing.knative.dev,eventlisteners,triggertemplates,eventsources,sensors
Ctrl-C ends it.
`);
});
