import { isObject, type Json, type JsonObject } from '../../src/core/json/json.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import { stringifyJson } from '../../src/core/json/stringify.ts';
import type { ArgoSide, HeldEvent } from '../bus.ts';
import { encodeEvent, readEvent } from '../wire.ts';
import { ask, checked, code, unless } from './api.ts';
import type { Connection } from './connection.ts';
import { read } from './read.ts';
import { ensureStream } from './stream.ts';

/** Key of the text of a trigger's conditions. */
const conditionsKey = /^(.*)\/Expression$/s;

/** The buckets in which Argo's sensors hold events: one a sensor, of its name. */
export function argoBuckets(connection: Connection): Pick<ArgoSide, 'held' | 'hold'> {
  return {
    async held(bucket) {
      const events = new Map<string, HeldEvent>();
      const conditions = new Map<string, string>();
      const root = `$KV.${bucket}.`;
      for await (const messages of read(connection, { stream: `KV_${bucket}`, filter: `${root}>`, from: 1 })) {
        for (const { subject, body } of messages) {
          const key = subject.slice(root.length);
          const [, trigger] = conditionsKey.exec(key) ?? [];
          const text = Buffer.from(body).toString('utf8');
          if (trigger !== undefined) conditions.set(trigger, text);
          // A key that was deleted is there without a value.
          else if (key.includes('/') && text !== '') {
            const event = heldIn(text);
            if (event) events.set(key, event);
          }
        }
      }
      return { events, conditions };
    },

    async hold(bucket, key, held) {
      const subject = `$KV.${bucket}.${key}`;
      if (!held) {
        await unless([code.streamNotFound], ask(connection, `STREAM.PURGE.KV_${bucket}`, { filter: subject }));
        return;
      }
      await ensureStream(connection, {
        name: `KV_${bucket}`,
        description: `events that the sensor ${bucket} holds`,
        subjects: [`$KV.${bucket}.>`],
        storage: 'file',
        discard: 'new',
        max_msgs_per_subject: 1,
        num_replicas: 1,
        allow_rollup_hdrs: true,
      });
      await connection.ready();
      checked<object>((await connection.request(subject, Buffer.from(textOf(held), 'utf8'))).json());
    },
  };
}

/** Undefined for what Argo itself could not read. */
function heldIn(text: string): HeldEvent | undefined {
  let value: Json;
  try {
    value = parseJson(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || !isObject(value['Event'])) return undefined;
  const storedAt = Date.parse(String(value['Timestamp']));
  const body = Buffer.from(stringifyJson(value['Event']), 'utf8');
  const { event } = readEvent({ subject: '', head: undefined, body, storedAt });
  return event && { event, sequence: Number(value['StreamSeq']), storedAt };
}

function textOf({ event, sequence, storedAt }: HeldEvent): string {
  const envelope = JSON.parse(Buffer.from(encodeEvent(event, 'structured').body).toString('utf8')) as JsonObject;
  return JSON.stringify({ StreamSeq: sequence, ConsumerSeq: 0, Timestamp: new Date(storedAt).toISOString(), Event: envelope });
}
