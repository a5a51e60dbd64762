import { headerOf } from '../../../eventbus/headers.ts';
import { subjectOf } from '../../../eventbus/subjects.ts';
import { encodeEvent } from '../../../eventbus/wire.ts';
import { eventTypeOf } from '../../../eventsources/event-type.ts';
import { kafkaEventId } from '../../../eventsources/kafka/event-id.ts';
import { contextJson } from '../../../sensors/triggers/parameters/event-json.ts';
import { EventData } from '../../../src/core/event/data.ts';
import { buildEvent } from '../../support/build-event.ts';
import type { Adapter } from '../adapter.ts';

export const envelope: Adapter = {
  run({ input }) {
    if (input.specKey) return { type: eventTypeOf(input.specKey) };
    if (input.topic !== undefined) return { id: kafkaEventId(input) };
    const { id = '6162636465666768696a6b6c6d6e6f70', eventSourceType: type = 'webhook', eventSourceName: source = 'webhook' } = input;
    const { eventName: subject = 'example', time, payload = '' } = input;
    const event = buildEvent({ id, source, type, subject, time, data: EventData.fromText(payload) });
    const { head, body } = encodeEvent(event, 'structured');
    return {
      message: JSON.parse(Buffer.from(body).toString('utf8')),
      natsMsgId: headerOf(head, 'nats-msg-id'),
      subjectJetStream: subjectOf('default', event),
      context: JSON.parse(contextJson(event)),
    };
  },
};
