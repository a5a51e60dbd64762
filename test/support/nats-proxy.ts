import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Life, Steps } from './steps.ts';

interface NatsProxy extends AsyncDisposable {
  readonly url: string;
}

/** Stands between a program and nats-server, and asks before each protocol message whether it may pass. */
export async function startNatsProxy(target: number, steps: Steps): Promise<NatsProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    const names = namesOfMessages();
    join(client, upstream, steps.life, names.sent);
    join(upstream, client, steps.life, names.received);
  });

  function join(from: Socket, to: Socket, life: Life, nameOf: (message: Message) => string | undefined): void {
    sockets.add(from);
    const cut = messageCutter((message) => {
      if (steps.passes(life, nameOf(message))) to.write(message.bytes);
    });
    from.on('data', cut);
    from.on('error', () => {});
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `nats://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** One message of the NATS protocol: the words of its first line, and all its bytes. */
interface Message {
  readonly verb: string;
  readonly words: readonly string[];
  readonly bytes: Buffer;
}

/** Cuts one direction of a connection into messages. */
function messageCutter(take: (message: Message) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const [verb = '', ...words] = rest.toString('latin1', 0, end).split(' ');
      const length = end + 2 + (/^H?(PUB|MSG)$/.test(verb) ? Number(words.at(-1)) + 2 : 0);
      if (rest.length < length) return;
      take({ verb, words, bytes: rest.subarray(0, length) });
      rest = rest.subarray(length);
    }
  };
}

/**
 * Says what messages mean: "→ publish", "← publish". Those that change nothing have no name: questions, reads, leases, and what
 * keeps a connection or a delivery alive.
 */
function namesOfMessages() {
  const asked = new Map<string, string>();
  return {
    /** `PUB subject [reply] size`, `HPUB subject [reply] head-size size` */
    sent({ verb, words, bytes }: Message): string | undefined {
      if (verb !== 'PUB' && verb !== 'HPUB') return undefined;
      const name = purposeOf(words[0]!, bytes);
      const reply = words.length > (verb === 'PUB' ? 2 : 3) ? words[1] : undefined;
      if (name !== undefined && reply !== undefined) asked.set(reply, name);
      return name && `→ ${name}`;
    },
    /** `MSG subject sid [reply] size`, `HMSG subject sid [reply] head-size size` */
    received({ verb, words }: Message): string | undefined {
      if (verb !== 'MSG' && verb !== 'HMSG') return undefined;
      if (words[2]!.startsWith('$JS.ACK.default.sensorium-')) return '← delivery';
      const name = asked.get(words[0]!);
      asked.delete(words[0]!);
      return name && `← ${name}`;
    },
  };
}

function purposeOf(subject: string, bytes: Buffer): string | undefined {
  if (subject.includes('sensorium_leases')) return undefined;
  const [first, second = '', third = '', fourth = ''] = subject.split('.');
  if (first === '$JS' && second === 'ACK') return bytes.includes('+ACK') ? 'ack' : undefined;
  if (first === '$JS' && third === 'STREAM' && fourth === 'MSG') return subject.includes('.DELETE.') ? 'remove from the queue' : undefined;
  if (first === '$JS' && third === 'STREAM') return /^(INFO|NAMES|LIST)$/.test(fourth) ? undefined : `${fourth.toLowerCase()} stream`;
  if (first === '$JS') return /\.CREATE\..*\.sensorium-/.test(subject) ? 'make the durable' : undefined;
  if (first === '$KV') return third === 'position' ? 'write the position' : 'write the memory';
  if (first === 'sensorium-queue') return 'put into the queue';
  return first === 'sensorium-parked' ? 'park' : 'publish';
}
