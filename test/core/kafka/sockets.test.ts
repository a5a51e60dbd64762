import { expect, test } from 'vitest';
import { KafkaPublisher } from '../../../src/core/kafka/publisher.ts';
import { TestClock } from '../../support/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { startTinyServer } from '../../support/tiny-server.ts';

test.each([
  ['says nothing', () => () => {}],
  ['repeats what it hears', (socket) => (piece) => void socket.write(piece)],
] as [string, Parameters<typeof startTinyServer>[0]][])(
  'of a broker that %s no connection is kept when the attempt is given up',
  async (_, serve) => {
    const sent: unknown[] = [];
    await using server = await startTinyServer((socket) => {
      const take = serve(socket);
      return (piece) => {
        sent.push(piece);
        take(piece);
      };
    });
    const stop = new AbortController();
    const place = { url: `127.0.0.1:${server.port}`, clientId: 'test' };
    const opening = KafkaPublisher.open(place, { acks: -1, compress: false }, { clock: new TestClock(), signal: stop.signal });
    opening.catch(() => {});
    await eventually(() => sent.length > 0);

    stop.abort();

    await expect(opening).rejects.toThrow(`127.0.0.1:${server.port}`);
    await eventually(() => server.sockets.size === 0);
  },
);
