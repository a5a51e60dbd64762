/** How many are kept; the one that was not asked for longest is closed for a new one. */
const kept = 64;

/**
 * Connections that outlive one use: who needs one asks for it by a key that says everything about it (server, credentials, TLS), and
 * opens it when it is not there. Whoever made the store closes it, and with it all that is in it.
 */
export class Clients implements AsyncDisposable {
  readonly #open = new Map<string, Promise<AsyncDisposable>>();

  /** The client under this key. Callers at the same time share one opening; one that failed is forgotten, and the next call opens again. */
  get<Client extends AsyncDisposable>(key: string, open: () => Promise<Client>): Promise<Client> {
    const known = this.#open.get(key) as Promise<Client> | undefined;
    const client = known ?? open();
    this.#open.delete(key);
    this.#open.set(key, client);
    if (known) return known;
    client.catch(() => {
      if (this.#open.get(key) === client) this.#open.delete(key);
    });
    if (this.#open.size > kept) void this.drop(this.#open.keys().next().value!);
    return client;
  }

  /** Closes one, so that the next call opens it anew: it is broken, or its credentials have changed. Harmless when it is not there. */
  async drop(key: string): Promise<void> {
    const client = this.#open.get(key);
    this.#open.delete(key);
    await closed(client);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(all.map(closed));
  }
}

/** Closing is a courtesy: whatever fails at it changes nothing any more. */
async function closed(client: Promise<AsyncDisposable> | undefined): Promise<void> {
  try {
    await (await client)?.[Symbol.asyncDispose]();
  } catch {}
}
