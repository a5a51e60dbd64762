import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isObject, type Json } from '../../../../src/core/json/json.ts';
import { compileKubePath, PathError } from '../../../../src/core/kube/json-path/index.ts';
import { find } from '../../../../tools/servers.mjs';
import { filesOf } from '../../../support/files.ts';
import { haveKubectl } from '../../../support/kubectl.ts';

const run = promisify(execFile);

const value: Json = {
  list: ['x', 'y', 'z'],
  numbers: [1, 2.5, 3],
  objs: [
    { k: 'a', n: 1, on: true, l: [1] },
    { k: 'b', n: 2, on: false, l: [] },
    { k: 'c', n: 2.5 },
  ],
  nested: { deep: [{ k: 'a' }, { k: 'b', deep: [{ k: 'c' }] }] },
  text: 'héj',
  n: 7,
  on: true,
  nul: null,
  none: [],
  nothing: {},
  'dotted.key': 'd',
  'a-b': 1,
  '': 'empty',
};

/** Any JSON can be an extension of a kubeconfig, which kubectl shows without a server. */
const config = { apiVersion: 'v1', kind: 'Config', extensions: [{ name: 'value', extension: value }] };

const name = fc.constantFrom(
  'list',
  'numbers',
  'objs',
  'nested',
  'deep',
  'text',
  'n',
  'k',
  'on',
  'nul',
  'none',
  'nothing',
  'dotted\\.key',
  'a-b',
  'nope',
  '*',
  '',
);
const place = fc.integer({ min: -4, max: 4 }).map(String);
const maybe = fc.oneof(place, fc.constant(''));
const quoted = name.map((one) => `'${one}'`);
const literal = fc.constantFrom("'b'", '"b"', '2', '2.0', '2.5', 'true', 'false', 'null', '@.k', '@.n', "''", '-1', 'b');
const operator = fc.constantFrom('==', '!=', '<', '<=', '>', '>=', '=~', '=', ' == ');
const tested = fc.constantFrom('@.k', '@.n', '@.on', '@.l[0]', '@.l', '@.deep', '@', '@.nope', '1', '@.k ');
const segment = fc.oneof(
  { arbitrary: name.map((one) => `.${one}`), weight: 4 },
  { arbitrary: place.map((one) => `[${one}]`), weight: 3 },
  quoted.map((one) => `[${one}]`),
  name.map((one) => `..${one}`),
  fc.constantFrom('[*]', '.*', '..', '[]', '[:]', '[::2]'),
  fc.tuple(maybe, maybe).map(([from, to]) => `[${from}:${to}]`),
  fc.tuple(maybe, maybe, place).map(([from, to, step]) => `[${from}:${to}:${step}]`),
  fc.tuple(fc.oneof(place, quoted), fc.oneof(place, quoted)).map((both) => `[${both.join(',')}]`),
  { arbitrary: fc.tuple(tested, operator, literal).map((parts) => `[?(${parts.join('')})]`), weight: 2 },
  tested.map((one) => `[?(${one})]`),
  fc.constantFrom(
    ' ',
    '@',
    '$',
    '|',
    ',',
    '(',
    ')',
    "'",
    '"',
    '\\',
    ']',
    '[',
    '.',
    ' 5',
    ' true',
    " 'a'",
    ' word',
    '+1',
    '[?(',
    '\t',
    '-',
    ' 1.2.3',
    '/',
  ),
);
const start = fc.constantFrom('', '.list', '.numbers', '.objs', '.objs', '.nested', '.nested.deep', '.text', '.nul', '.none');
const path = fc
  .tuple(start, fc.array(segment, { minLength: 1, maxLength: 3 }))
  .map(([first, segments]) => `.extensions[0].extension${first}${segments.join('')}`)
  // An empty range ends a search: which values it has seen then is chance where they come from the members of an object.
  .filter((text) => !/(?:\*|\.\.).*\[(?:\*|[^\]]*:)/.test(text));

/** What a path finds, or that it fails. Members of an object come in any order from kubectl. */
type Found = readonly string[] | 'fails';

function ours(text: string, mayMiss: boolean): Found {
  try {
    return compileKubePath(text).find(config, { mayMiss }).map(shown).sort();
  } catch (thrown) {
    if (thrown instanceof PathError) return 'fails';
    throw thrown;
  }
}

async function theirs(file: string, text: string, mayMiss: boolean): Promise<Found> {
  const flags = ['--kubeconfig', file, 'config', 'view', '--raw', `--allow-missing-template-keys=${mayMiss}`];
  try {
    const { stdout } = await run(find('kubectl')!, [...flags, '-o', `jsonpath-as-json={${text}}`]);
    return (stdout.trim() === '' ? [] : (JSON.parse(stdout) as Json[])).map(shown).sort();
  } catch (thrown) {
    if (/jsonpath/i.test((thrown as { stderr?: string }).stderr ?? '')) return 'fails';
    throw thrown;
  }
}

const shown = (found: Json): string =>
  JSON.stringify(found, (_, one) => (isObject(one) ? Object.fromEntries(Object.entries(one).sort()) : one));

describe.runIf(haveKubectl())('paths', () => {
  test('find what kubectl finds, and fail where it fails', { timeout: 120_000 }, async () => {
    using files = filesOf({ config: JSON.stringify(config) });
    const paths = fc.sample(fc.tuple(path, fc.boolean()), {
      seed: 7,
      numRuns: 150,
    });
    const differing: unknown[] = [];
    for (const [text, mayMiss] of paths) {
      const [one, other] = [ours(text, mayMiss), await theirs(files.config, text, mayMiss)];
      if (JSON.stringify(one) !== JSON.stringify(other)) differing.push({ text, mayMiss, ours: one, theirs: other });
    }

    expect(differing).toEqual([]);
    expect(paths.filter(([text, mayMiss]) => ours(text, mayMiss) !== 'fails').length).toBeGreaterThan(paths.length / 4);
  });
});
