/**
 * `npm run drills -- [NAME…] [--seed N] [--minutes M] [--short] [--verbose] [--list]`: breaks things while numbered events come, and accounts for
 * every number. Real processes on real servers (`node tools/servers.mjs` builds them), all on loopback addresses.
 *
 * One line for each drill; ends with 1 unless every number is accounted for. A seed repeats a run as far as processes let it; with
 * `--minutes` the drills go on, each round with the next seed, until so long has passed.
 */
import { parseArgs } from 'node:util';
import type { Drill } from './drill.ts';
import { drills } from './drills/index.ts';
import { Ground } from './ground.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    minutes: { type: 'string' },
    short: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

const unknown = positionals.filter((name) => !drills.some((drill) => drill.name === name));
if (unknown.length > 0) {
  console.error(`there is no drill ${unknown.join(', ')}; there are ${drills.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const wanted = positionals.length > 0 ? drills.filter(({ name }) => positionals.includes(name)) : drills;
const firstSeed = number('seed', Math.floor(Math.random() * 1_000_000));
const until = performance.now() + number('minutes', 0) * 60_000;

/** Where the drill is held that is on; it ends with us, whoever ends us. */
let current: Ground | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, async () => {
    await current?.[Symbol.asyncDispose]();
    process.exit(130);
  });

if (values.list) for (const { name, what } of drills) console.log(`${name.padEnd(16)} ${what}`);
else {
  const passed: boolean[] = [];
  for (let seed = firstSeed; seed === firstSeed || performance.now() < until; seed++)
    for (const drill of wanted) passed.push(await hold(drill, seed));
  const failed = passed.filter((isPassed) => !isPassed).length;
  console.log(`${passed.length - failed} passed, ${failed} failed`);
  // Whatever a drill has left open must not keep its report.
  process.exit(failed > 0 ? 1 : 0);
}

/** True when every number is accounted for, and all else was as the drill wants it. */
async function hold(drill: Drill, seed: number): Promise<boolean> {
  const began = performance.now();
  const { short, verbose } = values;
  await using ground = new Ground({ seed, short, verbose });
  current = ground;
  const problems: string[] = [];
  try {
    await drill.run(ground);
  } catch (thrown) {
    problems.push(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  }
  const { accepted, done, parked, lost, twice, recognised } = ground.ledger.account();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const repeats = recognised > 0 ? `, ${recognised} repeats known to the target` : '';
  console.log(
    `DRILL ${drill.name}: accepted ${accepted}, done ${done}, parked ${parked}, lost ${lost.length}, twice ${twice.length}  (seed ${seed}, ${seconds} s${repeats})`,
  );
  if (accepted === 0) problems.push('nothing was accepted');
  if (lost.length > 0) problems.push(`lost: ${lost.slice(0, 20).join(', ')}`);
  if (twice.length > 0) problems.push(`twice: ${twice.slice(0, 20).join(', ')}`);
  if (parked > 0 && !drill.mayPark) problems.push('nothing may be parked here');
  if (problems.length > 0) console.log(`FAILED drill ${drill.name}`);
  for (const problem of problems) console.log(`  ${problem}`);
  return problems.length === 0;
}

function number(name: 'seed' | 'minutes', usual: number): number {
  const given = values[name];
  if (given === undefined) return usual;
  const value = Number(given);
  if (Number.isFinite(value) && value >= 0) return value;
  console.error(`--${name} wants a number, not "${given}"`);
  process.exit(2);
}
