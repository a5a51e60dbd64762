import { EngineError } from '../../src/core/errors/engine-error.ts';
import { error, type Finding, type Path, warning } from '../../src/core/errors/finding.ts';
import { zoneOf } from '../../src/core/time/cron.ts';
import { parseDuration } from '../../src/core/time/duration.ts';
import { excludedInstants, namesDates } from './exclusions.ts';
import { compileSchedule } from './schedule.ts';
import type { CalendarSpec } from './spec.ts';

/** What the schema cannot say of an entry. */
export function checkCalendar(spec: CalendarSpec): Finding[] {
  const { schedule, interval, timezone, exclusionDates, persistence } = spec;
  if (!schedule && !interval) return [error('CONFIG_MISSING', [], { problem: 'must have either schedule or interval' })];
  const findings = schedule
    ? refusalOf(['schedule'], () => compileSchedule({ schedule, timezone: '', exclusionDates: [] }))
    : refusalOf(['interval'], () => compileSchedule({ interval, timezone: '', exclusionDates: [] }));
  if (schedule && interval) {
    findings.push(warning('CONFIG_INVALID', ['interval'], { problem: 'the interval has no effect beside a schedule' }));
  }
  if (!zoneOf(timezone)) {
    findings.push(
      error('CONFIG_INVALID', ['timezone'], { problem: `unknown time zone ${timezone}` }, { hint: 'write a name such as Europe/London' }),
    );
  }
  exclusionDates.forEach((entry, index) => {
    findings.push(...checkExclusion(entry, ['exclusionDates', index]));
  });
  const longest = persistence?.catchup?.maxDuration;
  if (longest && parseDuration(longest) === undefined) {
    const problem = `"${longest}" is no duration`;
    findings.push(error('CONFIG_INVALID', ['persistence', 'catchup', 'maxDuration'], { problem }, { hint: 'such as 30m or 24h' }));
  }
  return findings;
}

function checkExclusion(entry: string, path: Path): Finding[] {
  if (namesDates(entry)) return refusalOf(path, () => excludedInstants([entry]));
  const problem = `"${entry}" excludes nothing: it does not begin with EXDATE:`;
  return [warning('CONFIG_INVALID', path, { problem }, { hint: 'write EXDATE:20261225T000000Z' })];
}

function refusalOf(path: Path, compile: () => unknown): Finding[] {
  try {
    compile();
    return [];
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    const { fields, hint } = thrown;
    const { offset } = fields;
    return [error(thrown.code, path, fields, { ...(hint ? { hint } : {}), ...(typeof offset === 'number' ? { offset } : {}) })];
  }
}
