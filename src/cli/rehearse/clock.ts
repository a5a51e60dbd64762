import { type Clock, systemClock } from '../../core/time/clock.ts';

/** A clock that shows one time for ever. */
export const clockAt = (now: number): Clock => ({ ...systemClock, now: () => now });
