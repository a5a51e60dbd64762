import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const opening = 'net.client.socket';

/**
 * What an attempt to connect gives. The sockets of one that fails, or is given up by the signal, are closed: the client leaves that of a server
 * open that takes connections and says nothing, which costs a descriptor each time and keeps the process from ending.
 */
export async function dialled<T>(connect: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const attempt = new AsyncLocalStorage<true>();
  const sockets = new Set<Socket>();
  const opened = (message: unknown): void => {
    if (attempt.getStore()) sockets.add((message as { socket: Socket }).socket);
  };
  const close = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  subscribe(opening, opened);
  signal?.addEventListener('abort', close);
  try {
    return await attempt.run(true, connect);
  } catch (thrown) {
    close();
    throw thrown;
  } finally {
    signal?.removeEventListener('abort', close);
    unsubscribe(opening, opened);
    // While a storage is in use, Node does more at each promise and each callback of the process.
    attempt.disable();
  }
}
