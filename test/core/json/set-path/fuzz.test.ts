import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EngineError } from '../../../../src/core/errors/engine-error.ts';
import { parseJson } from '../../../../src/core/json/parse.ts';
import { compilePath } from '../../../../src/core/json/path/index.ts';
import { setRaw, setString } from '../../../../src/core/json/set-path/index.ts';
import { goJson } from '../../../../src/core/json/stringify.ts';
import { json as anyJson, text as anyText, path } from '../arbitrary.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 1_500);
const plainPath = fc
  .array(fc.constantFrom('a', 'b', '0', '1', '2', '-1', ':0', 'a\\.b'), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('.'));

/** The text with the change made, or the code of the error. */
function changed(change: () => string): { json: string } | { code: string } {
  try {
    return { json: change() };
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return { code: thrown.code };
  }
}

test('any path changes any text, or is refused', () => {
  fc.assert(
    fc.property(path, fc.oneof(anyJson.map(goJson), fc.string({ unit: 'binary' })), fc.string(), (at, json, value) => {
      for (const end of [changed(() => setRaw(json, at, value)), changed(() => setString(json, at, value))]) {
        if ('code' in end) expect(end.code).toBe('CONFIG_PATH');
        else expect(end.json).toBeTypeOf('string');
      }
    }),
    { numRuns: runs },
  );
});

test('what was JSON is JSON afterwards, whatever the path is', () => {
  fc.assert(
    fc.property(fc.oneof(path, plainPath), anyJson, anyText(), (at, json, value) => {
      const end = changed(() => setString(goJson(json), at, value));

      expect(() => 'json' in end && parseJson(end.json)).not.toThrow();
    }),
    { numRuns: runs },
  );
});

test('what a plain path has set is what it finds', () => {
  fc.assert(
    fc.property(plainPath, anyJson, anyText(), (at, json, value) => {
      fc.pre(!/-1|:/.test(at));
      const end = changed(() => setString(goJson(json), at, value));

      if ('json' in end) expect(compilePath(at).get(end.json)?.text).toBe(value);
      else expect(end.code).toBe('CONFIG_PATH');
    }),
    { numRuns: runs },
  );
});
