import type { Socket } from 'node:net';
import { inPieces, startTinyServer, type TinyServer } from '../../support/tiny-server.ts';

export interface AmqpServer extends TinyServer {
  /** Puts a message with an id at the end of the one queue, which is there from the beginning. */
  send(routingKey: string, text: string, messageId: string): void;
  /** Messages of the queue that nobody has acknowledged or rejected. */
  waiting(): number;
  readonly rejected: string[];
}

interface Queued {
  readonly routingKey: string;
  readonly text: string;
  readonly messageId: string;
  /** To whom it is handed out, and under which number. */
  holder?: Socket | undefined;
  tag?: number;
}

/** As much of AMQP 0-9-1 as the source uses: one channel, one queue, one consumer at a time. */
export async function startAmqpServer(): Promise<AmqpServer> {
  let queue: Queued[] = [];
  let consumer: Socket | undefined;
  let lastTag = 0;
  const rejected: string[] = [];

  const handOut = (): void => {
    for (const message of queue) {
      if (!consumer || message.holder) continue;
      lastTag += 1;
      message.tag = lastTag;
      message.holder = consumer;
      consumer.write(delivery(message, lastTag));
    }
  };
  const answer = (socket: Socket, id: number, body: Buffer): void => {
    const reply = replies[id];
    if (reply) socket.write(reply);
    if (id === method(60, 20)) {
      consumer = socket;
      handOut();
    }
    if (id === method(60, 80) || id === method(60, 90)) {
      const tag = body.readUInt32BE(4);
      if (id === method(60, 90)) rejected.push(queue.find((message) => message.tag === tag)!.text);
      queue = queue.filter((message) => message.tag !== tag);
    }
  };

  const server = await startTinyServer((socket) => {
    socket.on('close', () => {
      if (consumer === socket) consumer = undefined;
      for (const message of queue) if (message.holder === socket) message.holder = undefined;
    });
    return inPieces((bytes) => {
      if (bytes.toString('latin1', 0, 4) === 'AMQP') {
        socket.write(start);
        return 8;
      }
      if (bytes.length < 8 || bytes.length < 8 + bytes.readUInt32BE(3)) return 0;
      const size = bytes.readUInt32BE(3);
      if (bytes[0] === 1) answer(socket, bytes.readUInt32BE(7), bytes.subarray(11, 7 + size));
      return size + 8;
    });
  });
  return {
    ...server,
    rejected,
    send(routingKey, text, messageId) {
      queue.push({ routingKey, text, messageId });
      handOut();
    },
    waiting: () => queue.length,
  };
}

const method = (group: number, number: number): number => group * 65_536 + number;

const short = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
const long = (text: string): Buffer => Buffer.concat([uint32(text.length), Buffer.from(text)]);
function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A frame: 1 is a method, 2 the head of a content, 3 its body. */
const frame = (type: number, channel: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([type, 0, channel]), uint32(body.length), body, Buffer.from([0xce])]);
};

const start = frame(1, 0, uint32(method(10, 10)), Buffer.from([0, 9]), uint32(0), long('PLAIN'), long('en_US'));

/** What each method is answered with, by its class and number. */
const replies: Readonly<Record<number, Buffer>> = {
  [method(10, 11)]: frame(1, 0, uint32(method(10, 30)), Buffer.from([0, 10]), uint32(131_072), Buffer.from([0, 0])),
  [method(10, 40)]: frame(1, 0, uint32(method(10, 41)), short('')),
  [method(20, 10)]: frame(1, 1, uint32(method(20, 11)), long('')),
  [method(40, 10)]: frame(1, 1, uint32(method(40, 11))),
  [method(50, 10)]: frame(1, 1, uint32(method(50, 11)), short('world'), uint32(0), uint32(0)),
  [method(50, 20)]: frame(1, 1, uint32(method(50, 21))),
  [method(60, 10)]: frame(1, 1, uint32(method(60, 11))),
  [method(60, 20)]: frame(1, 1, uint32(method(60, 21)), short('tag')),
};

const delivery = ({ routingKey, text, messageId }: Queued, tag: number): Buffer =>
  Buffer.concat([
    frame(1, 1, uint32(method(60, 60)), short('tag'), uint32(0), uint32(tag), Buffer.from([0]), short('shop'), short(routingKey)),
    frame(2, 1, Buffer.from([0, 60, 0, 0]), uint32(0), uint32(Buffer.byteLength(text)), Buffer.from([0, 0x80]), short(messageId)),
    frame(3, 1, Buffer.from(text)),
  ]);
