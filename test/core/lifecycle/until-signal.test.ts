import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const compiled = join(import.meta.dirname, '../../../dist/src/core/lifecycle/until-signal.js');

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('a process that something holds open ends a while after %s, with %i', async (name, code) => {
  const program = `
    import { untilSignal } from ${JSON.stringify(compiled)};
    untilSignal(50).addEventListener('abort', () => console.log('told'));
    setTimeout(() => {}, 25_000);
    console.log('ready');
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  await once(child.stdout, 'data');

  child.kill(name);

  expect(await ended).toEqual([code, null]);
  expect(text).toBe('ready\ntold\n');
});
