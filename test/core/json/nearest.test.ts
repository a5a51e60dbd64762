import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../src/core/json/json.ts';
import { nearestTo } from '../../../src/core/json/nearest.ts';

const payload: Json = {
  type: 'ADD',
  body: {
    metadata: { name: 'hello', namespace: 'playground', annotations: { 'example.com/host': 'a' } },
    spec: { ports: [{ port: 80 }], paused: {} },
  },
};

test.each([
  ['a path that exists needs no help', 'body.metadata.name', undefined],
  ['what stands deeper is found by its end', 'metadata.namespace', 'did you mean body.metadata.namespace?'],
  ['a step in the middle is corrected', 'body.metdata.name', 'did you mean body.metadata.name?'],
  ['the last step is corrected', 'body.metadata.nmae', 'did you mean body.metadata.name?'],
  ['letters of another case are a mistake', 'body.Metadata.name', 'did you mean body.metadata.name?'],
  [
    'a key with a dot is escaped',
    'body.metadata.annotations.example\\.com/hots',
    'did you mean body.metadata.annotations.example\\.com/host?',
  ],
  ['the same key elsewhere is the next guess', 'body.status.port', 'did you mean body.spec.ports.0.port?'],
  ['otherwise the keys are listed', 'body.metadata.generation.of.it', 'body.metadata has name, namespace, annotations'],
  ['an empty object has none', 'body.spec.paused.since', 'body.spec.paused is an empty object'],
  ['a list tells its length', 'body.spec.ports.7', 'body.spec.ports is a list of 1'],
  ['a scalar has no keys', 'type.kind.of', 'type is "ADD", which has no keys'],
  ['of queries nothing can be said', 'body.spec.ports.#(port==81)', undefined],
])('%s', (_name, path, hint) => {
  expect(nearestTo(path, payload)).toBe(hint);
});

test('any path and payload give a sentence or nothing', () => {
  fc.assert(
    fc.property(fc.string(), fc.jsonValue({ maxDepth: 4 }), (path, value) => {
      expect(['string', 'undefined']).toContain(typeof nearestTo(path, value as Json));
    }),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 300) },
  );
});
