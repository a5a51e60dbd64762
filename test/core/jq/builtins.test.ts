import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { compileJq } from '../../../src/core/jq/index.ts';
import { gojqBuiltins } from './gojq-builtins.ts';

test('every built-in of gojq is here, but those of which the page on jq says why not', () => {
  const missing = gojqBuiltins.filter((signature) => !isKnown(signature));

  expect(missing.join(' ')).toBe('erf/0 erfc/0 input/0 inputs/0 j0/0 j1/0 jn/2 modulemeta/0 y0/0 y1/0 yn/2');
});

function isKnown(signature: string): boolean {
  const [name, arity] = signature.split('/');
  const args = Array<string>(Number(arity)).fill('""');
  try {
    compileJq(args.length > 0 ? `${name}(${args.join(';')})` : name!);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return false;
  }
}
