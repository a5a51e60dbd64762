/**
 * Every parser that meets foreign text: always a value or an error of ours, never a crash, never an end that does not come.
 *
 * Programs are counted in steps, not timed; one without end would hold this test for ever. `FUZZ_RUNS=100000` runs longer, on
 * other texts each time; what is run by default is the same each time.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/core/json/json.ts';
import { nearly } from './mutations.ts';
import { isOurs, parsers } from './parsers.ts';

const wanted = process.env['FUZZ_RUNS'];
const runs = Number(wanted ?? 200);

const typical: JsonObject = {
  a: 1,
  b: 'xy',
  c: true,
  n: 2.5,
  big: 12345678901234567890n,
  nothing: null,
  list: [3, 1, 2],
  items: [
    { name: 'x', price: 3 },
    { name: 'y', price: 1 },
  ],
  body: { metadata: { name: 'web', labels: { 'app.kubernetes.io/name': 'x' } }, action: 'opened' },
};
const event = fc.oneof(
  fc.constant(typical),
  fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 3 })) as fc.Arbitrary<JsonObject>,
);

test.each(parsers.map((parser) => [parser.name, parser] as const))(
  '%s',
  async (_name, parser) => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    await fc.assert(
      fc.asyncProperty(nearly(parser.examples()), event, async (text, data) => {
        try {
          await parser.run(text, data);
        } catch (thrown) {
          if (!isOurs(parser, thrown)) throw thrown;
        }
      }),
      { numRuns: Math.ceil(runs * (parser.share ?? 1)), ...(wanted === undefined ? { seed: 1 } : {}) },
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  },
  24 * 3_600_000,
);
