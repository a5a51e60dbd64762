import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeEvent, readEvent } from '../../../eventbus/wire.ts';
import { attributesOf } from '../../../src/core/cloudevents/attributes.ts';
import { busAttributesOf, fromBusEvent, toBusEvent } from '../../../src/core/cloudevents/bus-event.ts';
import type { CloudEvent } from '../../../src/core/cloudevents/cloud-event.ts';
import { EventData } from '../../../src/core/event/data.ts';

const address = { source: 'Broker:default', subject: 'event' };
const text = fc.string({ minLength: 1, unit: 'binary' }).filter((one) => !/[\uD800-\uDFFF\0]/.test(one));

const cloudEvent: fc.Arbitrary<CloudEvent> = fc
  .record(
    {
      id: text,
      source: text,
      type: text,
      subject: text,
      time: fc.constant('2026-01-02T03:04:05.123456789Z'),
      dataschema: text,
      extensions: fc.dictionary(
        fc.stringMatching(/^x[a-z0-9]{0,6}$/),
        fc.oneof(fc.string(), fc.boolean(), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
      ),
    },
    { requiredKeys: ['id', 'source', 'type', 'extensions'] },
  )
  .map((parts) => ({ specversion: '1.0', ...parts }) as CloudEvent);

test('an event comes off the bus as it went on, with the types of its extensions and without what it never said', () => {
  fc.assert(
    fc.property(cloudEvent, fc.option(fc.uint8Array({ minLength: 1 }), { nil: undefined }), fc.boolean(), (event, bytes, hasType) => {
      const data = bytes ? { data: EventData.fromBytes(bytes), ...(hasType ? { datacontenttype: 'application/x' } : {}) } : {};
      const sent = { ...event, ...data };
      const { head, body } = encodeEvent(toBusEvent(sent, address, 0), 'binary');

      const { event: stored } = readEvent({ subject: 's', head, body, storedAt: 0 });

      const { data: came, ...attributes } = fromBusEvent(stored!);
      const { data: went, ...expected } = sent as CloudEvent;
      expect(attributes).toEqual(expected);
      expect(came && Buffer.from(came.bytes).toString('hex')).toBe(went && Buffer.from(went.bytes).toString('hex'));
      for (const name of ['specversion', 'time', 'subject', 'datacontenttype', 'nothing', ...Object.keys(sent.extensions)])
        expect(busAttributesOf(stored!)(name)).toEqual(attributesOf(fromBusEvent(stored!))(name));
    }),
    { numRuns: 200 },
  );
});

test('what we remember of an event on its way is no part of it', () => {
  const event = toBusEvent({ specversion: '1.0', id: '1', source: '/s', type: 't', extensions: { sensoriumheaders: '{}' } }, address, 0);

  expect(fromBusEvent(event).extensions).toEqual({});
  expect(busAttributesOf(event)('sensoriumheaders')).toBeUndefined();
});
