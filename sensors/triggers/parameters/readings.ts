/** How many are kept; the one that was not asked for longest goes first. */
const most = 64;

/** What was made of texts that parameters have changed: those are few as a rule, and reading one again is dear. */
export class Readings<Reading> {
  readonly #kept = new Map<string, Reading>();
  readonly #read: (text: string) => Reading;

  constructor(read: (text: string) => Reading) {
    this.#read = read;
  }

  of(text: string): Reading {
    const reading = this.#kept.get(text) ?? this.#read(text);
    this.#kept.delete(text);
    this.#kept.set(text, reading);
    if (this.#kept.size > most) this.#kept.delete(this.#kept.keys().next().value!);
    return reading;
  }
}
