import { EngineError } from '../../src/core/errors/engine-error.ts';
import { error, type Finding, type Path } from '../../src/core/errors/finding.ts';
import { type Cron, parseCron } from '../../src/core/time/cron.ts';
import type { Checked } from '../checked.ts';
import type { ResetSpec } from './spec.ts';

/** When what is held is forgotten, in milliseconds since 1970. Undefined: never. */
export interface Resets {
  next(after: number): number | undefined;
  /** The last one before a time: one that was missed while nobody worked counts too. */
  last(before: number): number | undefined;
}

/** Undefined without any. */
export function compileResets(specs: readonly ResetSpec[], path: Path): Checked<Resets | undefined> {
  const findings: Finding[] = [];
  const crons: Cron[] = [];
  for (const [index, { byTime }] of specs.entries()) {
    const at = [...path, index, 'byTime'];
    if (!byTime?.cron) {
      findings.push(
        error('CONFIG_MISSING', [...path, index], {
          problem: 'invalid conditionsReset: it needs byTime.cron, the times at which it happens',
        }),
      );
      continue;
    }
    try {
      crons.push(parseCron(byTime.cron, { timezone: byTime.timezone }));
    } catch (thrown) {
      if (!(thrown instanceof EngineError)) throw thrown;
      findings.push(refusal(thrown, byTime.cron, byTime.timezone, at));
    }
  }
  const found = (times: readonly (number | undefined)[]): number[] => times.filter((time) => time !== undefined);
  const value =
    crons.length === 0
      ? undefined
      : {
          next: (after: number) => earliest(found(crons.map((cron) => cron.next(after)))),
          last: (before: number) => latest(found(crons.map((cron) => cron.previous(before)))),
        };
  return { value, findings };
}

const earliest = (times: readonly number[]): number | undefined => (times.length === 0 ? undefined : Math.min(...times));
const latest = (times: readonly number[]): number | undefined => (times.length === 0 ? undefined : Math.max(...times));

/** In Argo's words, and then the reason. */
function refusal({ fields }: EngineError, cron: string, timezone: string | undefined, at: Path): Finding {
  const { offset, problem } = fields;
  if (typeof offset !== 'number' && timezone !== undefined && isRight(cron))
    return error('CONFIG_INVALID', [...at, 'timezone'], { problem: `invalid timezone "${timezone}": unknown time zone` });
  const text = `invalid cron expression "${cron}": ${problem}`;
  return error('CONFIG_INVALID', [...at, 'cron'], { problem: text }, typeof offset === 'number' ? { offset } : {});
}

function isRight(cron: string): boolean {
  try {
    parseCron(cron);
    return true;
  } catch {
    return false;
  }
}
