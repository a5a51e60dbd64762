import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/core/json/json.ts';
import { goQuote } from '../../../../src/core/json/quote.ts';
import { compileTemplate } from '../../../../src/dialects/tekton/templates/index.ts';

const names = ['a', 'b', 'c.d'];
const piece = fc.oneof(fc.constantFrom(...names.map((name) => `$(tt.params.${name})`), '$(uid)', '$(', ')', 'x'), fc.string());
const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ maxDepth: 3 }, text, fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(text, tie('tree'), { maxKeys: 3 })),
}));

/** A value as a binding gives it from a text of an event, in which no variable stands. */
const value = fc.string({ unit: 'grapheme' }).map((one) => goQuote(one.replace(/[$(]/g, '')).slice(1, -1));

/** How the original does it: in the text of the resource, which is then read. */
function byText(resource: unknown, params: ReadonlyMap<string, string>, uid: string): unknown {
  let written = JSON.stringify(resource);
  for (const [name, inside] of params) written = written.split(`$(tt.params.${name})`).join(inside);
  return JSON.parse(written.split('$(uid)').join(uid));
}

test('where the original can read its text, the tree is the same', () => {
  fc.assert(
    fc.property(tree, value, value, value, (spec, a, b, cd) => {
      const resource = { spec };
      const params = new Map([
        ['a', a],
        ['b', b],
        ['c.d', cd],
      ]);

      const [made] = compileTemplate({ resourcetemplates: [resource] })(params, 'u-1');

      // Where a variable is made only by replacing another one, one pass and several differ: that is what one pass is for.
      fc.pre(!/\$\((?:tt\.params\.[^)]*|u?i?d?)?\$\(/.test(JSON.stringify(resource)));
      expect(made).toEqual(byText(resource, params, 'u-1'));
    }),
    { numRuns: 500 },
  );
});

test('no value ever adds a field or a place to a list', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (hostile) => {
      const resource: JsonObject = { apiVersion: 'tekton.dev/v1', list: ['$(tt.params.p)', 'end'], map: { k: 'a$(tt.params.p)b' } };

      const [made] = compileTemplate({ resourcetemplates: [resource] })(new Map([['p', hostile]]), 'u');

      expect(Object.keys(made!)).toEqual(['apiVersion', 'list', 'map']);
      expect(made!['list']).toHaveLength(2);
      expect(Object.keys(made!['map'] as JsonObject)).toEqual(['k']);
      expect(made!['list']).toEqual([expect.any(String), 'end']);
    }),
    { numRuns: 300 },
  );
});
