import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { EventBus } from '../../../eventbus/bus.ts';
import type { Decision } from '../../../sensors/decisions/decision.ts';
import { nameOnBus } from '../../../sensors/names.ts';
import { openDoor } from '../../../src/cli/decisions/door.ts';
import { type LetterFilter, lettersOn } from '../../../src/cli/decisions/letters.ts';
import { decisionLine, eventData, eventLine } from '../../../src/cli/decisions/lines.ts';
import { rehearseLetter } from '../../../src/cli/decisions/rehearse-letter.ts';
import { replayLetter } from '../../../src/cli/decisions/replay-letter.ts';
import { rulesAtHand } from '../../../src/cli/decisions/rule-at-hand.ts';
import { ruleFileOf } from '../../../src/cli/decisions/rule-file.ts';
import { saveTest } from '../../../src/cli/decisions/save-test.ts';
import { letterData, showLetter, showLetterShortly } from '../../../src/cli/decisions/show-letter.ts';
import { story } from '../../../src/cli/decisions/story.ts';
import { runTests } from '../../../src/cli/rehearse/run-tests.ts';
import { toBusEvent } from '../../../src/core/cloudevents/bus-event.ts';
import { EventData } from '../../../src/core/event/data.ts';
import type { JsonObject } from '../../../src/core/json/json.ts';
import { stringifyJson } from '../../../src/core/json/stringify.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { startListeners } from '../../dialects/tekton/listener-world.ts';
import { TestClock } from '../../support/clock.ts';
import { rulesFolder } from '../../support/commands.ts';
import { eventually } from '../../support/eventually.ts';

const listener: JsonObject = {
  apiVersion: 'triggers.tekton.dev/v1beta1',
  kind: 'EventListener',
  metadata: { name: 'github', namespace: 'ci' },
  spec: {
    triggers: [
      { name: 'build', bindings: [{ name: 'who', value: '$(body.sender)' }], template: { ref: 'note' } },
      {
        name: 'closed',
        interceptors: [{ ref: { name: 'cel' }, params: [{ name: 'filter', value: "body.action == 'closed'" }] }],
        template: { ref: 'note' },
      },
    ],
  },
};
const template = (defaults: JsonObject): JsonObject => ({
  apiVersion: 'triggers.tekton.dev/v1beta1',
  kind: 'TriggerTemplate',
  metadata: { name: 'note', namespace: 'ci' },
  spec: {
    params: [{ name: 'who', ...defaults }],
    resourcetemplates: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'note' }, data: { who: '$(tt.params.who)' } }],
  },
});

const plain = (lines: string | readonly string[]): string => stripVTControlCharacters([lines].flat().join('\n'));

test('what an EventListener gave up is listed, shown and tried again in its own words, under the rule as it is now', async () => {
  let bus!: EventBus;
  await using world = await startListeners([listener, template({})], { around: (opened) => (bus = opened) });
  const filter = (more: Partial<LetterFilter>): LetterFilter => ({ ids: [], ...more });
  const url = await world.urlOf('github');
  await fetch(url, { method: 'POST', body: '{"action":"opened"}', headers: { 'Content-Type': 'application/json' } });
  await world.heard.seen('firingParked');

  const [letter] = await lettersOn([bus], filter({}), systemClock.now());
  const chosen = await Promise.all(
    ['github', 'ci/github', 'EventListener:github', 'ci/EventListener:github', 'gitlab'].map(
      async (sensor) => (await lettersOn([bus], filter({ sensor }), systemClock.now())).length,
    ),
  );

  expect(chosen).toEqual([1, 1, 1, 1, 0]);
  expect(plain(showLetterShortly(letter!, systemClock.now()))).toMatch(
    /^\S+ {2}EventListener ci\/github, trigger build {2}[\d:]+, [^,]+ ago {2}the param "who": \$\(body\.sender\): "sender" is not there {2}EVENT_PARAMETER$/,
  );
  expect(plain(showLetter(letter!, undefined, systemClock.now()))).toContain('body: \'{"action":"opened"}\'');
  expect(letterData(letter!)).toMatchObject({
    sensor: 'EventListener:github',
    trigger: 'build',
    events: { build: { source: 'EventListener:github' } },
  });

  const door = await openDoor(join(tmpdir(), `sensorium-${process.pid}-letters.json`));
  try {
    const rehearsed = async (): Promise<string> => {
      await using rules = rulesAtHand({ rules: [] }, (line) => expect.fail(line), join(tmpdir(), `sensorium-${process.pid}-letters.json`));
      return plain(await rehearseLetter(letter!, await rules.of({ namespace: 'ci', name: letter!.sensor })));
    };
    door.ask(() => [listener, template({})]);
    expect(await rehearsed()).toMatch(/^ {2}trigger build {2}fails\n {4}EventListener github:\d+:\d+ {2}the param "who"/);
    door.ask(() => [listener, template({ default: 'nobody' })]);
    expect(await rehearsed()).toMatch(/^ {2}trigger build {2}fires: create ConfigMap ci\/note\n/);
    door.ask(() => []);
    expect(await rehearsed()).toBe('  the process that runs here has no EventListener ci/github');
  } finally {
    await door[Symbol.asyncDispose]();
  }

  await world.set(template({ default: 'nobody' }));
  expect(await replayLetter(letter!, systemClock.now())).toBe(true);
  await bus.nudge(nameOnBus({ namespace: 'ci', name: 'EventListener:github' }));
  await eventually(() => world.created.length > 0);
  expect(world.created.map(({ object }) => object['data'])).toEqual([{ who: 'nobody' }]);
  expect(await lettersOn([bus], filter({}), systemClock.now())).toEqual([]);
});

