import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

interface Attempt {
  /** Undefined once it has succeeded: what is opened then is not its own. */
  sockets: Set<Socket> | undefined;
}

const attempts = new AsyncLocalStorage<Attempt>();

subscribe('net.client.socket', (message) => {
  attempts.getStore()?.sockets?.add((message as { socket: Socket }).socket);
});

/**
 * What an attempt to connect gives. The sockets of one that fails, or is given up by the signal, are closed: the client leaves that of a server
 * open that takes connections and says nothing, which costs a descriptor each time and keeps the process from ending.
 */
export async function dialled<T>(connect: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const attempt: Attempt = { sockets: new Set() };
  const close = (): void => {
    for (const socket of attempt.sockets ?? []) socket.destroy();
  };
  signal?.addEventListener('abort', close);
  try {
    const connected = await attempts.run(attempt, connect);
    attempt.sockets = undefined;
    return connected;
  } catch (thrown) {
    close();
    throw thrown;
  } finally {
    signal?.removeEventListener('abort', close);
  }
}
