import { type Cron, parseCron } from '../../../core/time/cron.ts';

/** Five fields, or six with seconds first, or `@hourly` and the like. Throws EngineError CONFIG_CRON. */
export const parsePingSchedule = ({ schedule, timezone }: { readonly schedule: string; readonly timezone: string }): Cron =>
  parseCron(schedule, { timezone, withSeconds: 'maybe', withWords: true });
