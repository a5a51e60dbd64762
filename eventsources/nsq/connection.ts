/** A connection to one nsqd: greeting, subscription, signs of life. What is done with messages is the caller's. */
import { once } from 'node:events';
import { isIP, connect as openSocket, type Socket } from 'node:net';
import { connect as encrypt } from 'node:tls';
import type { TlsOptions } from '../../src/core/access/tls.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../src/core/errors/from-unknown.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import { inTime } from '../../src/core/time/deadline.ts';
import type { Nsqd } from './lookup.ts';
import { command, type Frame, FrameReader, magic, type NsqMessage } from './protocol.ts';

/** Messages of one nsqd that are worked on at a time. */
const inFlight = 64;

/** Milliseconds: for the greeting, between signs of life, and until silence means that nobody is there. */
const limits = { greet: 5000, heartbeat: 10_000, silence: 30_000 };

export interface Subscription {
  readonly topic: string;
  readonly channel: string;
  readonly tls: TlsOptions | undefined;
  readonly secret: string | undefined;
}

export interface Held {
  readonly message: NsqMessage;
  /** Done with it. */
  finish(): void;
}

interface Circumstances {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  listening(): void;
  /** Called for each message; nsqd is kept from giving it to others until the promise has settled. */
  take(held: Held): Promise<void>;
}

interface Greeting {
  readonly tls_v1?: boolean;
  readonly auth_required?: boolean;
  readonly max_rdy_count?: number;
  /** Milliseconds after which nsqd gives a message to somebody else. */
  readonly msg_timeout?: number;
}

/** Lasts as long as the connection. Rejects with UNREACHABLE_SENDER, REMOTE_SENDER, and with what `take` rejects with. */
export async function subscribeNsqd({ host, port }: Nsqd, subscription: Subscription, circumstances: Circumstances): Promise<void> {
  const { signal, clock } = circumstances;
  const server = `the nsqd at ${host}:${port}`;
  const link = new Link(openSocket({ host, port }), signal);
  try {
    const late = () => new Error('it has not answered in time');
    const greeting = await inTime(greet(link, host, subscription), { within: limits.greet, clock, signal, late });
    circumstances.listening();
    await work(link, greeting, circumstances);
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof EngineError) throw thrown;
    const code = thrown instanceof Refusal ? 'REMOTE_SENDER' : 'UNREACHABLE_SENDER';
    throw new EngineError(code, { server, reason: reasonOf(thrown) }, { cause: thrown });
  } finally {
    link.close();
  }
}

/** The server's own "no". */
class Refusal extends Error {}

async function greet(link: Link, host: string, { topic, channel, tls, secret }: Subscription): Promise<Greeting> {
  const us = {
    client_id: 'sensorium',
    user_agent: 'sensorium',
    feature_negotiation: true,
    heartbeat_interval: limits.heartbeat,
    tls_v1: tls !== undefined,
  };
  link.write(Buffer.concat([Buffer.from(magic), command(['IDENTIFY'], Buffer.from(JSON.stringify(us)))]));
  const greeting = JSON.parse(await link.response()) as Greeting;
  if (tls) {
    if (!greeting.tls_v1) throw new Refusal('it does not speak TLS');
    await link.encrypt(host, tls);
  }
  if (greeting.auth_required) {
    if (secret === undefined) throw new Refusal('it asks for a secret: set `authSecret`');
    link.write(command(['AUTH'], Buffer.from(secret)));
    await link.response();
  }
  link.write(command(['SUB', topic, channel]));
  await link.response();
  link.write(command(['RDY', Math.min(inFlight, greeting.max_rdy_count ?? inFlight)]));
  return greeting;
}

async function work(link: Link, { msg_timeout = 60_000 }: Greeting, { clock, signal, take }: Circumstances): Promise<void> {
  const failure = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);
  const one = async (message: NsqMessage): Promise<void> => {
    const settled = new AbortController();
    const touch = async (): Promise<void> => {
      for (;;) {
        await clock.sleep(msg_timeout / 2, settled.signal);
        if (settled.signal.aborted || stop.aborted) return;
        link.write(command(['TOUCH', message.id]));
      }
    };
    void touch();
    try {
      await take({ message, finish: () => link.write(command(['FIN', message.id])) });
    } finally {
      settled.abort();
    }
  };
  const failed = new Promise<never>((_, reject) => failure.signal.addEventListener('abort', () => reject(failure.signal.reason)));
  failed.catch(() => {});
  for (;;) {
    const frame = await Promise.race([link.next(), failed]);
    if (frame.kind === 'message') one(frame.message).catch((thrown) => failure.abort(thrown));
    else if (frame.text === '_heartbeat_') link.write(command(['NOP']));
    // The rest are answers to FIN and TOUCH of a message that nsqd has given up; it comes again.
    else if (frame.kind === 'error' && !/^E_(?:FIN|REQ|TOUCH)_FAILED/.test(frame.text)) throw new Refusal(frame.text);
  }
}

/** Frames of a socket, one after another. */
class Link {
  #socket: Socket;
  #reader = new FrameReader();
  #frames: Frame[] = [];
  #wake = () => {};
  #end: unknown;
  readonly #signal: AbortSignal;
  readonly #onAbort = () => this.#finish(this.#signal.reason);

  constructor(socket: Socket, signal: AbortSignal) {
    this.#socket = socket;
    this.#signal = signal;
    signal.addEventListener('abort', this.#onAbort);
    this.#listen();
  }

  #listen(): void {
    this.#socket.setNoDelay(true);
    this.#socket.setTimeout(limits.silence, () => this.#finish(new Error('nothing has come for 30 s')));
    this.#socket.on('error', (error) => this.#finish(error));
    this.#socket.on('close', () => this.#finish(new Error('the connection was closed')));
    this.#socket.on('data', this.#take);
  }

  readonly #take = (piece: Buffer): void => {
    try {
      this.#frames.push(...this.#reader.read(piece));
      this.#wake();
    } catch (thrown) {
      this.#finish(thrown);
    }
  };

  #finish(reason: unknown): void {
    this.#end ??= reason;
    this.#wake();
  }

  write(bytes: Buffer): void {
    if (!this.#socket.destroyed) this.#socket.write(bytes);
  }

  /** Rejects with why there are no more. */
  async next(): Promise<Frame> {
    for (;;) {
      const frame = this.#frames.shift();
      if (frame) return frame;
      if (this.#end !== undefined) throw this.#end;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** The answer to a command. Rejects with the server's "no". */
  async response(): Promise<string> {
    for (;;) {
      const frame = await this.next();
      if (frame.kind === 'error') throw new Refusal(frame.text);
      if (frame.kind === 'response' && frame.text !== '_heartbeat_') return frame.text;
      this.write(command(['NOP']));
    }
  }

  async encrypt(host: string, tls: TlsOptions): Promise<void> {
    const plain = this.#socket;
    plain.removeAllListeners();
    this.#socket = encrypt({ socket: plain, host, ...(isIP(host) ? {} : { servername: host }), ...tls });
    this.#listen();
    await once(this.#socket, 'secureConnect');
    await this.response();
  }

  close(): void {
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#socket.destroy();
  }
}
