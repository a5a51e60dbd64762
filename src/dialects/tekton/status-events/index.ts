/**
 * What an EventListener tells of events to the address in its `cloudEventURI`: that it works one, which triggers have created something,
 * that one was refused at the door. They are for people who watch; nothing waits for them, and one that cannot be told is lost.
 */

import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';
import { writeBinary } from '../../../core/cloudevents/write.ts';
import { EngineError } from '../../../core/errors/engine-error.ts';
import { EventData } from '../../../core/event/data.ts';
import type { Headers } from '../../../core/http/call.ts';
import { HttpClient } from '../../../core/http/client.ts';
import type { Clients } from '../../../core/lifecycle/clients.ts';
import type { Clock } from '../../../core/time/clock.ts';
import type { DialectWorld } from '../../dialect.ts';

type StatusType = 'started' | 'successful' | 'failed' | 'done';

/** Whose status it is. */
export interface Teller {
  readonly namespace: string;
  readonly name: string;
  readonly uri: string;
}

/** What is told of an event. `done` says nothing of its headers. */
export function statusEvent({ namespace, name }: Teller, type: StatusType, eventId: string, headers: Headers, now: number): CloudEvent {
  return {
    specversion: '1.0',
    id: eventId,
    source: `/apis/triggers.tekton.dev/v1beta1/namespaces/${namespace}/EventListener/${name}`,
    type: `dev.tekton.event.triggers.${type}.v1`,
    subject: `${name} processing ${eventId}`,
    time: new Date(now).toISOString(),
    datacontenttype: 'application/json',
    extensions: {},
    data: EventData.fromText(type === 'done' ? 'null' : JSON.stringify(headers)),
  };
}

interface Around {
  readonly clients: Clients;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly world: Pick<DialectWorld, 'sinkOf' | 'display'>;
}

/** Milliseconds. */
const within = 2_000;

/** Rejects with UNREACHABLE_RECEIVER and REMOTE_RECEIVER. */
export async function tellStatus({ namespace, uri }: Teller, event: CloudEvent, { clients, clock, signal, world }: Around): Promise<void> {
  const service = serviceIn(uri, namespace);
  const instead = service && world.sinkOf(service.namespace, service.name);
  if (service && instead === undefined && world.display) return world.display(service.name, event);
  const url = new URL(instead ?? uri);
  const client = await clients.get('status events', async () => new HttpClient());
  const { headers, body } = writeBinary(event);
  const answer = await client.send({ method: 'POST', url, headers, body: body ?? '' }, { signal, clock, within });
  if (answer.status < 200 || answer.status > 299)
    throw new EngineError('REMOTE_RECEIVER', { server: url.host, reason: `the answer to a status event is ${answer.status}` });
}

/** For what is done already: whether it could be told changes nothing about it. Never rejects. */
export async function tellQuietly(teller: Teller, event: CloudEvent, around: Around): Promise<void> {
  await tellStatus(teller, event, around).catch(() => {});
}

/** The Service that an address of a cluster leads to: `http://display`, `http://display.tools.svc.cluster.local`. */
function serviceIn(uri: string, own: string): { readonly namespace: string; readonly name: string } | undefined {
  const { hostname } = new URL(uri);
  const [, name, namespace = own] = /^([a-z][a-z0-9-]*)(?:\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?)?$/.exec(hostname) ?? [];
  return name === undefined || name === 'localhost' ? undefined : { namespace, name };
}
