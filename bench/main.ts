/**
 * `npm run bench -- [NAME…] [--OPTION…]`: the named benchmarks, or all of them, one after another, each in a process of its own. Options
 * are handed on to each that is named.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const programs = [
  'json',
  'path',
  'jq',
  'lua',
  'template',
  'expression',
  'cel',
  'parameters',
  'cron',
  'hostile',
  'validate',
  'bus',
  'sensor',
  'many',
  'processes',
  'http-trigger',
  'webhook',
  'listener',
  'broker',
  'pipeline',
  'profile',
  'load',
  'soak',
  'kube',
  'watched',
  'end-to-end',
];

const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => word.startsWith('--'));
const wanted = firstOption < 0 ? words : words.slice(0, firstOption);
const options = words.slice(wanted.length);
const unknown = wanted.filter((name) => !programs.includes(name));
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(', ')}; there are ${programs.join(', ')}`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : programs) {
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(`./${name}.js`, import.meta.url)), ...options], {
    stdio: 'inherit',
  });
  console.log('');
  if (status !== 0) process.exitCode = 1;
}
