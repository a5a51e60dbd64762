/**
 * Makes a checkout ready: installs from the lock file when `node_modules` is missing or older, and compiles and bundles when a source
 * is newer than the last build. Runs before `npm start` and `npm test`, so that a fresh clone needs nothing before them.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...steps) => join(root, ...steps);
const changed = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** Standard output belongs to the command that follows, so everything here goes to standard error. */
function run(what, command, words) {
  process.stderr.write(`${what} …\n`);
  const { status, error } = spawnSync(command, words, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (error) throw error;
  return status ?? 1;
}

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : changed(path));
  }
  return latest;
}

export function prepare() {
  if (changed(at('node_modules', '.package-lock.json')) < changed(at('package-lock.json'))) {
    const status = run('installing the packages of package-lock.json', 'npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']);
    if (status !== 0) process.exit(status);
  }
  const stamp = at('dist', '.built');
  const sources = ['src', 'eventbus', 'eventsources', 'sensors', 'test', 'bench'].map((name) => at(name)).filter(existsSync);
  // The libraries of the lock file are in the bundle.
  const tools = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'tools/bundle.mjs'].map((name) => changed(at(name)));
  const latest = Math.max(...tools, ...sources.map(newest));
  if (changed(stamp) >= latest) return;
  const started = new Date();
  const fresh = at(`dist.${process.pid}`);
  const status = run('compiling', process.execPath, [
    at('node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    'tsconfig.build.json',
    '--outDir',
    fresh,
  ]);
  const isUsable = status === 0 || (!process.env.CI && existsSync(join(fresh, 'src', 'cli', 'main.js')));
  const failed = isUsable ? run('bundling', process.execPath, [at('tools', 'bundle.mjs'), fresh]) : status;
  if (failed !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    process.exit(failed);
  }
  if (status === 0) writeFileSync(join(fresh, '.built'), `${started.toISOString()}\n`);
  swap(fresh, at('dist'));
}

/** Puts a finished build in the place of the old one, so that nobody meets half a build. */
function swap(fresh, place) {
  const old = `${fresh}.old`;
  if (existsSync(place)) renameSync(place, old);
  renameSync(fresh, place);
  rmSync(old, { recursive: true, force: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) prepare();
