import type { HappeningName } from './happenings.ts';
import type { TellFields } from './tell.ts';

/**
 * What Argo Events' parts say of the same, for scripts that look for their words: it stands beside our own message, as `argo`.
 * Only what users are known to look for.
 */
export const argoTexts: Partial<Record<HappeningName, (fields: TellFields) => string>> = {
  listenerStarted: () => 'Eventing server started.',
  eventPublished: () => 'Succeeded to publish an event',
  publishWaiting: () => 'Failed to publish an event',
  leaseTaken: () => "I'm the LEADER, starting ...",
  sensorStarted: () => 'Sensor started.',
  triggerFired: ({ trigger }) => `Successfully processed trigger '${trigger}'`,
  attemptFailed: () => 'Failed to execute a trigger',
  attemptFailedAgain: () => 'Failed to execute a trigger',
  eventFiltered: ({ event, because }) => `Event [ID '${event}'] discarded due to filtering: ${because}`,
};
