import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json/json.ts';
import { compileLua } from '../../../src/core/lua/index.ts';
import { TestClock } from '../../support/clock.ts';

const table = (script: string, event: JsonObject = {}) => compileLua(script).table(event);

test('what nobody looks into comes back as it is in the event, and as Argo gives it back', () => {
  const part = { list: [1, { deep: true }], text: 'é' };

  const result = table('return event', { part, gone: null, none: [], nested: [[1], null, 2], onlyNested: { list: [[1]] } }) as JsonObject;

  expect(result).toEqual({ part, none: {}, nested: [2], onlyNested: { list: {} } });
  expect(result['part']).toBe(part);
});

test('large integers keep their digits as long as nobody changes them', () => {
  const id = 12345678901234567890n;

  expect(table('local x = event.a.id return event', { a: { id }, list: [id] })).toEqual({ a: { id }, list: [id] });
  expect(table('event.a.id = event.a.id + 0 return event', { a: { id } })).toEqual({ a: { id: Number(id) } });
});

test('the event is never changed', () => {
  const event: JsonObject = { list: [3, 1, 2], map: { a: 1 }, text: 'x' };
  const before = structuredClone(event);

  table('table.sort(event.list) event.map.b = 2 event.map.a = nil event.text = "y" event.new = 1 return event', event);

  expect(event).toEqual(before);
});

test('a member called __proto__ is a member', () => {
  const event = JSON.parse('{"a": {"__proto__": {"x": 1}}, "__proto__": 2}') as JsonObject;

  const result = table('local x = event.a return event', event);

  expect(JSON.stringify(result)).toBe('{"a":{"__proto__":{"x":1}},"__proto__":2}');
});

test('text survives, whatever characters it has', () => {
  const text = 'é 𝄞 \u0000 \n "quoted"';

  expect(table('event.copy = event.text .. "" return event', { text })).toEqual({ text, copy: text });
});

test('only exactly true is true, and only the last value counts', () => {
  const isTrue = (script: string) => compileLua(script).isTrue({ a: 1 });

  expect(['return true', 'return false, true', 'return event.a == 1'].map(isTrue)).toEqual([true, true, true]);
  expect(['return 1', 'return "true"', 'return true, false', 'return {}', 'return', ''].map(isTrue)).toEqual(Array(6).fill(false));
});

test('the clock is the one that was given, and local time is UTC', () => {
  const clock = new TestClock(Date.parse('2026-07-18T12:34:56.789Z'));
  const script = 'return { time = os.time(), date = os.date("%Y-%m-%dT%H:%M:%S%z"), day = os.date("*t").wday }';

  expect(compileLua(script, { clock }).table({})).toEqual({ time: 1784378096, date: '2026-07-18T12:34:56+0000', day: 7 });
});
