/** Work that may be left off at each `yield` and gone on with later. */
export type Pieces<T> = Generator<void, T, void>;

/** A function that can be called, and whose work can also be done in pieces, so that others get their turn in between. */
export interface Piecemeal<Args extends unknown[], T> {
  (...args: Args): T;
  pieces(...args: Args): Pieces<T>;
}

export function piecemeal<Args extends unknown[], T>(pieces: (...args: Args) => Pieces<T>): Piecemeal<Args, T> {
  return Object.assign((...args: Args) => allOf(pieces(...args)), { pieces });
}

/** Does all of it now. */
export function allOf<T>(pieces: Pieces<T>): T {
  for (;;) {
    const step = pieces.next();
    if (step.done) return step.value;
  }
}
