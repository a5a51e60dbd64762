import { expect, test } from 'vitest';
import { EventData } from '../../../src/core/event/data.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { buildEvent } from '../../support/build-sensor.ts';
import { compiledSensor } from '../../support/compile-sensor.ts';

async function outcome(script: string, event: Event): Promise<unknown> {
  const transform = { script };
  const { compiled } = compiledSensor({ dependencies: [{ name: 'dep', eventSourceName: 'es', eventName: 'things', transform }] });
  const verdict = await compiled!.dependencies[0]!.admit(event);
  return verdict.admitted ? (verdict.event.data?.text ?? null) : `${verdict.at}: ${verdict.because}`;
}

const event = buildEvent('1', { data: { name: 'web', ports: [{ port: 80 }, { port: 443 }] } });

test('the table that a script returns becomes the payload', async () => {
  expect(await outcome('for _, one in ipairs(event.ports) do one.url = event.name .. ":" .. one.port end return event', event)).toBe(
    '{"name":"web","ports":[{"port":80,"url":"web:80"},{"port":443,"url":"web:443"}]}',
  );
  expect(await outcome('return { 1, 2 }', event)).toBe('[1,2]');
  expect(await outcome('return { list = setmetatable({}, { __is_array = true }), none = {} }', event)).toBe('{"list":[],"none":{}}');
});

test('an event without a payload stays as it is', async () => {
  expect(await outcome('return {}', { ...event, data: undefined })).toBeNull();
});

test('why a transform failed is told', async () => {
  expect(await outcome('return "hello"', event)).toBe('transform.script: Lua: the script must return a table, and it returned a string');
  expect(await outcome('return event.a.b', event)).toBe("transform.script: Lua: line 1: attempt to index a nil value (field 'a')");
  expect(await outcome('while true do end', event)).toBe('transform.script: stopped after 1000000 steps: the script does not seem to end');
  expect(await outcome('return event', { ...event, data: EventData.fromText('"text"') })).toBe(
    'transform.script: Lua: a script needs a JSON object, and the payload is a string',
  );
});
