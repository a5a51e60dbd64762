import type { Calls } from './callers.ts';
import type { Target } from './target.ts';

export interface Delays {
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
}

/** How long after they began the effects of these calls came, in milliseconds. */
export function delaysOf({ began }: Calls, target: Target): Delays {
  const sorted = [...began]
    .flatMap(([number, at]) => (target.times.get(`${target.prefix}${number}`) ?? Number.NaN) - at)
    .filter((delay) => !Number.isNaN(delay))
    .sort((one, other) => one - other);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), longest: at(1) };
}

export const worstOf = (delays: readonly Delays[]): Delays => ({
  p50: Math.max(...delays.map(({ p50 }) => p50)),
  p99: Math.max(...delays.map(({ p99 }) => p99)),
  longest: Math.max(...delays.map(({ longest }) => longest)),
});

/** True when the delays are so much above those of a calm phase that chance is no reason: an event that waited for another is later by more. */
export const isLater = (calm: Delays, { p50, p99 }: Delays): boolean => p50 > 2 * calm.p50 + 100 || p99 > 2 * calm.p99 + 500;

export const shown = ({ p50, p99, longest }: Delays): string =>
  `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, longest ${longest.toFixed(0)} ms`;
