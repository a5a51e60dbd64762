import { describe, expect, test } from 'vitest';
import { compileSourceFilter } from '../../eventsources/filter.ts';
import { EventData } from '../../src/core/event/data.ts';
import { findingsIn } from '../support/findings.ts';
import { Collection, memoryBus, services, start } from './resource/source.ts';

const said = (expression: string, payload: string) => compileSourceFilter(expression)(EventData.fromText(payload));

test('every no has a reason, and what cannot be evaluated is a no', () => {
  expect(said('body.n > 1', '{"body":{"n":2}}')).toBeUndefined();
  expect(said('body.n > 1', '{"body":{"n":1}}')).toBe('filter.expression: body.n > 1 is false');
  expect(said('body.n', '{"body":{"n":1}}')).toBe('filter.expression: it gives float64, and a filter must give true or false');
  expect(said('body.x.y == 1', '{"body":{"n":1}}')).toBe('filter.expression: cannot fetch y from <nil>');
  expect(said('nope == nil', 'null')).toBeUndefined();
  expect(said('true', '[1]')).toBe('filter.expression: the payload is no JSON object');
  expect(said('true', 'x')).toContain('filter.expression: the event is not JSON');
});

test('a dropped event is told, and the object is remembered all the same', async () => {
  const bus = memoryBus();
  const collection = new Collection();
  const spec = services({ filter: { expression: 'body.metadata.name startsWith "web" or get($env, "type") == "UPDATE"' } });
  const running = start(collection, bus, { spec });
  await running.heard.seen('ready');

  collection.add('db');
  const { because, object } = await running.heard.seen('eventFilteredAtSource');
  collection.change('db', { spec: { changed: true } });
  const { type } = await running.heard.seen('eventPublished');
  await running.stop();

  expect({ because, object, type }).toEqual({
    because: 'filter.expression: body.metadata.name startsWith "web" or get($env, "type") == "UPDATE" is false',
    object: 'playground/db',
    type: 'UPDATE',
  });
  expect(running.heard.of('eventPublished')).toHaveLength(1);
});

const source = (expression: string) => `apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: es}
spec:
  resource:
    e:
      version: v1
      resource: pods
      eventTypes: [ADD]
      filter:
        expression: ${expression}
`;

describe('when the rule is loaded, the place inside the expression is told:', () => {
  test.each<[string, string[]]>([
    ['body.metadata.name == "x"', []],
    ['body.n = 1', ['«= 1» error: expression: unexpected token Operator("=") (did you mean "=="?)']],
    ['body.n == 1 adn true', ['«adn true» error: expression: unexpected token Identifier("adn") (did you mean "and"?)']],
    ['lenn(body) > 1', ['«lenn(body) > 1» error: expression: there is no function lenn (did you mean "len"?)']],
    [
      'body.n > 1 and sprig.uper("x") == "X"',
      ['«uper("x") == "X"» error: expression: there is no function sprig.uper (did you mean "sprig.upper"?)'],
    ],
    ['1 + "a" == body.n', ['«+ "a" == body.n» error: expression: invalid operation: + (mismatched types int and string)']],
    [
      'type == "ADD"',
      [
        '«== "ADD"» error: expression: invalid operation: == (mismatched types func(...interface {}) (interface {}, error) and string) ("type" is a function here; for the field of that name write get($env, "type"))',
      ],
    ],
    [
      'body.name matches "("',
      ['«"("» error: regular expression "(": missing closing ): `(` (patterns are RE2, as in Go: no look-around and no back-references)'],
    ],
  ])('%s', (expression, findings) => {
    expect(findingsIn(source(expression))).toEqual(findings);
  });
});
