import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EngineError } from '../../../../src/core/errors/engine-error.ts';
import { setRaw, setString } from '../../../../src/core/json/set-path/index.ts';

interface Case {
  readonly json: string;
  readonly path: string;
  readonly value?: string;
  readonly raw?: string;
  readonly out?: string;
  readonly error?: true;
}

/** Texts and paths with what sjson 1.2.5 makes of them. One case a line. */
const corpus = readFileSync(new URL('corpus.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

test.each(corpus)('$path in $json', ({ json, path, value, raw, out, error }) => {
  expect(made({ json, path, ...(raw === undefined ? { value: value! } : { raw }) })).toBe(error ? 'CONFIG_PATH' : out);
});

function made({ json, path, value, raw }: Case): string {
  try {
    return raw === undefined ? setString(json, path, value!) : setRaw(json, path, raw);
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return thrown.code;
  }
}

test('there are several hundred of them', () => {
  expect(corpus.length).toBeGreaterThan(300);
});
