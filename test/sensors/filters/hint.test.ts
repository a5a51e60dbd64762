import { expect, test } from 'vitest';
import { hintAt } from '../../../sensors/filters/hint.ts';
import { filtersSpec } from '../../../sensors/filters/registry.ts';
import { EventData } from '../../../src/core/event/data.ts';
import { buildEvent } from '../../support/build-event.ts';

const filters = filtersSpec.parse({
  data: [
    { path: 'body.name', type: 'string', value: ['x'] },
    { path: 'body.nmae', type: 'string', value: ['x'] },
  ],
  exprs: [
    {
      expr: 'a == b',
      fields: [
        { name: 'a', path: 'body.name' },
        { name: 'b', path: 'name.b' },
      ],
    },
  ],
  context: { type: 'Webhook', source: 'other' },
  time: { start: '08:00:00', stop: '09:00:00' },
});
const event = buildEvent({ data: EventData.fromJson({ body: { name: 'x', b: 1 } }) });

test.each([
  ['a clause whose path exists has none', 'filters.data[0]', undefined],
  ['a path that is missing has the nearest keys', 'filters.data[1]', 'did you mean body.name?'],
  ['of several clauses the first that is missing counts', 'filters.data', 'did you mean body.name?'],
  ['the paths of an expression count, too', 'filters.exprs[0]', 'did you mean body.b?'],
  ['letters of another case are told', 'filters.context.type', 'they differ in the case of letters only'],
  ['another word is just another word', 'filters.context.source', undefined],
  ['a time without a zone is told', 'filters.time', 'the times are meant in UTC; set `timezone` for another zone'],
])('%s', (_name, at, hint) => {
  expect(hintAt(filters, at, event)).toBe(hint);
});

test('an event without a payload has no keys', () => {
  expect(hintAt(filters, 'filters.data[1]', { ...event, data: undefined })).toBe('the event has no payload');
});

test('a payload that is not JSON has none to offer', () => {
  expect(hintAt(filters, 'filters.data[1]', { ...event, data: EventData.fromText('<xml/>') })).toBeUndefined();
});
