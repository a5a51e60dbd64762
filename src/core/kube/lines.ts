const newline = 0x0a;

/**
 * Cuts a stream of bytes into lines: for each chunk the text of all lines that it completes, in order. Work is linear in the
 * bytes, however small the pieces are. What is left without a newline at the end is yielded as `rest`.
 */
export class LineSplitter {
  #begun: Buffer[] = [];
  #length = 0;

  /** Lines that this chunk completes; empty ones are left out. */
  push(chunk: Buffer): string[] {
    const last = chunk.lastIndexOf(newline);
    if (last < 0) {
      this.#keep(chunk);
      return [];
    }
    const whole = chunk.subarray(0, last);
    const text = this.#length === 0 ? whole.toString('utf8') : Buffer.concat([...this.#begun, whole]).toString('utf8');
    this.#begun = [];
    this.#length = 0;
    if (last + 1 < chunk.length) this.#keep(chunk.subarray(last + 1));
    return text.split('\n').filter((line) => line !== '');
  }

  /** Bytes of a line that has begun and not ended. */
  get pending(): number {
    return this.#length;
  }

  #keep(piece: Buffer): void {
    this.#begun.push(piece);
    this.#length += piece.length;
  }
}
