/** A string of Lua, as bytes for the machine and as a binary string (see `values/binary.ts`) for us; each is made when first asked for. */
export class LuaString {
  #bytes: Uint8Array | undefined;
  #binary: string | undefined;

  private constructor(bytes: Uint8Array | undefined, binary: string | undefined) {
    this.#bytes = bytes;
    this.#binary = binary;
  }

  static ofBytes(bytes: Uint8Array): LuaString {
    return new LuaString(bytes, undefined);
  }

  static of(binary: string): LuaString {
    return new LuaString(undefined, binary);
  }

  get binary(): string {
    this.#binary ??= Buffer.from(this.#bytes!.buffer, this.#bytes!.byteOffset, this.#bytes!.length).toString('latin1');
    return this.#binary;
  }

  /** Called by the machine. */
  getstr(): Uint8Array {
    this.#bytes ??= Buffer.from(this.#binary!, 'latin1');
    return this.#bytes;
  }

  /** Called by the machine. */
  tsslen(): number {
    return this.#binary === undefined ? this.#bytes!.length : this.#binary.length;
  }
}
