import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

/** Milliseconds of silence after which the operating system asks whether the broker is still there. */
const keepAlive = 60_000;

/**
 * The connections of one client of the library, to be ended by us. By itself it leaves those open to which a broker owes an answer, goes
 * on to open new ones while it is disconnected, and asks a connection that hears something after its end every millisecond for work.
 */
export class KafkaSockets {
  readonly #open = new Set<Socket>();
  #isOver = false;

  readonly factory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    if (this.#isOver) throw new Error('the client is closed');
    const named = isIP(host) ? {} : { servername: host };
    const socket = ssl ? connectTls({ host, port, ...named, ...ssl }, onConnect) : connect({ host, port }, onConnect);
    socket.setKeepAlive(true, keepAlive);
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    return socket;
  };

  /** Ends all of them at once, and opens none any more. */
  cut(): void {
    this.#isOver = true;
    // With an error, because the library drops what waits for an answer only then.
    for (const socket of this.#open) socket.destroy(new Error('the client is closed'));
  }
}
