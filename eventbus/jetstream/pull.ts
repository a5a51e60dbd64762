import { createInbox, type Msg, type Subscription } from '@nats-io/transport-node';
import { fromUnknown } from '../../src/core/errors/from-unknown.ts';
import { waitAfter } from '../../src/core/time/backoff.ts';
import { headerOf, statusOf } from '../headers.ts';
import { ackWait } from '../terms.ts';
import { ask, type ConsumerInfo } from './api.ts';
import type { Connection } from './connection.ts';
import { type DurableSpec, ensureDurable, type Place } from './durable.ts';
import { InFlight } from './in-flight.ts';
import { headOf, rawMessage } from './message.ts';
import type { EventStream } from './stream.ts';

const heartbeat = 2000;
const expires = 30_000;
const largestRequest = 1024;
/** What all who pull over one connection may have in flight together, about: each message costs a "still working" twice a second. */
const budget = 2048;
/** Before the durable is opened again, so that a server that refuses at once is not asked in a tight loop. */
const pause = 50;
/** By how much the server may be late in noticing that the time of a delivery has run out. */
const slack = 100;

/**
 * Keeps asking one durable for as much as there is room for.
 *
 * States: *opening* (the durable is looked up or made, and what somebody else left unacknowledged is waited for, so that it comes
 * before anything newer) → *pulling* (requests are open on an inbox of their own) → back to opening whenever the connection was
 * lost, the heartbeats stop, or the server says that the durable, the stream or itself is gone.
 */
export class Pull {
  readonly #connection: Connection;
  readonly #stream: EventStream;
  readonly #spec: DurableSpec;
  readonly inFlight: InFlight;
  /** Resolves when the durable has been found or made for the first time. */
  readonly opened: Promise<void>;
  #isOpen = () => {};
  #place: Place | undefined;
  #subscription: Subscription | undefined;
  #heard = 0;
  /** Asked for, and not arrived. */
  #outstanding = 0;
  #reopen: (() => void) | undefined;

  constructor(connection: Connection, stream: EventStream, spec: DurableSpec, changed: () => void) {
    this.#connection = connection;
    this.#stream = stream;
    this.#spec = spec;
    this.inFlight = new InFlight(connection, changed, spec.acksWithin);
    this.opened = new Promise((resolve) => {
      this.#isOpen = resolve;
    });
  }

