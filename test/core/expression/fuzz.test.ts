import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { compileArgoExpression, compileGovaluate } from '../../../src/core/expression/index.ts';
import type { JsonObject } from '../../../src/core/json/json.ts';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 1500);

const words =
  `a b body.x d 1 2.5 0 "x" '^a' true false nil # .y #acc ( ) [ ] { } ( ) , ; : ? ?. ?? . .. + - * / % ** ^ == != < > <= >= && || ! & | << >> ~ =~ !~
   and or not in contains startsWith matches let = len( all( filter( map( reduce( groupBy( sort( sum( string( int( split( join( first( get( toJson( jsonpath( sprig.upper( now() 2024-01-01 "10:30PM" \\ $env`.split(
    /\s+/,
  );

const texts = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((parts) => parts.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
);

const inputs = fc.record({
  a: fc.jsonValue({ maxDepth: 3 }),
  b: fc.oneof(fc.string(), fc.double(), fc.constant(2n ** 70n)),
  body: fc.record({ x: fc.jsonValue({ maxDepth: 2 }) }),
}) as fc.Arbitrary<JsonObject>;

const languages = { govaluate: compileGovaluate, 'expr-lang': compileArgoExpression };

test.each(Object.entries(languages))('%s: whatever is written, it gives a value or an error of ours with its place', (_, compile) => {
  fc.assert(
    fc.property(texts, inputs, (text, input) => {
      const before = structuredClone(input);
      try {
        compile(text).evaluate(input);
      } catch (thrown) {
        if (!(thrown instanceof EngineError)) throw thrown;
        const { code, fields } = thrown;
        if (code !== 'EVENT_LIMIT') expect(fields['offset']).toBeTypeOf('number');
        if (code.startsWith('CONFIG_')) expect(fields['offset']).toBeLessThanOrEqual(text.length);
      }
      expect(input).toEqual(before);
    }),
    { numRuns },
  );
});
