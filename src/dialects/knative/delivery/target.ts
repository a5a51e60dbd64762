import type { TriggerContext } from '../../../../sensors/triggers/trigger.ts';
import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';

/** What a delivery may use of the attempt that it is. */
export type Around = Omit<TriggerContext, 'firing'>;

/** Where an event goes. */
export type Target = HttpTarget | TargetHere;

export interface HttpTarget {
  readonly kind: 'http';
  readonly url: URL;
  /** Certificates of the authorities that the receiver's may be signed by, as PEM. */
  readonly caCerts?: string | undefined;
}

/** Something of ours in this process: no request is made. */
export interface TargetHere {
  readonly kind: 'here';
  /** "Broker default", "the screen": for people. */
  readonly name: string;
  /** Where it can be called from outside, for `knativeerrordest`. */
  readonly url?: string | undefined;
  /**
   * Resolves when it has the event for good, or with why it never will. Rejects with an EngineError whose `retry` says what follows.
   * `cause` is the event as it came to us, with what only Brokers look at.
   */
  take(event: CloudEvent, around: Around, cause: CloudEvent): Promise<string | undefined>;
}

/**
 * Finds the receiver when an event is to be sent, because it may come, go and move. Rejects with an EngineError whose `retry` says
 * whether it may be there later.
 */
export type Resolve = (around: Around) => Target | Promise<Target>;

/** For people: what stands behind the `?` may be nobody's business. */
export const nameOfUrl = ({ origin, pathname }: URL): string => `${origin}${pathname}`;
