import type { Json } from '../../json/json.ts';

/**
 * An error that a jq program raises and `try` can catch. The sentence is only made when somebody reads it: most errors of this kind end
 * in a `?`. Not an Error, because a stack trace costs more than the rest of the program.
 */
export class Raised {
  readonly #message: () => string;
  readonly #value: Json | undefined;

  /** `value` is what `catch` sees; by default the message. */
  constructor(message: () => string, value?: Json) {
    this.#message = message;
    this.#value = value;
  }

  get message(): string {
    return this.#message();
  }

  get value(): Json {
    return this.#value === undefined ? this.message : this.#value;
  }
}

/** `break $label`, on its way to the label's own activation. */
export class Break {
  readonly label: object;

  constructor(label: object) {
    this.label = label;
  }
}

/** `halt` ends the program after the outputs so far; `halt_error` with an error that nothing catches. */
export class Halt {
  readonly message: string | undefined;

  constructor(message: string | undefined) {
    this.message = message;
  }
}

/** An error from behind a `try`, which it must let through. */
export class Passing {
  readonly error: Raised;
  readonly through: object;

  constructor(error: Raised, through: object) {
    this.error = error;
    this.through = through;
  }
}
