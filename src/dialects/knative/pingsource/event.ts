import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';
import { EventData } from '../../../core/event/data.ts';

interface Ping {
  readonly namespace: string;
  readonly name: string;
  readonly contentType: string;
  readonly data: string;
  readonly dataBase64: string;
  /** Extensions that are set on each event. */
  readonly extensions: Readonly<Record<string, string>>;
}

/** The event of one tick. Without data there is no content type either. */
export function pingEvent(ping: Ping, id: string, time: string): CloudEvent {
  const { namespace, name, contentType, data, dataBase64, extensions } = ping;
  const payload =
    dataBase64 === '' ? (data === '' ? undefined : EventData.fromText(data)) : EventData.fromBytes(Buffer.from(dataBase64, 'base64'));
  return {
    specversion: '1.0',
    id,
    source: `/apis/v1/namespaces/${namespace}/pingsources/${name}`,
    type: 'dev.knative.sources.ping',
    time,
    ...(payload && contentType !== '' ? { datacontenttype: contentType } : {}),
    extensions,
    ...(payload ? { data: payload } : {}),
  };
}