  /** Runs until the signal aborts; everything that passes is waited for. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#connection;
    const reopen = () => this.#reopen?.();
    signal.addEventListener('abort', reopen);
    const stopWatching = this.#connection.onChange(reopen);
    this.#connection.pulls.add(this.inFlight);
    for (let failures = 0; !signal.aborted; ) {
      try {
        await this.#open(signal);
        failures = 0;
        await this.#pulling(signal);
        await clock.sleep(pause, signal);
      } catch (thrown) {
        failures += 1;
        if (failures === 3 && this.#connection.connected) this.#complain(thrown);
        await clock.sleep(waitAfter(failures, { first: 100, ceiling: 5000 }), signal);
      }
    }
    stopWatching();
    this.#connection.pulls.delete(this.inFlight);
    signal.removeEventListener('abort', reopen);
    if (this.#connection.connected) await this.#subscription?.drain().catch(() => {});
  }

  async #open(signal: AbortSignal): Promise<void> {
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
    this.#outstanding = 0;
    await this.#connection.ready(signal);
    const place = this.#place && { ...this.#place, next: Math.min(this.#place.next, this.inFlight.first) };
    const { info, created, made } = await ensureDurable(this.#connection, this.#stream, this.#spec, place);
    this.#isOpen();
    if (place && made) this.#connection.tell.pullRebuilt({ ...this.#names, reason: 'the durable was gone and was made anew' });
    if (place?.streamCreated !== created) {
      this.inFlight.forgetAll();
      this.#place = { streamCreated: created, next: info.ack_floor.stream_seq + 1 };
    }
    this.inFlight.awaitLeftBehind(await this.#leftBehind(info, place === undefined, signal), 2 * ackWait);
  }

  /** How many messages somebody has left unacknowledged; when there are some, their times have run out. */
  async #leftBehind(info: ConsumerInfo, isFirst: boolean, signal: AbortSignal): Promise<number> {
    // What others who share it have in work is not left behind.
    if (this.#spec.shared || this.#notOurs(info) <= 0) return 0;
    await this.#connection.clock.sleep(this.#untilTimesRunOut(isFirst), signal);
    const now = await ask<ConsumerInfo>(this.#connection, `CONSUMER.INFO.${this.#stream.name}.${this.#spec.name}`);
    return Math.max(0, this.#notOurs(now));
  }

  /** A server that was killed has forgotten what it handed out last, and that it was not acknowledged; it hands that out once more. */
  #notOurs({ num_ack_pending, delivered }: ConsumerInfo): number {
    return num_ack_pending - this.inFlight.upTo(delivered.stream_seq);
  }

  /** In milliseconds. Who opens it for the first time may know that whoever pulled before has been quiet for a while. */
  #untilTimesRunOut(isFirst: boolean): number {
    const { quietSince } = this.#spec;
    if (!isFirst || quietSince === undefined) return ackWait;
    return Math.min(ackWait, Math.max(0, quietSince + ackWait + slack - this.#connection.clock.monotonic()));
  }

  /** Resolves when it has to be opened again. */
  async #pulling(signal: AbortSignal): Promise<void> {
    const { clock, nats, tell } = this.#connection;
    if (signal.aborted || !this.#connection.connected) return;
    const over = new Promise<void>((resolve) => {
      this.#reopen = resolve;
    });
    this.#subscription = nats.subscribe(createInbox(), { callback: (_, message) => this.#arrived(message) });
    // By then the times of all that was left behind have run out, so that it comes before anything newer; what is newer may have taken all the room.
    const stopExtra = clock.after(ackWait, () => this.ask(this.inFlight.missing));
    let stopTimer = () => {};
    const look = () => {
      stopTimer = clock.after(1000, look);
      if (this.#outstanding === 0 || clock.monotonic() - this.#heard < 2.5 * heartbeat) return;
      tell.pullRebuilt({ ...this.#names, reason: 'the server has gone silent' });
      this.#reopen?.();
    };
    look();
    // More than there is room for may have been left behind: what had ended was still unacknowledged when its holder died.
    this.ask(this.inFlight.missing);
    await over;
    stopExtra();
    stopTimer();
    this.#reopen = undefined;
  }

  #complain(thrown: unknown): void {
    this.#connection.tell.busWarning({ ...this.#names, warning: 'the durable cannot be opened; trying again', error: fromUnknown(thrown) });
  }

  get #names() {
    return { stream: this.#stream.name, durable: this.#spec.name };
  }

  /** Asks for more when enough of the room is free to be worth a request; `extra` is beyond it. */
  ask(extra = 0): void {
    if (!this.#reopen || !this.#subscription || !this.#connection.connected) return;
    const most = Math.min(largestRequest, this.#spec.maxInFlight, this.#share());
    const room = Math.max(extra, Math.min(most, this.#spec.maxInFlight - this.inFlight.size - this.#outstanding));
    if (room <= 0 || (extra === 0 && this.#outstanding > 0 && room < most / 4)) return;
    if (this.#outstanding === 0) this.#heard = this.#connection.clock.monotonic();
    this.#outstanding += room;
    const request = JSON.stringify({ batch: room, expires: expires * 1e6, idle_heartbeat: heartbeat * 1e6 });
    this.#connection.nats.publish(`$JS.API.CONSUMER.MSG.NEXT.${this.#stream.name}.${this.#spec.name}`, request, {
      reply: this.#subscription.getSubject(),
    });
  }

  /** Who pulls alone may ask for nearly all of the budget; where many are busy, each gets its part. */
  #share(): number {
    const { pulls } = this.#connection;
    let all = 0;
    for (const { size } of pulls) all += size;
    return Math.max(Math.ceil(budget / pulls.size), budget - all);
  }

  #arrived(message: Msg): void {
    this.#heard = this.#connection.clock.monotonic();
    const raw = rawMessage(message);
    if (!raw) {
      this.#status(headOf(message));
      return;
    }
    this.#outstanding -= 1;
    this.#place = { streamCreated: this.#place!.streamCreated, next: Math.max(this.#place!.next, raw.sequence + 1) };
    this.inFlight.arrived(raw);
    if (this.#outstanding === 0) this.ask();
  }

  /** 100 is a heartbeat; 408 ends one request and says how much of it is left; everything else ends them all. */
  #status(head: Uint8Array | undefined): void {
    const { code } = head ? statusOf(head) : { code: 503 };
    if (code === 100) return;
    const left = Number(headerOf(head, 'nats-pending-messages') ?? Number.NaN);
    if (code !== 408 || Number.isNaN(left)) {
      this.#reopen?.();
      return;
    }
    this.#outstanding = Math.max(0, this.#outstanding - left);
    this.ask();
  }
}
