/** `npm run bench -- [NAME…]`: the named benchmarks, or all of them, one after another, each in a process of its own. */
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
  'http-trigger',
  'webhook',
  'listener',
  'broker',
  'pipeline',
  'kube',
  'end-to-end',
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !programs.includes(name));
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(', ')}; there are ${programs.join(', ')}`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : programs) {
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(`./${name}.js`, import.meta.url))], { stdio: 'inherit' });
  console.log('');
  if (status !== 0) process.exitCode = 1;
}
