/** The one way to an MQTT broker (3.1.1), also for Emitter, which speaks MQTT. The library is loaded when somebody connects. */
import type { ErrorWithReasonCode, IClientOptions, MqttClient } from 'mqtt';
import type { TlsOptions } from '../../src/core/access/tls.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../src/core/errors/from-unknown.ts';
import { hideCredentials } from '../../src/core/nats/servers.ts';

export interface MqttPlace {
  /** As Argo's client reads it: `tcp://`, `mqtt://`, `ssl://`, `tls://`, `mqtts://`, `ws://`, `wss://`. */
  readonly url: string;
  /** Left out: a new one each time. */
  readonly clientId?: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly tls?: TlsOptions | undefined;
}

export interface MqttMessage {
  readonly topic: string;
  readonly payload: Buffer;
  /** The number of the delivery; 0 for what is sent at most once. */
  readonly messageId: number;
  /** Tells the broker that it need not send this again. Without effect on what is sent at most once. */
  acknowledge(): void;
}

export interface MqttSubscription {
  /** As it is subscribed to; it may hold a key and is never told. */
  readonly topic: string;
  /** With 1 the broker keeps what comes while we are away, under our client id, until it is acknowledged. */
  readonly qos: 0 | 1;
  /** Called once the broker has taken the subscription. */
  listening(): void;
  /** Makes what takes the messages: until it resolves, nothing more is read from the connection. `failed` ends the subscription. */
  taker(failed: (thrown: unknown) => void): (message: MqttMessage) => Promise<void> | void;
}

/** Milliseconds until a broker shall have answered. */
const connectTimeout = 5000;

/** Subscribes, and lasts as long as the connection. Rejects with UNREACHABLE_SENDER, REMOTE_SENDER, and with what is said to have failed. */
export async function subscribeMqtt(place: MqttPlace, subscription: MqttSubscription, signal: AbortSignal): Promise<void> {
  const { connect } = await import('mqtt');
  signal.throwIfAborted();
  const server = `the MQTT broker at ${hideCredentials(place.url)}`;
  const refused = (thrown: unknown): EngineError =>
    new EngineError('REMOTE_SENDER', { server, reason: reasonOf(thrown).replace(/^Connection refused: /, '') }, { cause: thrown });
  const away = (reason: string, cause?: unknown): EngineError => new EngineError('UNREACHABLE_SENDER', { server, reason }, { cause });
  let client: MqttClient;
  try {
    client = connect(urlOf(place), optionsOf(place, subscription));
  } catch (thrown) {
    throw away(reasonOf(thrown), thrown);
  }
  const close = (): void => void client.end(true);
  signal.addEventListener('abort', close);
  try {
    await new Promise<never>((_, reject) => {
      client.on('error', (thrown) => {
        const { code } = thrown as ErrorWithReasonCode;
        reject(typeof code === 'number' ? refused(thrown) : away(reasonOf(thrown), thrown));
      });
      client.on('close', () => reject(away('the connection was closed')));
      const take = subscription.taker(reject);
      client.handleMessage = (packet, done) => {
        const { topic, payload, messageId = 0, qos } = packet;
        const acknowledge = (): void => {
          if (qos === 1 && client.connected) client.stream.write(pubAck(messageId));
        };
        // The library acknowledges what it thinks has been taken; an error in this place is how it is kept from that.
        const taken = async () => take({ topic, payload: Buffer.from(payload), messageId, acknowledge });
        taken().then(() => done(new Error('acknowledged later')), reject);
      };
      client.once('connect', () => {
        client.subscribe(subscription.topic, { qos: subscription.qos }, (thrown) => {
          if (thrown) reject(refused(thrown));
          else subscription.listening();
        });
      });
    });
  } finally {
    signal.removeEventListener('abort', close);
    client.removeAllListeners('close');
    close();
  }
}

/** A packet PUBACK. */
const pubAck = (messageId: number): Buffer => Buffer.from([0x40, 2, messageId >> 8, messageId & 0xff]);

/** A `tls` block counts, whatever the scheme says. */
function urlOf({ url, tls }: MqttPlace): string {
  const full = url.includes('://') ? url : `mqtt://${url}`;
  if (/^tls:/.test(full) || (tls && /^(?:tcp|mqtt):/.test(full))) return full.replace(/^\w+:/, 'mqtts:');
  return tls ? full.replace(/^ws:/, 'wss:') : full;
}

const optionsOf = ({ clientId, username, password, tls }: MqttPlace, { qos }: MqttSubscription): IClientOptions => ({
  ...(clientId === undefined ? {} : { clientId }),
  ...(username === undefined ? {} : { username }),
  ...(password === undefined ? {} : { password }),
  ...tls,
  clean: qos === 0,
  protocolVersion: 4,
  reconnectPeriod: 0,
  connectTimeout,
  keepalive: 30,
  resubscribe: false,
});