const order = toBusEvent(
  { specversion: '1.0', id: 'e1', source: '/till', type: 'order.made', extensions: { amount: 3 }, data: EventData.fromText('{"id":7}') },
  { source: 'Broker:default', subject: 'event' },
  0,
);
const call = {
  ...{ id: 'e2', source: 'EventListener:github', subject: 'request', type: 'eventlistener', time: '1970-01-01T00:00:00.000Z' },
  ...{ datacontenttype: 'application/json', extensions: {}, data: EventData.fromText('{"url":"/","header":{},"body":"{\\"a\\":1}"}') },
};

test('events that come to rules of other systems are told by those, and a CloudEvent says of itself what its sender said', () => {
  expect(plain(eventLine(order, 0))).toBe('00:00:00.000  Broker default  order.made  e1  {"id":7}');
  expect(plain(eventLine(call, 0))).toBe('00:00:00.000  EventListener github  e2  "{\\"a\\":1}"');
  expect(eventData(order)).toMatchObject({ specversion: '1.0', id: 'e1', source: '/till', type: 'order.made', amount: 3, data: { id: 7 } });
  expect(eventData(order)).not.toHaveProperty('address');
});

const decided: Decision = {
  event: { id: 'e2', source: 'EventListener:github', subject: 'request', type: 'eventlistener', time: '1970-01-01T00:00:00.000Z' },
  at: 0,
  payload: { url: '/', header: { 'Content-Type': ['application/json'] }, body: '{"action":"opened","sender":"ada"}' },
  dependencies: [
    { dependency: 'build', admitted: true },
    { dependency: 'closed', admitted: false, at: 'interceptors[0]', because: 'interceptor `cel` stopped it: body.action is "opened"' },
  ],
  triggers: [
    {
      trigger: 'build',
      kind: 'fired',
      firing: 'f1',
      summary: 'create ConfigMap ci/note',
      attempts: [{ at: 1, answer: 'created ConfigMap ci/note' }],
    },
  ],
};

test('what an EventListener decides is a line, and becomes a test that holds', async () => {
  using folder = rulesFolder({ 'rules.json': stringifyJson(listener), 'template.json': stringifyJson(template({})) });
  const status = {
    kind: 'Sensor',
    namespace: 'ci',
    name: 'EventListener:github',
    startedAt: 0,
    seenAt: 0,
    dependencies: [],
    triggers: [],
    events: 1,
  } as const;

  expect(plain(decisionLine(decided, { foreign: true }))).toBe(
    '00:00:00.000  EventListener:github/request  e2  → closed refused: interceptor `cel` stopped it: body.action is "opened"; build fired: created ConfigMap ci/note',
  );

  const rule = await ruleFileOf([folder.folder], status.name, (line) => expect.fail(line));
  expect(folder.shown(plain(await story(decided, status, { now: 0, rule, verbose: false })))).toContain(
    'trigger closed  does not concern it: rules.json:1:263  interceptor `cel` stopped it: body.action is "opened"',
  );

  const path = folder.path('saved.test.yaml');
  saveTest(path, [decided], { status, files: [folder.folder], warn: () => {} });
  const { results, findings } = await runTests([path], { clock: new TestClock(), chosen: () => true });

  expect(findings).toEqual([]);
  expect(results.map(({ name, failures }) => ({ name, failures }))).toEqual([
    { name: 'event e2 of EventListener:github/request', failures: [] },
  ]);
});
