/** What Tekton and Knative may lose or do twice, and we do not: the servers are taken away, our program is killed. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { configMaps } from '../../support/kinds.ts';
import { startReceiver } from '../../support/receiver.ts';
import { widgetsOf } from '../../support/widgets.ts';
import { openPlace, type Place } from './dialect-place.ts';

/** A listener that makes a ConfigMap for each call, and a Broker whose events go to `subscriber`. */
const rulesFor = (subscriber: string, metadata = '{generateName: made-}') => `
apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: builds}
spec:
  triggers:
    - name: push
      bindings: [{name: id, value: $(body.id)}]
      template:
        spec:
          params: [{name: id}]
          resourcetemplates:
            - {apiVersion: v1, kind: ConfigMap, metadata: ${metadata}, data: {id: $(tt.params.id)}}
---
apiVersion: eventing.knative.dev/v1
kind: Broker
metadata: {name: default}
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: {name: tell}
spec: {broker: default, subscriber: {uri: '${subscriber}'}}
`;

const watching = (sink: string, apiVersion: string, kind: string): string => `
apiVersion: sources.knative.dev/v1
kind: ApiServerSource
metadata: {name: watcher}
spec: {mode: Resource, resources: [{apiVersion: ${apiVersion}, kind: ${kind}}], sink: {uri: '${sink}'}}
`;

/** Undefined where nobody listens. */
const post = (url: string, headers: Record<string, string>, body: object): Promise<Response | undefined> =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }).catch(
    () => undefined,
  );
const call = ({ listener }: Place, id: string, query = '') =>
  post(`http://127.0.0.1:${listener}/${query}`, { 'x-github-delivery': id }, { id });
const send = ({ ingress, namespace }: Place, id: string) =>
  post(
    `http://127.0.0.1:${ingress}/${namespace}/default`,
    { 'ce-specversion': '1.0', 'ce-id': id, 'ce-type': 'order', 'ce-source': '/shop' },
    {},
  );
const isTaken = async (answer: Promise<Response | undefined>): Promise<boolean> => (await answer)?.status === 202;

/** The `id` of each ConfigMap that was made, in order. */
async function made({ kube, namespace }: Place): Promise<string[]> {
  const { items } = await kube.list(configMaps, { namespace });
  return items.flatMap(({ data }) => (data as { id?: string } | undefined)?.id ?? []).sort();
}

test('while the bus is away senders are told to come again, and what was accepted before is worked when it is back', async () => {
  await using receiver = await startReceiver();
  await using place = await openPlace();
  place.start(rulesFor(receiver.url));
  await eventually(() => isTaken(call(place, 'before')));
  await eventually(() => isTaken(send(place, 'before')));

  await place.nats.kill();
  for (const refused of [await call(place, 'refused'), await send(place, 'refused')]) {
    expect(refused?.status).toBe(503);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  await place.nats.restart();
  await eventually(() => isTaken(call(place, 'after')), 30_000);
  await eventually(() => isTaken(send(place, 'after')), 30_000);

  await eventually(async () => (await made(place)).includes('after'), 30_000);
  await eventually(() => receiver.received.some(({ headers }) => headers['Ce-Id'] === 'after'), 30_000);
  expect(await made(place)).toEqual(['after', 'before']);
  expect(receiver.received.map(({ headers }) => headers['Ce-Id']).sort()).toEqual(['after', 'before']);
});

/**
 * Tells a story again and again, with a name of its own each time, and kills the program at the n-th message of the n-th telling, until it
 * is over before that many. Resolves with the names, and the messages at which it was killed.
 */
async function walk(place: Place, rules: string, tell: (name: string) => Promise<void>): Promise<{ names: string[]; tried: string[] }> {
  const [names, tried]: [string[], string[]] = [[], []];
  let program = place.start(rules);
  await tell('first');
  for (;;) {
    const name = `at-${String(names.length).padStart(2, '0')}`;
    names.push(name);
    let isHeld = false;
    const held = place.steps.holdAt(names.length - 1);
    const restarted = held.then(async (step) => {
      isHeld = true;
      tried.push(step);
      await program.stop('SIGKILL');
      place.steps.release();
      program = place.start(rules);
    });
    await tell(name);
    await Promise.race([held, delay(1_200)]);
    if (!isHeld) place.steps.release();
    if (!isHeld) break;
    await restarted;
  }
  console.info(tried.join('\n'));
  return { names: [...names, 'first'], tried };
}

test.concurrent('wherever it is killed, a delivery that its sender repeats until it is taken makes one object', {
  timeout: 300_000,
}, async () => {
  await using receiver = await startReceiver();
  await using place = await openPlace();

  const { names, tried } = await walk(place, rulesFor(receiver.url), async (name) => {
    await eventually(() => isTaken(call(place, name)), 30_000);
    await eventually(async () => (await made(place)).includes(name), 30_000);
    await eventually(() => isTaken(call(place, name)), 30_000);
  });

  expect(await made(place)).toEqual(names);
  expect(tried.some((step) => /^← 201 POST .*configmaps/.test(step))).toBe(true);
});

test.concurrent('wherever it is killed, an ApiServerSource tells of each change once, whatever its sink has to be sent again', {
  timeout: 240_000,
}, async () => {
  await using receiver = await startReceiver();
  await using place = await openPlace();
  const { kube, namespace } = place;
  const told = () =>
    new Set(receiver.received.map(({ headers }) => `${headers['Ce-Name']} ${headers['Ce-Type']?.split('.').at(-1)} ${headers['Ce-Id']}`));
  const isTold = (what: string) => eventually(() => [...told()].some((one) => one.startsWith(what)), 30_000);

  // What is there at the first start is not told.
  const rules = watching(receiver.url, 'v1', 'ConfigMap');
  const before = place.start(rules);
  await before.seen(/"msg":"compared with the memory"/, 30_000);
  await before.stop();
  const { names } = await walk(place, rules, async (name) => {
    await kube.create(configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } });
    await isTold(`${name} add`);
    await kube.delete(configMaps, { namespace, name });
    await isTold(`${name} delete`);
  });

  const changes = [...told()].map((one) => one.split(' ').slice(0, 2).join(' '));
  expect(changes.toSorted()).toEqual(names.flatMap((name) => [`${name} add`, `${name} delete`]));
});

