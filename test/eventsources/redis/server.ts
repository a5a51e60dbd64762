import type { Socket } from 'node:net';
import { inPieces, startTinyServer, type TinyServer } from '../../support/tiny-server.ts';

export interface RedisServer extends TinyServer {
  publish(channel: string, text: string): void;
  /** Appends to a stream, which is there from its first entry on. */
  append(stream: string, values: Record<string, string>): void;
  /** Makes the group at the end of a stream, as if a source had been here before. */
  join(stream: string): void;
  /** Entries handed out and not acknowledged. */
  pending(stream: string): string[];
}

interface Stream {
  readonly entries: { readonly id: string; readonly flat: readonly string[] }[];
  /** How many the group was handed. */
  handed: number;
  readonly unacknowledged: Set<string>;
}

type Reply = string | number | null | readonly Reply[];

/** As much of Redis as the sources use: subscriptions, and streams with one consumer in one group. */
export async function startRedisServer(): Promise<RedisServer> {
  const streams = new Map<string, Stream>();
  const subscribed = new Map<Socket, Set<string>>();
  const waiting = new Set<() => void>();
  const entriesOf = (stream: Stream, from: string): Reply => {
    const old = stream.entries.filter(({ id }) => stream.unacknowledged.has(id) && Number.parseInt(id, 10) > Number.parseInt(from, 10));
    return old.map(({ id, flat }) => [id, flat]);
  };
  const news = (names: readonly string[]): Reply => {
    const found = names.flatMap((name) => {
      const stream = streams.get(name)!;
      const entries = stream.entries.slice(stream.handed, stream.handed + 10);
      stream.handed += entries.length;
      for (const { id } of entries) stream.unacknowledged.add(id);
      return entries.length > 0 ? [[name, entries.map(({ id, flat }) => [id, flat])]] : [];
    });
    return found.length > 0 ? found : null;
  };

  function answer(socket: Socket, words: readonly string[]): void {
    const send = (reply: Reply): void => void socket.write(encode(reply));
    const command = words[0]!.toUpperCase();
    if (command === 'SUBSCRIBE') {
      subscribed.set(socket, new Set(words.slice(1)));
      words.slice(1).forEach((name, at) => {
        send(['subscribe', name, at + 1]);
      });
    } else if (command === 'XGROUP') {
      const known = streams.get(words[2]!);
      socket.write(known ? (known.handed >= 0 ? '-BUSYGROUP it is there\r\n' : '+OK\r\n') : '-ERR this requires the key to exist\r\n');
      if (known && known.handed < 0) known.handed = words[4] === '$' ? known.entries.length : 0;
    } else if (command === 'XREADGROUP') {
      const rest = words.slice(words.indexOf('STREAMS') + 1);
      const names = rest.slice(0, rest.length / 2);
      const from = rest.at(-1)!;
      const read = (): void => {
        const found = socket.destroyed ? null : news(names);
        if (!found && !socket.destroyed) return;
        waiting.delete(read);
        if (found) send(found);
      };
      if (from === '>') {
        waiting.add(read);
        read();
      } else {
        send([[names[0]!, entriesOf(streams.get(names[0]!)!, from)]]);
      }
    } else if (command === 'XACK') {
      streams.get(words[1]!)!.unacknowledged.delete(words[3]!);
      send(1);
    } else {
      socket.write('+OK\r\n');
    }
  }

  const server = await startTinyServer((socket) => {
    socket.on('close', () => subscribed.delete(socket));
    return inPieces((bytes) => {
      const command = decode(bytes);
      if (command) answer(socket, command.words);
      return command?.used ?? 0;
    });
  });
  return {
    ...server,
    publish(channel, text) {
      for (const [socket, channels] of subscribed) if (channels.has(channel)) socket.write(encode(['message', channel, text]));
    },
    append(name, values) {
      const stream = streams.get(name) ?? { entries: [], handed: -1, unacknowledged: new Set() };
      streams.set(name, stream);
      stream.entries.push({ id: `${stream.entries.length + 1}-0`, flat: Object.entries(values).flat() });
      for (const read of [...waiting]) read();
    },
    pending: (name) => [...streams.get(name)!.unacknowledged],
    join(name) {
      const stream = streams.get(name)!;
      stream.handed = stream.entries.length;
    },
  };
}

function encode(reply: Reply): string {
  if (reply === null) return '*-1\r\n';
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (typeof reply === 'string') return `$${Buffer.byteLength(reply)}\r\n${reply}\r\n`;
  return `*${reply.length}\r\n${reply.map(encode).join('')}`;
}

/** The first command, once it is there as a whole. */
function decode(bytes: Buffer): { words: string[]; used: number } | undefined {
  const line = (from: number): { text: string; end: number } | undefined => {
    const end = bytes.indexOf('\r\n', from);
    return end < 0 ? undefined : { text: bytes.toString('utf8', from, end), end: end + 2 };
  };
  const head = line(0);
  if (!head) return undefined;
  let at = head.end;
  const words: string[] = [];
  for (let count = Number(head.text.slice(1)); count > 0; count--) {
    const size = line(at);
    if (!size) return undefined;
    const end = size.end + Number(size.text.slice(1));
    if (bytes.length < end + 2) return undefined;
    words.push(bytes.toString('utf8', size.end, end));
    at = end + 2;
  }
  return { words, used: at };
}
