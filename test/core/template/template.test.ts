import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { Json } from '../../../src/core/json/json.ts';
import { parseJson } from '../../../src/core/json/parse.ts';
import { compileTemplate, type TemplateOptions } from '../../../src/core/template/index.ts';
import { systemClock } from '../../../src/core/time/clock.ts';

const rendered = (text: string, input: Json = null, options: Partial<TemplateOptions> = {}) =>
  compileTemplate(text, options).render({ Input: input });

function problemWith(run: () => unknown) {
  try {
    run();
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    const { code, message, hint, fields } = thrown;
    return { code, message, hint, offset: fields['offset'] };
  }
  throw new Error('there is no problem');
}

test('a mistake is told with its place and what to try', () => {
  expect(problemWith(() => compileTemplate('a {{ .Input | uppper }}'))).toEqual({
    code: 'CONFIG_TEMPLATE',
    message: 'template: function "uppper" not defined',
    hint: 'did you mean "upper"?',
    offset: 14,
  });
  expect(problemWith(() => compileTemplate('x\n{{ if .Input }}y'))).toEqual({
    code: 'CONFIG_TEMPLATE',
    message: 'template: unexpected EOF',
    hint: '{{if}} has no {{end}}',
    offset: 5,
  });
  expect(problemWith(() => compileTemplate('{{ $name := 1 }}{{ $nam }}'))).toEqual({
    code: 'CONFIG_TEMPLATE',
    message: 'template: undefined variable "$nam"',
    hint: 'did you mean $name?',
    offset: 19,
  });
  expect(problemWith(() => compileTemplate('{{ .Input.my-key }}'))).toEqual({
    code: 'CONFIG_TEMPLATE',
    message: "template: bad character U+002D '-'",
    hint: 'a key that is no plain name is read with index: {{ index .Input "my-key" }}',
    offset: 12,
  });
});

test('arguments that can never fit are told at load', () => {
  expect(problemWith(() => compileTemplate('{{ trunc "5" .Input }}'))).toMatchObject({
    message: 'template: expected an integer; found "5"',
    offset: 9,
  });
  expect(problemWith(() => compileTemplate('{{ upper }}'))).toMatchObject({
    message: 'template: wrong number of args for upper: want 1 got 0',
    offset: 3,
  });
});

test('functions that reach for the host or make keys are refused, with the reason', () => {
  expect(problemWith(() => compileTemplate('{{ env "HOME" }}'))).toMatchObject({
    code: 'CONFIG_TEMPLATE',
    message:
      'template: the function env is not here: a rule sees its events and nothing of the process that it runs in; write the value into the rule',
    offset: 3,
  });
});

test('a failure while it runs has Go’s reason and a place', () => {
  expect(problemWith(() => rendered('{{ .Input.name.first }}', { name: 'x' }))).toEqual({
    code: 'EVENT_TEMPLATE_FAILED',
    message: "template: can't evaluate field first in type string",
    hint: undefined,
    offset: 3,
  });
  expect(problemWith(() => rendered('{{ "x" | trunc .Input }}', 3))).toMatchObject({
    message: 'template: wrong type for value; expected int; got float64',
    offset: 15,
  });
  expect(problemWith(() => rendered('{{ fail "no such luck" }}'))).toMatchObject({
    message: 'template: error calling fail: no such luck',
    offset: 3,
  });
});

test('a comparison of a number of the event with an int says how to write it', () => {
  expect(problemWith(() => rendered('{{ eq .Input 1 }}', 1)).message).toBe(
    'template: error calling eq: incompatible types for comparison: float64 and int; numbers of an event are float64: write 1.0 for 1, or convert with int64 or float64',
  );
});

test('integers beyond a double print as Go’s float64, and keep their digits where that costs nothing', () => {
  const input = parseJson('12345678901234567890');

  expect(rendered('{{ .Input }}', input)).toBe('1.2345678901234567e+19');
  expect(rendered('{{ toJson .Input }}', input)).toBe('12345678901234567890');
  expect(rendered('{{ int64 .Input }}', parseJson('1234567890123456789'))).toBe('1234567890123456789');
});

test('now is the time of the clock, in UTC', () => {
  const clock = { ...systemClock, now: () => Date.UTC(2024, 1, 29, 13, 4, 5, 678) };

  expect(
    rendered('{{ now | date "2006-01-02T15:04:05.000Z07:00 MST" }} {{ ago (sub 1709211845 90) }} {{ now.Unix }}', null, { clock }),
  ).toBe('2024-02-29T13:04:05.678Z UTC 1m31s 1709211845');
});

test('randomness is what it was given', () => {
  const random = (bytes: number) => new Uint8Array(bytes);

  expect(rendered('{{ randAlphaNum 4 }} {{ uuidv4 }} {{ randInt 5 9 }} {{ randBytes 3 }} {{ randNumeric 2 }}', null, { random })).toBe(
    '0000 00000000-0000-4000-8000-000000000000 5 AAAA 00',
  );
  expect([...rendered('{{ shuffle "hello" }}')].sort().join('')).toBe('ehllo');
  expect(rendered('{{ uuidv4 }}')).not.toBe(rendered('{{ uuidv4 }}'));
});

test('set and merge change a copy, which the rest of the template sees', () => {
  const input = { a: 1 };
  const template = compileTemplate('{{ $_ := set .Input "b" 2 }}{{ .Input.b }}{{ $_ := merge .Input (dict "c" 3) }}{{ .Input }}');

  expect(template.render({ Input: input })).toBe('2map[a:1 b:2 c:3]');
  expect(template.render({ Input: input })).toBe('2map[a:1 b:2 c:3]');
  expect(input).toEqual({ a: 1 });
});

test('bytes that were cut apart are shown as characters again when they meet', () => {
  expect(rendered('{{ trunc 1 "é" }}{{ trunc -1 "é" }} {{ trunc 1 "é" }}')).toBe('é \ufffd');
});

test('what a template may spend is limited', () => {
  const limit = (text: string, limits: TemplateOptions['limits']) => problemWith(() => rendered(text, null, { limits })).message;

  expect(limit('{{ range 1000 }}{{ end }}', { steps: 500 })).toBe('stopped after 500 steps: the template does not seem to end');
  expect(limit('{{ repeat 1000 "x" }}', { bytes: 500 })).toBe('stopped after 500 bytes: the template makes too much');
  expect(limit('{{ define "a" }}{{ template "a" }}{{ end }}{{ template "a" }}', { depth: 5 })).toBe(
    'stopped after 5 templates inside templates: the template calls itself too deeply',
  );
});

test.each(['(toDate "2006-01-02" "2024-01-31").hasOwnProperty', '(now.Sub now).constructor', '(semver "1.2.3").toString'])(
  'what JavaScript gives every object is no method: %s',
  (expression) => {
    expect(() => compileTemplate(`{{ ${expression} }}`).render({})).toThrow(/can't evaluate field \w+ in type/);
  },
);
