/**
 * Everything worth telling, as a table: the sentence in the log, its level, and the metric that counts it.
 * Log line, metric and the generated documentation follow from a row; a row is the only place to change them.
 */
export type Level = 'debug' | 'info' | 'warn' | 'error';

export interface Happening {
  readonly message: string;
  readonly level: Level;
  /** Counter, incremented by one (or by the field named in `by`). */
  readonly counter?: { readonly name: string; readonly help: string; readonly labels: readonly string[]; readonly by?: string };
  /** Histogram, observing a field in milliseconds (exported in seconds). */
  readonly histogram?: Measured;
  /** A second one, of another field. */
  readonly second?: Measured;
  /** Gauges: a field as it is, or in milliseconds where the name says seconds. */
  readonly gauges?: readonly Measured[];
}

interface Measured {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly of: string;
}

const source = ['eventsource', 'event'] as const;
const dependency = ['sensor', 'dependency'] as const;
const trigger = ['sensor', 'trigger'] as const;

export const happenings = {
  // processes
  started: { level: 'info', message: 'started' },
  ready: { level: 'info', message: 'ready' },
  stopping: { level: 'info', message: 'stopping' },
  stopped: { level: 'info', message: 'stopped' },
  ruleLoaded: { level: 'info', message: 'rule loaded' },
  rulesUnread: { level: 'info', message: 'rules of this kind are not run: the account may not list them' },
  ruleRefused: { level: 'error', message: 'rule refused; what ran before goes on' },
  ruleRemoved: { level: 'info', message: 'rule removed' },
  finding: { level: 'warn', message: 'finding in a rule' },
  statusUnwritten: { level: 'warn', message: 'how a rule stands cannot be written to the API server' },
  workerFailed: {
    level: 'error',
    message: 'a part failed; it is started again',
    counter: { name: 'sensorium_worker_failures_total', help: 'Parts that failed and were started again.', labels: ['part'] },
  },
  workerFailedAgain: {
    level: 'debug',
    message: 'a part failed for the same reason as before; it is started again',
    counter: { name: 'sensorium_worker_failures_total', help: 'Parts that failed and were started again.', labels: ['part'] },
  },

  // bus
  busConnected: { level: 'info', message: 'connected to the bus' },
  busAway: {
    level: 'warn',
    message: 'the bus is away; waiting for it',
    counter: { name: 'sensorium_bus_disconnects_total', help: 'Times that the connection to the bus was lost.', labels: [] },
  },
  busBack: { level: 'info', message: 'the bus is back' },
  busWarning: { level: 'warn', message: 'something about the bus' },
  busFull: {
    level: 'warn',
    message: 'the bus is full; publishing waits for room',
    counter: { name: 'sensorium_bus_full_total', help: 'Publishes that found the stream full.', labels: [] },
  },
  busFullStill: {
    level: 'debug',
    message: 'the bus is full as before',
    counter: { name: 'sensorium_bus_full_total', help: 'Publishes that found the stream full.', labels: [] },
  },
  pullRebuilt: {
    level: 'warn',
    message: 'a stalled pull was rebuilt',
    counter: { name: 'sensorium_pulls_rebuilt_total', help: 'Stalled pull consumers that were rebuilt.', labels: [] },
  },
  streamRebuilt: { level: 'error', message: 'the stream was gone and was made anew' },
  leaseTaken: { level: 'info', message: 'this process now works it' },
  leaseLost: { level: 'warn', message: 'another process works it now' },
  presenceLost: { level: 'warn', message: 'this process was silent for too long: what it had in work comes again, here or elsewhere' },
  leaseWaiting: { level: 'info', message: 'another process works it; standing by' },

  // moving from Argo and back
  takenOver: { level: 'info', message: "the sensor goes on where Argo's has stopped" },
  takeoverSkipped: { level: 'info', message: "nothing is taken over from Argo's sensor" },
  takeoverWaits: { level: 'warn', message: "Argo's sensor still runs; waiting until it is stopped" },
  handingBack: { level: 'info', message: 'firings still wait; the sensor is handed back when they are done' },
  handedBack: { level: 'info', message: "Argo's sensor goes on from here" },

  // API server
  kubeAway: {
    level: 'warn',
    message: 'the API server is away; waiting for it',
    counter: { name: 'sensorium_kube_disconnects_total', help: 'Times that the API server could not be reached.', labels: [] },
  },
  kubeBack: { level: 'info', message: 'the API server is back' },
  kubeRequest: {
    level: 'debug',
    message: 'request to the API server',
    histogram: {
      name: 'sensorium_kube_request_duration_seconds',
      help: 'Duration of requests to the API server.',
      labels: ['verb', 'status'],
      of: 'took',
    },
  },

  // event sources
  listenerStarted: { level: 'info', message: 'event source started' },
  listenerStopped: { level: 'info', message: 'event source stopped' },
  watching: { level: 'info', message: 'watching' },
  watchLost: {
    level: 'warn',
    message: 'the watch was lost; it is opened again',
    counter: { name: 'sensorium_watches_lost_total', help: 'Watches that ended unexpectedly.', labels: source },
  },
  watchRefused: { level: 'warn', message: 'the API server refuses the watch; it is asked again until it agrees' },
  watchAccepted: { level: 'info', message: 'the API server accepts the watch now' },
  caughtUp: { level: 'info', message: 'compared with the memory' },
  listening: { level: 'info', message: 'listening for calls' },
  callRefused: {
    level: 'warn',
    message: 'a call was refused',
    counter: {
      name: 'sensorium_calls_refused_total',
      help: 'Calls that an event source refused.',
      labels: ['eventsource', 'event', 'status'],
    },
  },
  callRefusedAgain: {
    level: 'debug',
    message: 'a call was refused for the same reason as before',
    counter: {
      name: 'sensorium_calls_refused_total',
      help: 'Calls that an event source refused.',
      labels: ['eventsource', 'event', 'status'],
    },
  },
  hookRegistered: { level: 'info', message: 'a provider calls us from now on' },
  hookFailed: {
    level: 'warn',
    message: 'a hook could not be registered with its provider; it is tried again',
    counter: { name: 'sensorium_hook_failures_total', help: 'Attempts to register hooks that failed for a new reason.', labels: source },
  },
  eventPublished: {
    level: 'info',
    message: 'event published',
    counter: { name: 'sensorium_events_published_total', help: 'Events that the bus has stored.', labels: source },
    histogram: {
      name: 'sensorium_event_publish_duration_seconds',
      help: 'From the happening reaching us to the acknowledgement of the bus.',
      labels: source,
      of: 'took',
    },
  },
  eventRepeated: {
    level: 'debug',
    message: 'event was on the bus already',
    counter: { name: 'sensorium_events_repeated_total', help: 'Events that the bus recognised as repeats.', labels: source },
  },
  eventFilteredAtSource: {
    level: 'debug',
    message: 'event filtered by its source',
    counter: { name: 'sensorium_events_filtered_at_source_total', help: 'Events that the filter of their source refused.', labels: source },
  },
  eventTooLarge: {
    level: 'error',
    message: 'event is larger than the bus takes; a record of it was published instead',
    counter: { name: 'sensorium_events_too_large_total', help: 'Events larger than the bus takes.', labels: source },
  },
  senderAway: {
    level: 'warn',
    message: 'what the event source listens to is away; waiting for it',
    counter: { name: 'sensorium_senders_away_total', help: 'Times that what an event source listens to was found away.', labels: source },
  },
  senderBack: { level: 'info', message: 'what the event source listens to is back' },
  messageRefused: {
    level: 'error',
    message: 'no event can be made of a message; it is set aside',
    counter: { name: 'sensorium_messages_refused_total', help: 'Messages that can never be an event.', labels: source },
  },
  messagesLost: {
    level: 'error',
    message: 'the bus is too slow for a sender that does not wait; its messages are lost until there is room',
  },
  messageLost: {
    level: 'debug',
    message: 'a message was lost',
    counter: {
      name: 'sensorium_messages_lost_total',
      help: 'Messages of senders that do not wait, which came when too many waited.',
      labels: source,
    },
  },
  placeUnsaved: { level: 'warn', message: 'the place in the schedule could not be written to its ConfigMap; it is kept on the bus' },
  publishWaiting: {
    level: 'warn',
    message: 'publishing waits',
    counter: { name: 'sensorium_publish_failures_total', help: 'Publish attempts that failed and are tried again.', labels: source },
  },

  // sensors
  sensorStarted: { level: 'info', message: 'sensor started' },
  sensorLag: {
    level: 'debug',
    message: 'how far a sensor is behind',
    gauges: [
      {
        name: 'sensorium_sensor_oldest_event_age_seconds',
        help: 'Age of the oldest event that is taken and not yet done, queued or parked; 0 when there is none.',
        labels: ['sensor'],
        of: 'oldest',
      },
      {
        name: 'sensorium_sensor_events_in_work',
        help: 'Events that are taken and not yet done, queued or parked.',
        labels: ['sensor'],
        of: 'events',
      },
      { name: 'sensorium_sensor_firings_waiting', help: 'Firings that wait in the durable queue.', labels: ['sensor'], of: 'firings' },
    ],
  },
  eventReceived: {
    level: 'debug',
    message: 'event received',
    counter: { name: 'sensorium_events_received_total', help: 'Events taken from the bus for a dependency.', labels: dependency },
  },
  eventAdmitted: {
    level: 'debug',
    message: 'event admitted',
    counter: { name: 'sensorium_events_admitted_total', help: 'Events that passed transform and filters.', labels: dependency },
  },
  eventHeld: {
    level: 'debug',
    message: 'the event waits for others',
    counter: { name: 'sensorium_events_held_total', help: 'Events that wait for others.', labels: trigger },
  },
  eventAlone: {
    level: 'info',
    message: 'the event can meet no other',
    counter: { name: 'sensorium_events_alone_total', help: 'Events without a join key.', labels: trigger },
  },
  joinReset: {
    level: 'info',
    message: 'what waited for others is forgotten, as conditionsReset asks',
    counter: { name: 'sensorium_joins_reset_total', help: 'Times that waiting events were forgotten by conditionsReset.', labels: trigger },
  },
  joinExpired: {
    level: 'warn',
    message: 'what waited for others was too old and is forgotten',
    counter: { name: 'sensorium_joins_expired_total', help: 'Times that waiting events became too old.', labels: trigger },
  },
  eventFiltered: {
    level: 'debug',
    message: 'event filtered',
    counter: { name: 'sensorium_events_filtered_total', help: 'Events that a filter refused.', labels: dependency },
  },
  eventUnusable: {
    level: 'warn',
    message: 'event cannot be used',
    counter: {
      name: 'sensorium_events_unusable_total',
      help: 'Events whose transform or filter failed, or that are no CloudEvents.',
      labels: ['sensor', 'dependency', 'code'],
    },
  },
  eventRedelivered: {
    level: 'info',
    message: 'event came again',
    counter: { name: 'sensorium_events_redelivered_total', help: 'Events that the bus delivered again.', labels: ['sensor'] },
  },
  eventStopped: {
    level: 'debug',
    message: 'an interceptor that had to be asked stopped the event',
    counter: {
      name: 'sensorium_events_stopped_total',
      help: 'Events that an interceptor which had to be asked has stopped.',
      labels: trigger,
    },
  },
  triggerFired: {
    level: 'info',
    message: 'trigger fired',
    counter: { name: 'sensorium_triggers_fired_total', help: 'Firings that were done.', labels: trigger },
    histogram: { name: 'sensorium_trigger_duration_seconds', help: 'Duration of one attempt.', labels: trigger, of: 'took' },
    second: {
      name: 'sensorium_event_to_effect_seconds',
      help: 'From the bus having stored the event to the trigger being done.',
      labels: trigger,
      of: 'latency',
    },
  },
  attemptFailed: {
    level: 'warn',
    message: 'attempt failed',
    counter: { name: 'sensorium_trigger_attempts_failed_total', help: 'Attempts that failed.', labels: ['sensor', 'trigger', 'code'] },
  },
  attemptFailedAgain: {
    level: 'debug',
    message: 'attempt failed for the same reason as before',
    counter: { name: 'sensorium_trigger_attempts_failed_total', help: 'Attempts that failed.', labels: ['sensor', 'trigger', 'code'] },
  },
  targetAway: { level: 'warn', message: 'the target of a trigger cannot be reached; its firings wait' },
  targetBack: { level: 'info', message: 'the target of a trigger answers again' },
  firingQueued: {
    level: 'debug',
    message: 'firing queued',
    counter: { name: 'sensorium_firings_queued_total', help: 'Firings that went to the durable queue of their trigger.', labels: trigger },
  },
  firingParked: {
    level: 'error',
    message: 'firing parked',
    counter: {
      name: 'sensorium_firings_parked_total',
      help: 'Firings that were given up and parked with their reason.',
      labels: ['sensor', 'trigger', 'code'],
    },
  },
  firingHandedOver: {
    level: 'error',
    message: 'firing given up and handed to the dlqTrigger',
    counter: {
      name: 'sensorium_firings_handed_over_total',
      help: 'Firings that were given up and handed to the dlqTrigger.',
      labels: ['sensor', 'trigger', 'code'],
    },
  },
  displayed: { level: 'info', message: 'an event was shown in the place of a Service that has no address' },
  simulated: { level: 'info', message: 'the simulated node played it' },
  eventLogged: { level: 'info', message: 'log trigger' },

  // what is kept for those who ask why
  decisionsSkipped: {
    level: 'debug',
    message: 'events came too fast for a decision of each to be kept',
    counter: {
      name: 'sensorium_decisions_skipped_total',
      help: 'Events of which no decision was kept for `sensorium why`, because too many came at once.',
      labels: ['sensor'],
      by: 'count',
    },
  },
  notesDropped: {
    level: 'debug',
    message: 'the bus was too slow for notes about events; they are lost, and nothing else',
    counter: {
      name: 'sensorium_notes_dropped_total',
      help: 'Decisions and states that could not be kept for `sensorium why`.',
      labels: [],
      by: 'count',
    },
  },
} as const satisfies Record<string, Happening>;

export type HappeningName = keyof typeof happenings;
