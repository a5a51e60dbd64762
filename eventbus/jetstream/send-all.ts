import type { NatsConnection } from '@nats-io/transport-node';

/** A few characters for a subject. */
export interface Note {
  readonly to: string;
  /** ASCII. */
  readonly text: string;
}

/** What the client writes commands with, and does not show. */
interface Inside {
  readonly protocol?: { sendCommand?(commands: string): void };
}

/** Publishes many short texts in one piece. The client's own way makes half a dozen objects of each, which costs more than all else of an acknowledgement. */
export function sendAll(nats: NatsConnection, notes: readonly Note[]): void {
  const { protocol } = nats as unknown as Inside;
  if (protocol?.sendCommand) protocol.sendCommand(notes.map(({ to, text }) => `PUB ${to} ${text.length}\r\n${text}\r\n`).join(''));
  else for (const { to, text } of notes) nats.publish(to, text);
}
