import type { Socket } from 'node:net';
import { inPieces, startTinyServer, type TinyServer } from '../../support/tiny-server.ts';

export interface MqttServer extends TinyServer {
  /** To whoever has subscribed to anything; with qos 1 it is kept for every client that was ever here, until it acknowledges it. */
  publish(topic: string, text: string, qos?: 0 | 1): void;
  /** Keeps messages for a client that has not been here yet, as if it had. */
  expect(client: string): void;
  /** Messages that a client has not acknowledged. */
  waitingFor(client: string): number;
  /** What clients have subscribed to. */
  readonly topics: string[];
}

/** As much of MQTT 3.1.1 as the sources use. */
export async function startMqttServer(): Promise<MqttServer> {
  const here = new Map<string, Socket>();
  const kept = new Map<string, Map<number, Buffer>>();
  const topics: string[] = [];
  let lastId = 0;

  const server = await startTinyServer((socket) => {
    let client = '';
    return inPieces((bytes) => {
      const packet = decode(bytes);
      if (!packet) return 0;
      const { type, body, used } = packet;
      if (type === 1) {
        const keeps = (body[7]! & 2) === 0;
        client = text(body, 10);
        if (!keeps) kept.delete(client);
        else if (!kept.has(client)) kept.set(client, new Map());
        socket.write(Buffer.from([0x20, 2, 0, 0]));
      } else if (type === 8) {
        topics.push(text(body, 2));
        socket.write(Buffer.from([0x90, 3, body[0]!, body[1]!, body.at(-1)!]));
        here.set(client, socket);
        socket.on('close', () => {
          if (here.get(client) === socket) here.delete(client);
        });
        for (const waiting of kept.get(client)?.values() ?? []) socket.write(waiting);
      } else if (type === 4) {
        kept.get(client)?.delete(body.readUInt16BE(0));
      } else if (type === 12) {
        socket.write(Buffer.from([0xd0, 0]));
      }
      return used;
    });
  });
  return {
    ...server,
    topics,
    waitingFor: (client) => kept.get(client)?.size ?? 0,
    expect: (client) => void kept.set(client, new Map()),
    publish(topic, payload, qos = 0) {
      if (qos === 0) for (const socket of here.values()) socket.write(publishPacket(topic, payload));
      else {
        lastId += 1;
        const packet = publishPacket(topic, payload, lastId);
        for (const messages of kept.values()) messages.set(lastId, packet);
        for (const [client, socket] of here) if (kept.has(client)) socket.write(packet);
      }
    },
  };
}

const text = (body: Buffer, at: number): string => body.toString('utf8', at + 2, at + 2 + body.readUInt16BE(at));

function publishPacket(topic: string, payload: string, id?: number): Buffer {
  const name = Buffer.from(topic);
  const number = id === undefined ? [] : [id >> 8, id & 0xff];
  const body = Buffer.concat([Buffer.from([name.length >> 8, name.length & 0xff]), name, Buffer.from(number), Buffer.from(payload)]);
  return Buffer.concat([Buffer.from([id === undefined ? 0x30 : 0x32, body.length]), body]);
}

/** The first packet, once it is there as a whole. Its length is at most two bytes long here. */
function decode(bytes: Buffer): { type: number; body: Buffer; used: number } | undefined {
  if (bytes.length < 2) return undefined;
  const isLong = bytes[1]! > 127;
  if (isLong && bytes.length < 3) return undefined;
  const start = isLong ? 3 : 2;
  const end = start + (bytes[1]! & 127) + (isLong ? bytes[2]! * 128 : 0);
  return bytes.length < end ? undefined : { type: bytes[0]! >> 4, body: bytes.subarray(start, end), used: end };
}
