import { expect, test } from 'vitest';
import { standardOutput } from '../../../src/core/telemetry/standard-output.ts';

/** What is written, piece by piece; `behave` may refuse, or take less than it is given. */
function reader(behave: (bytes: Uint8Array) => number = (bytes) => bytes.length) {
  const pieces: string[] = [];
  const lines = standardOutput((bytes, from) => {
    const rest = bytes.subarray(from);
    const taken = behave(rest);
    pieces.push(Buffer.from(rest.subarray(0, taken)).toString('utf8'));
    return taken;
  });
  return { lines, pieces };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const refusal = (code: string) => Object.assign(new Error(code), { code });

test('the lines of one turn are written together, in their order', async () => {
  const { lines, pieces } = reader();

  lines.write('one\n');
  lines.write('zwölf\n');
  await turn();
  lines.write('three\n');
  await turn();

  expect(pieces).toEqual(['one\nzwölf\n', 'three\n']);
});

test('many lines, and lines longer than what is gathered, are written in their order and before the turn ends', () => {
  const { lines, pieces } = reader();
  const all = Array.from({ length: 500 }, (_, index) => `${index} ${'ü'.repeat(index * 200)}\n`);

  for (const line of all) lines.write(line);

  const written = pieces.join('');
  expect(written).toBe(all.join('').slice(0, written.length));
  expect(all.join('').length - written.length).toBeLessThan(128 * 1024);
});

test('a reader who is behind is waited for, and gets every byte once', async () => {
  let calls = 0;
  const { lines, pieces } = reader((bytes) => {
    calls += 1;
    if (calls === 2) throw refusal('EAGAIN');
    return Math.min(bytes.length, 4);
  });

  lines.write('0123456789\n');
  await turn();

  expect(pieces).toEqual(['0123', '4567', '89\n']);
});

test('what a full disk does not take is lost, and the next lines are tried again', async () => {
  let isFull = true;
  const { lines, pieces } = reader((bytes) => {
    if (isFull) throw refusal('ENOSPC');
    return bytes.length;
  });

  lines.write('lost\n');
  await turn();
  isFull = false;
  lines.write('kept\n');
  await turn();

  expect(pieces).toEqual(['kept\n']);
});
