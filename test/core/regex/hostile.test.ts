import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { compileRegex } from '../../../src/core/regex.ts';
import { hostile } from './hostile.ts';

test.each(hostile)('$name does no harm', ({ text, input }) => {
  expect(ending(text, input)).toMatch(/^(?:true|false|CONFIG_REGEX)$/);
});

function ending(pattern: string, text: string): string {
  try {
    return String(compileRegex(pattern).test(text));
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return thrown.code;
  }
}