test('what was given up is kept with its reason, and done when it is replayed', async () => {
  let status = 400;
  await using receiver = await startReceiver((_, response) => void response.writeHead(status).end('not like this'));
  await using place = await openPlace();
  place.start(rulesFor(receiver.url, '{name: Not_A_Name}'));
  const answer = await eventually(async () => {
    const found = await call(place, 'bad', '?wait=10s');
    return found?.status === 202 ? found : undefined;
  }, 30_000);
  await eventually(() => isTaken(send(place, 'bad')));

  expect(await answer.json()).toMatchObject({
    triggers: [{ trigger: 'push', outcome: 'failed', message: expect.stringContaining('Invalid value: "Not_A_Name"') }],
  });
  const letters = await eventually(async () => {
    const lines = (await place.ask('dead-letters', 'list')).trim().split('\n');
    return lines.length === 2 ? lines : undefined;
  });
  const { namespace } = place;
  expect(letters).toContainEqual(
    expect.stringMatching(new RegExp(`EventListener ${namespace}/builds, trigger push .*Not_A_Name.*REMOTE_KUBE_INVALID$`)),
  );
  expect(letters).toContainEqual(
    expect.stringMatching(new RegExp(`Broker ${namespace}/default, trigger tell .*400: not like this  REMOTE_HTTP$`)),
  );

  status = 200;
  place.save(rulesFor(receiver.url));
  await eventually(async () => {
    await place.ask('dead-letters', 'replay', '--all');
    return (await made(place)).includes('bad') && (await place.ask('dead-letters', 'list')) === 'there is no dead letter\n';
  }, 30_000);
  expect(await made(place)).toEqual(['bad']);
  expect(receiver.received).toHaveLength(2);
});

test('an ApiServerSource waits for a kind, and after a stop sends exactly what changed meanwhile', async () => {
  await using receiver = await startReceiver();
  await using place = await openPlace();
  const { kube, namespace } = place;
  const group = `${namespace}.example.com`;
  const rules = watching(receiver.url, `${group}/v1`, 'Widget');
  const program = place.start(rules);
  await program.seen(/widget/i);
  await kube.apply(await kube.kind('apiextensions.k8s.io/v1', 'CustomResourceDefinition'), widgetsOf(group), { fieldManager: 'test' });
  await program.seen(/"msg":"watch accepted|accepts the watch/, 60_000);
  const widgets = await eventually(() => kube.kind(`${group}/v1`, 'Widget'), 30_000);
  const create = (name: string) =>
    kube.create(widgets, { apiVersion: `${group}/v1`, kind: 'Widget', metadata: { name, namespace }, size: 1 });
  // Who is killed before it knows that the sink has an event sends it again, under the same id.
  const told = () =>
    [...new Map(receiver.received.map(({ headers }) => [headers['Ce-Id'], headers])).values()].map(
      (headers) => `${headers['Ce-Name']} ${headers['Ce-Type']?.split('.').at(-1)}`,
    );
  await create('a');
  await create('b');
  await create('c');
  await eventually(() => told().length === 3);

  await program.stop('SIGKILL');
  await create('d');
  await create('e');
  await kube.patch(widgets, { namespace, name: 'b' }, { size: 2 }, 'application/merge-patch+json');
  await kube.delete(widgets, { namespace, name: 'a' });
  await kube.delete(widgets, { namespace, name: 'e' });
  const second = place.start(rules);
  await eventually(() => told().length >= 6, 30_000);
  await second.stop('SIGKILL');
  place.start(rules);
  await eventually(async () => (await create('last')) && true);
  await eventually(() => told().includes('last add'), 30_000);

  expect(told().slice(0, 3)).toEqual(['a add', 'b add', 'c add']);
  expect(told().slice(3, 6).sort()).toEqual(['a delete', 'b update', 'd add']);
  expect(told().slice(6)).toEqual(['last add']);
});
