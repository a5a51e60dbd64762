import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { serve } from '../../support/http-server.ts';
import { inPieces, startTinyServer, type TinyServer } from '../../support/tiny-server.ts';

export interface NsqServer extends TinyServer {
  /** Where nsqlookupd listens. */
  readonly lookup: string;
  send(text: string): void;
  /** Messages that nobody has finished. */
  waiting(): number;
  /** Words of the commands that came, without their bodies. */
  readonly commands: string[];
}

interface Queued {
  readonly id: string;
  readonly text: string;
  attempts: number;
  holder?: Socket | undefined;
}

export interface NsqOptions {
  /** Asked for by AUTH. */
  readonly secret?: string;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** After so many milliseconds a message is given to somebody else. */
  readonly messageTimeout?: number;
}

/** One nsqd with one topic and one channel, and a nsqlookupd that knows it. As much of both as the documented protocol asks of a consumer. */
export async function startNsqServer({ secret, tls, messageTimeout = 60_000 }: NsqOptions = {}): Promise<NsqServer> {
  let queue: Queued[] = [];
  let count = 0;
  const commands: string[] = [];
  const subscribed = new Map<Socket, { ready: number }>();

  const handOut = (): void => {
    for (const message of queue) {
      if (message.holder) continue;
      const held = (socket: Socket) => queue.filter(({ holder }) => holder === socket).length;
      const [socket] = [...subscribed].find(([one, { ready }]) => held(one) < ready) ?? [];
      if (!socket) return;
      message.holder = socket;
      message.attempts += 1;
      socket.write(messageFrame(message));
    }
  };
  const answer = (socket: Socket, words: readonly string[], body: string): void => {
    commands.push(words.join(' '));
    const [name, id] = words;
    if (name === 'IDENTIFY') {
      const wanted = JSON.parse(body) as { tls_v1: boolean };
      const greeting = {
        max_rdy_count: 2500,
        msg_timeout: messageTimeout,
        tls_v1: wanted.tls_v1 && tls !== undefined,
        auth_required: secret !== undefined,
      };
      socket.write(frame(0, Buffer.from(JSON.stringify(greeting))));
      if (greeting.tls_v1) upgrade(socket);
    } else if (name === 'AUTH') {
      socket.write(body === secret ? frame(0, Buffer.from('{"permission_count":1}')) : frame(1, Buffer.from('E_UNAUTHORIZED AUTH failed')));
    } else if (name === 'SUB') {
      subscribed.set(socket, { ready: 0 });
      socket.write(frame(0, Buffer.from('OK')));
      socket.write(frame(0, Buffer.from('_heartbeat_')));
    } else if (name === 'RDY') {
      subscribed.get(socket)!.ready = Number(id);
      handOut();
    } else if (name === 'FIN') {
      queue = queue.filter((message) => message.id !== id);
      handOut();
    }
  };
  const take = (socket: Socket): ((chunk: Buffer) => void) => {
    socket.on('error', () => {});
    socket.on('close', () => {
      subscribed.delete(socket);
      for (const message of queue) if (message.holder === socket) message.holder = undefined;
      handOut();
    });
    return inPieces((bytes) => {
      if (bytes.toString('latin1', 0, 4) === '  V2') return 4;
      const end = bytes.indexOf('\n') + 1;
      if (end === 0) return 0;
      const words = bytes.toString('utf8', 0, end - 1).split(' ');
      if (words[0] !== 'IDENTIFY' && words[0] !== 'AUTH') {
        answer(socket, words, '');
        return end;
      }
      if (bytes.length < end + 4 || bytes.length < end + 4 + bytes.readUInt32BE(end)) return 0;
      const size = bytes.readUInt32BE(end);
      answer(socket, words, bytes.toString('utf8', end + 4, end + 4 + size));
      return end + 4 + size;
    });
  };
  const upgrade = (plain: Socket): void => {
    plain.removeAllListeners('data');
    const socket = new TLSSocket(plain, { isServer: true, ...tls });
    socket.on('data', take(socket));
    socket.on('secure', () => socket.write(frame(0, Buffer.from('OK'))));
  };

  const server = await startTinyServer(take);
  const lookup = await serve((_, response) => {
    const producers = [{ broadcast_address: '127.0.0.1', hostname: 'test', tcp_port: server.port, http_port: 0 }];
    response.end(JSON.stringify({ channels: [], producers }));
  });
  const close = async (): Promise<void> => {
    await lookup[Symbol.asyncDispose]();
    await server.close();
  };
  return {
    ...server,
    lookup: lookup.host,
    commands,
    send(text) {
      count += 1;
      queue.push({ id: String(count).padStart(16, '0'), text, attempts: 0 });
      handOut();
    },
    waiting: () => queue.length,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function frame(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 4, 0);
  head.writeUInt32BE(type, 4);
  return Buffer.concat([head, body]);
}

function messageFrame({ id, text, attempts }: Queued): Buffer {
  const head = Buffer.alloc(10);
  head.writeBigInt64BE(1_784_000_000_000_000_001n, 0);
  head.writeUInt16BE(attempts, 8);
  return frame(2, Buffer.concat([head, Buffer.from(id), Buffer.from(text)]));
}
