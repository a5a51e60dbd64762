import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { compileLua } from '../../../src/core/lua/index.ts';
import { hostile } from './hostile.ts';

test.each(hostile)('$name ends', ({ text }) => {
  const end = ending(text);

  expect(end).toMatch(/^(CONFIG_LUA|EVENT_LIMIT|EVENT_SCRIPT_FAILED|a value)$/);
});

test('nothing of all that is left behind for the next script', () => {
  expect(compileLua('return { s = ("x"):upper(), n = #{ 1, 2 }, g = tostring(was) }').table({})).toEqual({ s: 'X', n: 2, g: 'nil' });
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

function ending(text: string): string {
  try {
    compileLua(text, { steps: 200_000, bytes: 16 * 1024 * 1024 }).table({ a: 1 });
    return 'a value';
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return thrown.code;
  }
}
