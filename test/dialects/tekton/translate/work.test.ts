import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/core/json/json.ts';
import { startReceiver } from '../../../support/receiver.ts';
import { type ListenerWorld, startListeners } from '../listener-world.ts';

const object = (kind: string, name: string, spec: JsonObject, more: JsonObject = {}): JsonObject => ({
  apiVersion: `triggers.tekton.dev/${kind.endsWith('Interceptor') ? 'v1alpha1' : 'v1beta1'}`,
  kind,
  metadata: { name, ...(kind.startsWith('Cluster') ? {} : { namespace: 'ci' }), ...more },
  spec,
});
const listener = (spec: JsonObject): JsonObject => object('EventListener', 'hooks', spec);
const configMap = (data: JsonObject = {}, names: readonly string[] = Object.keys(data)): JsonObject => ({
  spec: {
    params: names.map((name) => ({ name })),
    resourcetemplates: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'c-' }, data }],
  },
});
const server = (name: string, url: string): JsonObject => object('ClusterInterceptor', name, { clientConfig: { url } });
const answers = (value: JsonObject) => JSON.stringify(value);

interface Told {
  readonly eventID: string;
  readonly triggers: readonly { readonly trigger: string; readonly outcome: string; readonly message: string }[];
}

async function post(world: ListenerWorld, body: JsonObject = { a: 1 }, headers: Record<string, string> = {}): Promise<Told> {
  const answer = await fetch(`${await world.urlOf()}?wait=10s`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Told;
}

test('the interceptors of a group are asked once for all its triggers, which see what they add', async () => {
  await using checks = await startReceiver((_, response) => response.end(answers({ continue: true, extensions: { team: 'web' } })));
  const team = [{ name: 'team', value: '$(extensions.team)' }];
  const trigger = (name: string) =>
    object('Trigger', name, { bindings: team, template: configMap({ team: '$(tt.params.team)' }, ['team']) });
  const group = { name: 'g', interceptors: [{ ref: { name: 'checks' } }], triggerSelector: { labelSelector: {} } };
  await using world = await startListeners([
    listener({ triggerGroups: [group] }),
    server('checks', checks.url),
    trigger('a'),
    trigger('b'),
  ]);

  await post(world);

  expect(checks.received.length).toBe(1);
  expect(JSON.parse(checks.received[0]!.body).context.trigger_id).toBe('namespaces/ci/triggerGroups/g');
  expect(world.created.map(({ object: made }) => made['data'])).toEqual([{ team: 'web' }, { team: 'web' }]);
});

test('an interceptor that has to be asked and says no leaves nothing behind', async () => {
  const status = { code: 9, message: 'the build is frozen' };
  await using checks = await startReceiver((_, response) => response.end(answers({ continue: false, status })));
  const trigger = { name: 'a', interceptors: [{ ref: { name: 'checks' } }], template: configMap() };
  await using world = await startListeners([listener({ triggers: [trigger] }), server('checks', checks.url)]);

  const { triggers } = await post(world);

  expect(triggers).toEqual([{ trigger: 'a', outcome: 'stopped', message: 'interceptor `checks` stopped it: the build is frozen' }]);
  expect(world.heard.of('triggerFired')).toMatchObject([{ summary: 'interceptor `checks` stopped it: the build is frozen' }]);
  expect(world.created).toEqual([]);
});

test('one that answers 500 is asked again, while the other triggers go on', async () => {
  let isBroken = true;
  await using checks = await startReceiver((_, response) => {
    response.statusCode = isBroken ? 500 : 200;
    isBroken = false;
    response.end(answers({ continue: true }));
  });
  await using world = await startListeners([
    listener({
      triggers: [
        { name: 'asks', interceptors: [{ ref: { name: 'checks' } }], template: configMap() },
        { name: 'plain', template: configMap() },
      ],
    }),
    server('checks', checks.url),
  ]);

  const { triggers } = await post(world);

  expect(triggers.map(({ trigger, outcome }) => [trigger, outcome])).toEqual([
    ['asks', 'failed'],
    ['plain', 'done'],
  ]);
  await world.heard.seen('triggerFired', ({ trigger }) => trigger === 'asks');
  expect(world.created.length).toBe(2);
});

test('a listener without triggers says so', async () => {
  await using world = await startListeners([listener({ labelSelector: { matchLabels: { team: 'none' } } })]);

  const { triggers } = await post(world);

  expect(triggers).toEqual([]);
  expect(world.heard.of('eventFiltered')).toMatchObject([{ because: 'the EventListener has no triggers' }]);
});

test('an event that needs a template waits for it', async () => {
  await using world = await startListeners([listener({ triggers: [{ name: 'a', template: { ref: 'build' } }] })]);
  expect(world.standings.get('EventListener ci/hooks')?.problem?.reason).toBe('TriggerTemplateMissing');

  const { triggers } = await post(world);
  expect(triggers).toEqual([{ trigger: 'a', outcome: 'failed', message: 'there is no TriggerTemplate ci/build' }]);
  await world.set(object('TriggerTemplate', 'build', configMap()['spec'] as JsonObject));

  await world.heard.seen('triggerFired');
  expect(world.standings.get('EventListener ci/hooks')?.problem).toBeUndefined();
  expect(world.created.length).toBe(1);
});

test('objects are created as the account that the trigger names', async () => {
  await using world = await startListeners([
    listener({
      triggers: [
        { name: 'a', serviceAccountName: 'builder', template: configMap() },
        { name: 'b', template: configMap() },
      ],
    }),
  ]);

  await post(world);

  const as = new Map(world.created.map(({ object: made, as: user }) => [made.metadata.labels?.['triggers.tekton.dev/trigger'], user]));
  expect(as).toEqual(
    new Map([
      ['a', 'system:serviceaccount:ci:builder'],
      ['b', undefined],
    ]),
  );
});

test('a Sensor of Argo hears what a trigger has let pass', async () => {
  const cel = [
    {
      ref: { name: 'cel' },
      params: [
        { name: 'filter', value: 'body.a == 1' },
        { name: 'overlays', value: [{ key: 'b', expression: "'c'" }] },
      ],
    },
  ];
  const sensor: JsonObject = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Sensor',
    metadata: { name: 'hears', namespace: 'ci' },
    spec: {
      dependencies: [{ name: 'push', eventSourceName: 'el-hooks', eventName: 'push' }],
      triggers: [{ template: { name: 'show', log: {} } }],
    },
  };
  await using world = await startListeners([listener({ triggers: [{ name: 'push', interceptors: cel, template: configMap() }] }), sensor]);

  await post(world, { a: 2 });
  const { eventID } = await post(world, { a: 1 }, { 'x-team': 'web' });

  const { event } = await world.heard.seen('triggerFired', ({ sensor: name }) => name === 'hears');
  expect(event).toBe(eventID);
  const logged = world.heard.of('eventLogged');
  expect(logged.length).toBe(1);
  expect(JSON.parse(String(logged[0]!['payload']))).toMatchObject({
    body: { a: 1 },
    header: { 'X-Team': ['web'] },
    extensions: { b: 'c' },
  });
});

