/** How many mails are remembered. */
const most = 10_000;

/** Which mails were taken by their server, so that another attempt for one address does not send again to the others. */
export class Delivered implements AsyncDisposable {
  readonly #mails = new Set<string>();

  has(firing: string, address: string): boolean {
    return this.#mails.has(`${firing} ${address}`);
  }

  add(firing: string, address: string): void {
    this.#mails.add(`${firing} ${address}`);
    if (this.#mails.size > most) this.#mails.delete(this.#mails.values().next().value!);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#mails.clear();
  }
}
