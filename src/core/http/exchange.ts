/**
 * One request and its answer, at the innermost interface of undici: the streams, promises and signals that it puts around a request cost more
 * than a short request does.
 */
import type { Dispatcher } from 'undici';

export type AnswerHeaders = Dispatcher.ResponseData['headers'];

export interface Answered {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** What was kept of the body; undefined when there was none. */
  readonly bytes: Buffer | undefined;
}

/** What becomes of a body. */
interface Keeping {
  /** Bytes that are kept. */
  readonly most: number;
  /** What an answer is refused with that is longer; one that breaks off is then none. Left out where its beginning will do. */
  readonly tooLong?: (() => Error) | undefined;
}

export type KeepingOf = (headers: AnswerHeaders) => Keeping;

/** So much of an answer is read to the end, so that its connection can be used again; after more than that it is closed. */
const readAtMost = 1024 * 1024;

export class Exchange implements Dispatcher.DispatchHandler {
  /** Rejects as undici does, and with what it is aborted with. An answer that breaks off or does not end is one: all was in its status. */
  readonly answered: Promise<Answered>;
  readonly #keepingOf: KeepingOf;
  readonly #chunks: Buffer[] = [];
  #resolve!: (answered: Answered) => void;
  #reject!: (reason: Error) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #head: (Pick<Answered, 'status' | 'headers'> & { readonly keeping: Keeping }) | undefined;
  #size = 0;
  #aborted: Error | undefined;

  constructor(keepingOf: KeepingOf) {
    this.#keepingOf = keepingOf;
    this.answered = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Ends it, however far it is. */
  abort(reason: Error): void {
    this.#aborted = reason;
    if (this.#controller) this.#controller.abort(reason);
    else this.#reject(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#aborted) controller.abort(this.#aborted);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: AnswerHeaders): void {
    if (status >= 200) this.#head = { status, headers, keeping: this.#keepingOf(headers) };
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const { most, tooLong } = this.#head!.keeping;
    if (this.#size < most) this.#chunks.push(chunk.subarray(0, most - this.#size));
    this.#size += chunk.length;
    if (tooLong && this.#size > most) controller.abort(tooLong());
    else if (this.#size > Math.max(readAtMost, most)) controller.abort(new Error('enough'));
  }

  onResponseEnd(): void {
    const { status, headers } = this.#head!;
    this.#resolve({ status, headers, bytes: this.#size === 0 ? undefined : Buffer.concat(this.#chunks) });
  }

  onResponseError(_: unknown, error: Error): void {
    if (this.#head && !this.#head.keeping.tooLong) this.onResponseEnd();
    else this.#reject(error);
  }
}
