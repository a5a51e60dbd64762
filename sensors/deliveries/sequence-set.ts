const span = 1024;
const chunks = 1024;

/** Remembers the last million or so stream sequences in one bit each; the oldest are forgotten first. */
export class SequenceSet {
  readonly #bits = new Map<number, Uint32Array>();

  add(sequence: number): void {
    const chunk = Math.floor(sequence / span);
    let bits = this.#bits.get(chunk);
    if (!bits) {
      bits = new Uint32Array(span / 32);
      this.#bits.set(chunk, bits);
      if (this.#bits.size > chunks) this.#bits.delete(this.#bits.keys().next().value!);
    }
    const offset = sequence % span;
    bits[offset >>> 5]! |= 1 << (offset & 31);
  }

  has(sequence: number): boolean {
    const offset = sequence % span;
    const bits = this.#bits.get(Math.floor(sequence / span));
    return bits !== undefined && (bits[offset >>> 5]! & (1 << (offset & 31))) !== 0;
  }
}
