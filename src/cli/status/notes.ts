/** Which happenings in a rule its author must know of, and the Event that says so. */
import { EngineError } from '../../core/errors/engine-error.ts';
import type { HappeningName } from '../../core/telemetry/happenings.ts';
import type { TellFields } from '../../core/telemetry/tell.ts';
import type { Note } from './kube-events.ts';

type Say = (fields: TellFields) => string;

const warnings: Partial<Record<HappeningName, readonly [reason: string, say: Say]>> = {
  firingParked: ['FiringParked', (fields) => `trigger "${fields['trigger']}" gave up and the firing is parked: ${errorIn(fields)}`],
  firingHandedOver: [
    'FiringHandedOver',
    (fields) => `trigger "${fields['trigger']}" gave up and the events go to "${fields['to']}": ${errorIn(fields)}`,
  ],
  eventUnusable: ['EventParked', (fields) => `${whose(fields)} cannot use an event, which is parked: ${errorIn(fields)}`],
  targetAway: [
    'TargetAway',
    (fields) => `the target of trigger "${fields['trigger']}" does not answer, its firings wait: ${errorIn(fields)}`,
  ],
  watchRefused: ['WatchRefused', (fields) => `the API server refuses the watch of "${fields['event']}": ${errorIn(fields)}`],
  senderAway: ['SenderAway', (fields) => `what "${fields['event']}" listens to is away: ${errorIn(fields)}`],
  eventTooLarge: ['EventTooLarge', (fields) => `an event of "${fields['event']}" is larger than the bus takes`],
  hookFailed: ['HookFailed', (fields) => `the hook of "${fields['event']}" could not be registered: ${errorIn(fields)}`],
  workerFailed: ['Failed', (fields) => `${fields['part']} failed and is started again: ${errorIn(fields)}`],
};

const good: Partial<Record<HappeningName, readonly [reason: string, say: Say]>> = {
  targetBack: ['TargetBack', (fields) => `the target of trigger "${fields['trigger']}" answers again`],
  watchAccepted: ['WatchAccepted', (fields) => `the API server accepts the watch of "${fields['event']}" now`],
  senderBack: ['SenderBack', (fields) => `what "${fields['event']}" listens to is back`],
};

/** Undefined for what concerns nobody but the log. */
export function noteOf(name: HappeningName, fields: TellFields): Note | undefined {
  const bad = warnings[name];
  const found = bad ?? good[name];
  return found && { type: bad ? 'Warning' : 'Normal', reason: found[0], message: found[1](fields) };
}

const whose = ({ dependency }: TellFields): string => (dependency === undefined ? 'the sensor' : `dependency "${dependency}"`);

function errorIn({ error, reason }: TellFields): string {
  if (!(error instanceof EngineError)) return String(error ?? reason ?? 'no reason');
  return error.hint === undefined ? error.message : `${error.message} (try: ${error.hint})`;
}
