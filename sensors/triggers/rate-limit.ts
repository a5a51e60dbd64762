import { z } from 'zod';
import { error, type Path, warning } from '../../src/core/errors/finding.ts';
import { own } from '../../src/core/own.ts';
import type { Checked } from '../checked.ts';

export const rateLimitSpec = z.strictObject({
  unit: z.string().optional().describe('The time in which it counts: `Second` (the default), `Minute` or `Hour`.'),
  requestsPerUnit: z.int().optional().describe('How many attempts may start in that time, evenly spaced; 1 or more.'),
});

type RateLimitSpec = z.output<typeof rateLimitSpec>;

const units: Readonly<Record<string, number>> = { Second: 1_000, Minute: 60_000, Hour: 3_600_000 };

/** The milliseconds between two starts; undefined without a limit. A unit that Argo does not know counts as a second there, and here. */
export function compileRateLimit(spec: RateLimitSpec | undefined, path: Path): Checked<number | undefined> {
  if (!spec) return { value: undefined, findings: [] };
  const { unit = '', requestsPerUnit = 0 } = spec;
  const findings = [];
  if (requestsPerUnit < 1) {
    const problem = `a rate limit needs requestsPerUnit of 1 or more, not ${requestsPerUnit}`;
    const at = spec.requestsPerUnit === undefined ? path : [...path, 'requestsPerUnit'];
    findings.push(error('CONFIG_INVALID', at, { problem }, { hint: 'say how many attempts may start in one unit' }));
  }
  if (unit !== '' && !own(units, unit)) {
    const problem = `"${unit}" is no unit of a rate limit, and counts as Second`;
    findings.push(warning('CONFIG_INVALID', [...path, 'unit'], { problem }, { hint: 'one of Second, Minute, Hour' }));
  }
  return { value: (own(units, unit) ?? 1_000) / requestsPerUnit, findings };
}
