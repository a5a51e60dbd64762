import { expect, test } from 'vitest';
import type { Verdict } from '../../../sensors/compiled.ts';
import { EventData } from '../../../src/core/event/data.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { buildEvent } from '../../support/build-sensor.ts';
import { compiledSensor } from '../../support/compile-sensor.ts';

function admit(dependency: object, event: Event): Verdict {
  const { compiled, findings } = compiledSensor({
    dependencies: [{ name: 'dep', eventSourceName: 'es', eventName: 'things', ...dependency }],
  });
  expect(findings).toEqual([]);
  return compiled!.dependencies[0]!.admit(event) as Verdict;
}

/** The payload that the trigger would see, or why it sees none. */
function outcome(dependency: object, event: Event): unknown {
  const verdict = admit(dependency, event);
  return verdict.admitted ? (verdict.event.data?.text ?? null) : `${verdict.at}: ${verdict.because}`;
}

const transform = (jq: string) => ({ transform: { jq } });
const withText = (text: string): Event => ({ ...buildEvent('1'), data: EventData.fromText(text) });
const data = [{ path: 'b', type: 'string', value: ['^2$'] }];

test('an event without transform and filters is admitted as it is', () => {
  const event = buildEvent('1');

  expect(admit({}, event)).toEqual({ admitted: true, event });
});

test('filters see what the transform made', () => {
  expect(outcome({ ...transform('.b = (.a | tostring)'), filters: { data } }, buildEvent('1', { data: { a: 2 } }))).toBe('{"a":2,"b":"2"}');
  expect(outcome({ ...transform('.b = (.a | tostring)'), filters: { data } }, buildEvent('1', { data: { a: 3 } }))).toBe(
    'filters.data[0]: b is "3", wanted "^2$"',
  );
});

test('two dependencies on one event do not see each other’s transforms', () => {
  const event = buildEvent('1', { data: { list: [1] } });

  expect(outcome(transform('.list += [2]'), event)).toBe('{"list":[1,2]}');
  expect(outcome(transform('.list += [3]'), event)).toBe('{"list":[1,3]}');
  expect(event.data?.text).toBe('{"list":[1]}');
});

test('a transform changes the payload and its media type, and nothing else', () => {
  const event: Event = { ...buildEvent('1', { key: 'k' }), datacontenttype: 'text/json' };
  const verdict = admit(transform('{}'), event);

  expect(verdict.admitted && { ...verdict.event, data: undefined }).toEqual({
    ...event,
    datacontenttype: 'application/json',
    data: undefined,
  });
});

test('the first output counts, with all digits of its numbers', () => {
  expect(outcome(transform('{n: .n}, {m: 2}'), withText('{"n":12345678901234567890}'))).toBe('{"n":12345678901234567890}');
});

test('an event without a payload is not transformed', () => {
  expect(outcome(transform('.a'), { ...buildEvent('1'), data: undefined })).toBe(null);
});

test.each<[string, Event, string]>([
  ['.a', buildEvent('1', { data: { a: 'x' } }), 'jq transformation output must be a JSON object, and it is a string'],
  ['[.a]', buildEvent('1', { data: { a: 'x' } }), 'jq transformation output must be a JSON object, and it is an array'],
  ['null', buildEvent('1'), 'jq transformation output must be a JSON object, and it is null'],
  ['empty', buildEvent('1'), 'the jq program gave no output; a transform must give a JSON object'],
  ['.', withText('[1]'), 'a transform needs a JSON object, and the payload is an array'],
])('%s is told as a failed transform', (jq, event, because) => {
  const verdict = admit(transform(jq), event);

  expect(verdict).toMatchObject({ admitted: false, at: 'transform.jq', because, error: { code: 'EVENT_TRANSFORM_FAILED' } });
});

test('a program that fails tells what jq said', () => {
  expect(outcome(transform('.a | error("boom")'), buildEvent('1', { data: { a: 1 } }))).toMatch(
    /^transform\.jq: the jq program failed: .*boom/,
  );
});

test('a program without end is stopped', () => {
  expect(admit(transform('def f: f; f'), buildEvent('1'))).toMatchObject({
    admitted: false,
    at: 'transform.jq',
    error: { code: 'EVENT_LIMIT' },
  });
});

/** Each query looks at all of a wide list again. */
const costly = `list.${Array(500).fill('#(a>=0)#').join('|')}`;

test.each<[string, object]>([
  ['a path', { data: [{ path: costly, type: 'string', value: ['x'] }] }],
  ['a template', { data: [{ path: 'a', type: 'string', value: ['x'], template: '{{ range until 9000000 }}{{ end }}' }] }],
  ['a path of an expression', { exprs: [{ expr: 'a == 1', fields: [{ name: 'a', path: costly }] }] }],
  ['a script', { script: 'while true do end' }],
])('%s of a filter that spends too much sets the event aside, also where another filter might pass', (_, filters) => {
  const event = buildEvent('1', { data: { a: 'x', list: Array(20_000).fill({ a: 1 }) } });
  const time = { start: '00:00:00', stop: '00:00:01' };

  expect(admit({ filters }, event)).toMatchObject({ admitted: false, error: { code: 'EVENT_LIMIT' } });
  expect(admit({ filters: { ...filters, time }, filtersLogicalOperator: 'or' }, event)).toMatchObject({
    admitted: false,
    error: { code: 'EVENT_LIMIT' },
  });
});

test('for jq, a payload that is null is an object without members, as in Argo Events', () => {
  const payload = (program: string) => {
    const verdict = admit(transform(program), withText('null'));
    return verdict.admitted ? verdict.event.data?.text : verdict.because;
  };

  expect(payload('{a: .a}')).toBe('{"a":null}');
  expect(payload('.')).toBe('null');
  expect(payload('1')).toBe('jq transformation output must be a JSON object, and it is a number');
});

test('a payload that is not JSON is told as such', () => {
  expect(outcome(transform('.'), withText('not json'))).toMatch(
    /^transform\.jq: a transform needs a JSON object, and the event is not JSON: /,
  );
  expect(admit({ filters: { data } }, withText('not json'))).toMatchObject({ admitted: false, error: { code: 'EVENT_FILTER_FAILED' } });
});

test('a path that does not exist is a no, and no fault of the event', () => {
  const verdict = admit({ filters: { data } }, buildEvent('1'));

  expect(verdict).toMatchObject({ admitted: false, at: 'filters.data[0]', because: "data filter error (path 'b' does not exist)" });
});
