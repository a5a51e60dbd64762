import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { openExternalJq } from '../../../src/core/jq/index.ts';
import type { Json } from '../../../src/core/json/json.ts';
import { TestClock } from '../../support/clock.ts';

/**
 * A stand-in for the real program: it knows how to say its version, refuses programs with "broken" in them, and answers each line by what
 * its input asks for.
 */
const stand = `#!${process.execPath}
const words = process.argv.slice(2);
if (words[0] === '--version') { console.log('jq-0.test'); process.exit(0); }
const program = words.at(-1) === '/dev/null' ? words.at(-2) : words.at(-1);
if (words.at(-1) === '/dev/null') {
  if (/broken/.test(program)) { console.error('jq: error: it is broken at <top-level>, line 1:\\n.a'); process.exit(3); }
  process.exit(0);
}
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const [number, { say, die, wait, env }] = JSON.parse(line);
  if (die) process.kill(process.pid, 'SIGKILL');
  if (wait) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  console.log(env ? JSON.stringify([[Object.keys(process.env)]]) : (say ?? '[[' + number + ']]'));
});
`;

const folder = mkdtempSync(join(tmpdir(), 'sensorium-jq-'));
const path = join(folder, 'jq');
writeFileSync(path, stand);
chmodSync(path, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (clock = new TestClock()) => openExternalJq({ path, clock });

async function answer(outcome: Promise<Json | undefined>): Promise<unknown> {
  try {
    return await outcome;
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return `${thrown.code}: ${thrown.message}`;
  }
}

test('events of several programs go to one child, and each gets its own answer', async () => {
  await using jq = open();
  const [first, second] = [jq.compile('.a'), jq.compile('.b')];

  expect(await Promise.all([first.first({}), second.first({}), first.first({}), second.first({})])).toEqual([0, 1, 0, 1]);
  expect(jq.compile('.a')).toBe(first);
});

test('what the child says is an output, none, or an error', async () => {
  await using jq = open();
  const program = jq.compile('.');
  const say = (line: string) => answer(program.first({ say: line }));

  expect(await say('[[{"id":12345678901234567890}]]')).toEqual({ id: 12345678901234567890n });
  expect(await say('[[]]')).toBeUndefined();
  expect(await say('[null,"no"]')).toBe('EVENT_TRANSFORM_FAILED: no');
  expect(await say('[null,{"a":1}]')).toBe('EVENT_TRANSFORM_FAILED: error: {"a":1}');
  expect(await say('[[<skipped>]]')).toBe('EVENT_TRANSFORM_FAILED: the output of jq cannot be read as JSON');
});

test('the child has no environment', async () => {
  await using jq = open();

  expect(await jq.compile('.').first({ env: true })).toEqual([]);
});

test('an event that takes more than a second is stopped, and those behind it are asked again', async () => {
  const clock = new TestClock();
  await using jq = open(clock);
  const program = jq.compile('.');
  await program.first({});

  const stuck = answer(program.first({ wait: true }));
  const behind = [program.first({ say: '[["a"]]' }), program.first({ say: '[["b"]]' })];
  await clock.turn(1_000);

  expect(await stuck).toBe('EVENT_LIMIT: stopped after 1 s: the jq program does not seem to end');
  expect(await Promise.all(behind)).toEqual(['a', 'b']);
  expect(await program.first({})).toBe(0);
});

test('an event that ends the child twice is not asked a third time', async () => {
  await using jq = open();
  const program = jq.compile('.');
  const outcomes = [program.first({ say: '[["before"]]' }), program.first({ die: true }), program.first({ say: '[["behind"]]' })];

  expect(await Promise.all(outcomes.map(answer))).toEqual([
    'before',
    'EVENT_LIMIT: stopped after 536870912 bytes: the jq program has ended its process',
    'behind',
  ]);
});

test('a program that the real jq refuses is refused, at the place where our own compiler sees the mistake', async () => {
  await using jq = open();
  const refusal = (program: string) => {
    try {
      jq.compile(program);
    } catch (thrown) {
      const { code, message, fields, hint } = thrown as EngineError;
      return { code, message, offset: fields.offset, hint };
    }
    return undefined;
  };

  expect(refusal('.a | broken')).toEqual({
    code: 'CONFIG_JQ',
    message: 'jq: it is broken at <top-level>, line 1:',
    offset: 5,
    hint: undefined,
  });
  expect(refusal(' ')).toMatchObject({ code: 'CONFIG_JQ', offset: 0 });
  expect(refusal(`"${'x'.repeat(40_000)}"`)?.message).toBe('jq: the program has more than 30000 characters');
});

test('a file that is no jq is refused at once', () => {
  const refused = (file: string) => () => openExternalJq({ path: file, clock: new TestClock() });

  expect(refused(process.execPath)).toThrow(/^--jq-engine: .* is no jq: it says "v\d+/);
  expect(refused(join(folder, 'nothing'))).toThrow(/^--jq-engine: .*nothing cannot be run: .*ENOENT/);
  expect(existsSync(path)).toBe(true);
});
