import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { compileJq } from '../../../src/core/jq/index.ts';
import { goJson, stringifyJson } from '../../../src/core/json/stringify.ts';
import { hostile } from './hostile.ts';

test.each(hostile)('$name does no harm', ({ text, input = null }) => {
  const before = stringifyJson(input);
  let ended: string;
  try {
    goJson(compileJq(text).first(input) ?? null);
    ended = 'value';
  } catch (thrown) {
    ended = thrown instanceof EngineError ? thrown.code : `${thrown}`;
  }

  expect(ended).toMatch(/^(?:value|CONFIG_JQ|EVENT_LIMIT|EVENT_TRANSFORM_FAILED)$/);
  expect(stringifyJson(input)).toBe(before);
  expect(({} as { polluted?: true }).polluted).toBeUndefined();
});
