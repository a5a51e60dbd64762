import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { stringifyJson } from '../../../src/core/json/stringify.ts';
import { compileTemplate } from '../../../src/core/template/index.ts';
import { hostile } from './hostile.ts';

/** A quarter of what is usual, so that this takes seconds. */
const limits = { steps: 500_000, bytes: 8 * 1024 * 1024 };

test.each(hostile)('$name does no harm', ({ text, input = null }) => {
  const before = stringifyJson(input);
  let ended: string;
  try {
    ended = typeof compileTemplate(text, { limits }).render({ Input: input });
  } catch (thrown) {
    ended = thrown instanceof EngineError ? thrown.code : `${thrown}`;
  }

  expect(ended).toMatch(/^(?:string|CONFIG_TEMPLATE|EVENT_TEMPLATE_FAILED|EVENT_LIMIT)$/);
  expect(stringifyJson(input)).toBe(before);
  expect(({} as { polluted?: true }).polluted).toBeUndefined();
});

test('nothing of JavaScript shows through', () => {
  const shown = (text: string) => compileTemplate(text).render({ Input: {} });

  expect(shown('{{ .Input.constructor }}{{ index .Input "toString" }}{{ get .Input "__proto__" }}|{{ (dict).constructor }}')).toBe(
    '<no value><no value>|<no value>',
  );
});
