import { expect, test } from 'vitest';
import { EventData } from '../../../../src/core/event/data.ts';
import type { Event } from '../../../../src/core/event/event.ts';
import { buildEvent } from '../../../support/build-sensor.ts';
import { TestClock } from '../../../support/clock.ts';
import { compiledSensor, prepareFirst, prepareOf } from '../../../support/compile-sensor.ts';
import { record } from '../../../support/record.ts';

const logging = (log: object) => ({ triggers: [{ template: { name: 'show', log } }] });

async function logged(event: Event): Promise<unknown> {
  const { tell, of } = record();
  const action = await prepareFirst(logging({}), event, { tell });
  await action.fire();
  return of('eventLogged')[0]?.['payload'];
}

test('a line says which event it was, for which dependency, and what it carried', async () => {
  const { tell, of } = record();
  const action = await prepareFirst(logging({}), buildEvent('e1', { data: { a: 1 } }), { tell });

  expect(await action.fire()).toEqual({ summary: 'logged' });
  expect(of('eventLogged')).toEqual([
    {
      sensor: 'sn',
      trigger: 'show',
      dependency: 'dep',
      id: 'e1',
      source: 'es',
      subject: 'things',
      type: 'test',
      time: '2026-07-18T12:00:00Z',
      payload: '{"a":1}',
    },
  ]);
});

test('with an interval at most one line is written in that time', async () => {
  const { compiled } = compiledSensor(logging({ intervalSeconds: 10 }));
  const clock = new TestClock();
  const { tell, of } = record();
  const fire = async () => (await prepareOf(compiled!, buildEvent('1'), { clock, tell })).fire();

  const summaries = [(await fire()).summary];
  await clock.turn(9_999);
  summaries.push((await fire()).summary);
  await clock.turn(1);
  summaries.push((await fire()).summary);

  expect(summaries).toEqual(['logged', 'not logged: the last line was written less than 10 s ago', 'logged']);
  expect(of('eventLogged')).toHaveLength(2);
});

test('two triggers with an interval do not disturb each other', async () => {
  const { tell, of } = record();
  for (let index = 0; index < 2; index++) {
    const action = await prepareFirst(logging({ intervalSeconds: 10 }), buildEvent('1'), { tell });
    await action.fire();
  }

  expect(of('eventLogged')).toHaveLength(2);
});

test('the values of a Secret are hidden, wherever kubectl has put them', async () => {
  const secret = {
    kind: 'Secret',
    metadata: { name: 's', annotations: { keep: 'me', 'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"key":"c2VjcmV0"}}' } },
    data: { key: 'c2VjcmV0' },
    stringData: { other: 'secret' },
  };
  const hidden = {
    kind: 'Secret',
    metadata: { name: 's', annotations: { keep: 'me', 'kubectl.kubernetes.io/last-applied-configuration': '<hidden>' } },
    data: { key: '<hidden>' },
    stringData: { other: '<hidden>' },
  };

  expect(JSON.parse(String(await logged(buildEvent('1', { data: { type: 'UPDATE', body: secret, oldBody: secret } }))))).toEqual({
    type: 'UPDATE',
    body: hidden,
    oldBody: hidden,
  });
  expect(JSON.parse(String(await logged(buildEvent('1', { data: secret }))))).toEqual(hidden);
});

test('objects of the resource "secrets" are hidden even when they do not name their kind', async () => {
  const data = { group: '', resource: 'secrets', body: { data: { key: 'c2VjcmV0' } } };

  expect(await logged(buildEvent('1', { data }))).toBe('{"group":"","resource":"secrets","body":{"data":{"key":"<hidden>"}}}');
});

test('a payload that only mentions secrets stays byte for byte', async () => {
  const text = '{ "body": {"kind":"Pod", "data":{"k":"v"}, "why":"Secret"} }';

  expect(await logged({ ...buildEvent('1'), data: EventData.fromText(text) })).toBe(text);
});
