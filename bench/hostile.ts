/**
 * Programs that mean no good, in every language that a rule may hold: what stopped each, after how long, and how late a timer was meanwhile
 * that rings every 5 ms. Ends with code 1 when one takes more than a second. `--all` shows also those that end within 50 ms.
 */
import { EngineError } from '../src/core/errors/engine-error.ts';
import { type Attack, attacks, run } from '../test/support/attacks.ts';

/** In milliseconds. */
const allowed = 1_000;
const worthALine = 50;
const rings = 5;

interface Ending {
  readonly attack: Attack;
  readonly end: string;
  readonly took: number;
  /** By how much the timer was late at the worst. */
  readonly late: number;
}

/** A timer beside the programs; tells how late it was since it was asked last. */
function watch() {
  let latest = 0;
  let due = performance.now() + rings;
  const timer = setInterval(() => {
    const now = performance.now();
    latest = Math.max(latest, now - due);
    due = now + rings;
  }, rings);
  return {
    async late(): Promise<number> {
      await new Promise((resolve) => setTimeout(resolve, rings));
      const late = Math.max(latest, 0);
      latest = 0;
      return late;
    },
    stop: () => clearInterval(timer),
  };
}

function ending(attack: Attack): string {
  try {
    const value = run(attack);
    return value === undefined ? 'nothing' : 'a value';
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) return `NOT OURS: ${thrown}`;
    return thrown.code === 'EVENT_LIMIT' ? `${thrown.code}: ${thrown.fields['limit']}` : thrown.code;
  }
}

async function endings(): Promise<Ending[]> {
  const timer = watch();
  const found: Ending[] = [];
  for (const attack of attacks) {
    await timer.late();
    const began = performance.now();
    const end = ending(attack);
    const took = performance.now() - began;
    found.push({ attack, end, took, late: await timer.late() });
  }
  timer.stop();
  return found;
}

const found = await endings();
const shown = process.argv.includes('--all') ? found : found.filter(({ took }) => took >= worthALine);
console.log('language   program                                             stopped by                       ms   timer late, ms');
for (const { attack, end, took, late } of shown) {
  const cells = [attack.language.padEnd(9), cut(attack.name, 50).padEnd(50), cut(end, 28).padEnd(28)];
  console.log(`${cells.join('  ')}  ${took.toFixed(0).padStart(5)}  ${late.toFixed(0).padStart(14)}`);
}
const slowest = found.reduce((one, other) => (one.took > other.took ? one : other));
const bad = found.filter(({ took, end }) => took > allowed || end.startsWith('NOT OURS'));
console.log(
  `${found.length} programs; ${found.length - shown.length} ended within ${worthALine} ms and are not shown; the slowest took ${slowest.took.toFixed(0)} ms; ${bad.length} took more than ${allowed} ms or broke out`,
);
process.exitCode = bad.length > 0 ? 1 : 0;

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
