interface Body {
  readonly resourceVersion: string;
  readonly text: string;
}

/** The JSON texts of the objects seen last, as many as fit into `room` characters. What falls out is in the store. */
export class Bodies {
  readonly #room: number;
  readonly #bodies = new Map<string, Body>();
  #used = 0;

  constructor(room: number) {
    this.#room = room;
  }

  get(id: string): Body | undefined {
    return this.#bodies.get(id);
  }

  set(id: string, body: Body): void {
    this.delete(id);
    this.#bodies.set(id, body);
    this.#used += body.text.length;
    for (const [oldest] of this.#bodies) {
      if (this.#used <= this.#room) return;
      this.delete(oldest);
    }
  }

  delete(id: string): void {
    this.#used -= this.#bodies.get(id)?.text.length ?? 0;
    this.#bodies.delete(id);
  }
}
