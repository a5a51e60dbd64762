import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../../src/core/errors/engine-error.ts';
import { checkPath, compilePath } from '../../../../src/core/json/path/index.ts';
import { setString } from '../../../../src/core/json/set-path/index.ts';
import { hostile } from './hostile.ts';

const wide = 'x'.repeat(100_000);

const ways = {
  get: (path: string, json: string) => compilePath(path).get(json)?.text.length,
  set: (path: string, json: string) => setString(json, path, wide).length,
};

const allowed =
  /^(?:a value|EVENT_LIMIT: stopped after (?:20000000 characters|all of the stack|the largest size): the path .{1,80} (?:looks at|makes|goes) too (?:much|deep)|CONFIG_PATH: path .*)$/s;

function ending(run: () => unknown): string {
  try {
    run();
    return 'a value';
  } catch (thrown) {
    return thrown instanceof EngineError ? `${thrown.code}: ${thrown.message}` : `${thrown}`;
  }
}

/** Calls back with so many frames below. */
const below = <T>(frames: number, run: () => T): T => (frames > 0 ? below(frames - 1, run) : run());

/** The same with fewer where the frames have grown meanwhile, as they do when their function is compiled anew. */
function deep<T>(frames: number, run: () => T): T {
  for (let some = frames; ; some = Math.floor(some * 0.8)) {
    try {
      return below(some, run);
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
    }
  }
}

/** How many frames of `below` the stack has room for. */
function room(): number {
  let frames = 1_000;
  while (ending(() => below(frames, () => undefined)) === 'a value') frames += 500;
  return frames;
}

describe.each(Object.entries(ways))('%s', (_name, way) => {
  test.each(hostile)('$name does no harm', ({ text, input }) => {
    checkPath(text);

    expect(ending(() => way(text, input))).toMatch(allowed);
  });

  test('nor does any of them where nine tenths of the stack are in use', () => {
    const frames = Math.floor(room() * 0.9);

    const endings = hostile.map(({ name, text, input }) => `${name}: ${deep(frames, () => ending(() => way(text, input)))}`);

    expect(endings.filter((one) => !allowed.test(one.slice(one.indexOf(': ') + 2)))).toEqual([]);
  });
});
