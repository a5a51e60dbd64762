import { toDraft } from '../../core/cloudevents/bus-event.ts';
import type { CloudEvent } from '../../core/cloudevents/cloud-event.ts';
import type { Address, EventDraft } from '../../core/event/event.ts';
import { entered } from './broker/enter.ts';

/** A source as it runs. */
export interface SourcePlan<Spec> {
  readonly namespace: string;
  readonly name: string;
  readonly spec: Spec;
  /** Under which its events travel. */
  readonly address: Address;
  /** That is the address of a Broker. */
  readonly intoBroker: boolean;
}

/** What a source tells, as it is behind the entrance of where it goes. `now` in milliseconds. */
export const sentBy = ({ intoBroker }: Pick<SourcePlan<unknown>, 'intoBroker'>, event: CloudEvent, now: number): EventDraft =>
  toDraft((intoBroker ? entered(event, now) : undefined) ?? event);
