import { expect, test } from 'vitest';
import { compileFilters } from '../../../sensors/filters/registry.ts';
import { compileScriptFilter } from '../../../sensors/filters/script.ts';
import { EventData } from '../../../src/core/event/data.ts';
import { buildEvent } from '../../support/build-sensor.ts';
import { findingsIn } from '../../support/findings.ts';

const says = (script: string, event = buildEvent('1', { data: { a: 1 } })) => compileScriptFilter(script, []).value(event);

test('only true passes', () => {
  expect(says('return event.a == 1')).toBeUndefined();
  expect(says('return event.a == 2')).toEqual({ at: 'filters.script', because: 'the script did not return true' });
  expect(says('return 1')).toEqual({ at: 'filters.script', because: 'the script did not return true' });
});

test('a script that fails is told with its line, and what it met', () => {
  expect(says('local x\nreturn event.b.c')).toMatchObject({
    at: 'filters.script',
    because: "script filter error (Lua: line 2: attempt to index a nil value (field 'b'))",
    failed: true,
    error: { code: 'EVENT_SCRIPT_FAILED', fields: { offset: 23 } },
  });
  expect(says('while true do end')).toMatchObject({ failed: true, error: { code: 'EVENT_LIMIT' } });
});

test('no payload passes, no event does not, and a payload must be an object', () => {
  const withText = (text: string) => ({ ...buildEvent('1'), data: EventData.fromText(text) });

  expect(says('return false', { ...buildEvent('1'), data: undefined })).toBeUndefined();
  expect(compileScriptFilter('return true', []).value(undefined)).toMatchObject({ failed: true });
  expect(says('return event.a == nil', withText('null'))).toBeUndefined();
  expect(says('return true', withText('[1]'))?.because).toBe(
    'script filter error (Lua: a script needs a JSON object, and the payload is an array)',
  );
  expect(says('return true', withText('nope'))?.because).toMatch(/^script filter error \(Lua: a script needs a JSON object, and /);
});

test('a script that fails ends "or", also when another filter passes', () => {
  const event = buildEvent('1', { data: { a: 'x' } });
  const or = (script: string) => compileFilters({ data: [{ path: 'a', type: 'string', value: ['x'] }], script }, 'or', []).value(event);

  expect(or('return false')).toBeUndefined();
  expect(or('error("no")')).toMatchObject({ at: 'filters.script', failed: true });
});

test('mistakes in scripts are found at their words in the YAML', () => {
  const rule = `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: { name: s }
spec:
  dependencies:
    - name: dep
      eventSourceName: es
      eventName: things
      filters:
        script: |
          if event.a thn
            return true
          end
      transform:
        jq: .
        script: return event
  triggers:
    - template: { name: t, log: {} }
`;

  expect(findingsIn(rule)).toEqual([
    '«thn» error: Lua: \'then\' expected near "thn" (did you mean "then"?)',
    '«return event» warning: the script is not run, because jq is set too and comes first (keep one of the two)',
  ]);
});
