import type { NatsConnection } from '@nats-io/transport-node';
import { expect, test } from 'vitest';
import { sendAll } from '../../../eventbus/jetstream/send-all.ts';

const notes = [
  { to: '$JS.ACK.a.1', text: '+ACK' },
  { to: '$JS.ACK.a.2', text: '+WPI' },
];

test('many notes are one piece of the protocol', () => {
  const sent: string[] = [];
  sendAll({ protocol: { sendCommand: (commands: string) => sent.push(commands) } } as unknown as NatsConnection, notes);

  expect(sent).toEqual(['PUB $JS.ACK.a.1 4\r\n+ACK\r\nPUB $JS.ACK.a.2 4\r\n+WPI\r\n']);
});

test('a client that shows no such way is given them one by one', () => {
  const published: string[] = [];
  sendAll({ publish: (to: string, text: string) => published.push(`${to} ${text}`) } as unknown as NatsConnection, notes);

  expect(published).toEqual(['$JS.ACK.a.1 +ACK', '$JS.ACK.a.2 +WPI']);
});