test('cloudEventURI hears that an event is worked, that something was created, and what was refused', async () => {
  await using display = await startReceiver();
  await using world = await startListeners([listener({ cloudEventURI: display.url, triggers: [{ name: 'a', template: configMap() }] })]);
  const typesOf = (id: string | undefined) =>
    display.received
      .map(({ headers }) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])))
      .filter((headers) => id === undefined || headers['ce-id'] === id)
      .map((headers) => headers['ce-type'])
      .sort();

  const { eventID } = await post(world);
  await world.heard.seen('triggerFired', ({ trigger }) => trigger === '(cloudEventURI)');
  await fetch(await world.urlOf(), { method: 'POST', body: 'no JSON' });

  expect(typesOf(eventID)).toEqual(['done', 'started', 'successful'].map((type) => `dev.tekton.event.triggers.${type}.v1`));
  await expect.poll(() => typesOf(undefined)).toContain('dev.tekton.event.triggers.failed.v1');
  const { headers, body } = display.received.find((one) => JSON.stringify(one.headers).includes('successful'))!;
  expect(headers).toMatchObject({
    'Ce-Source': '/apis/triggers.tekton.dev/v1beta1/namespaces/ci/EventListener/hooks',
    'Ce-Subject': `hooks processing ${eventID}`,
  });
  expect(JSON.parse(body)).toMatchObject({ 'Content-Type': ['application/json'] });
});

test('a listener works though nobody hears its status', async () => {
  await using world = await startListeners([
    listener({ cloudEventURI: 'http://127.0.0.1:1/', triggers: [{ name: 'a', template: configMap() }] }),
  ]);

  const { triggers } = await post(world);

  expect(triggers.map(({ outcome }) => outcome)).toEqual(['done']);
});
