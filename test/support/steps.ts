/** A connection's view of whether its program still counts: once `over`, nothing comes through it any more. */
export interface Life {
  readonly over: boolean;
}

/**
 * Counts what goes between a program and its servers, message by message, and stops everything at a chosen one: so a test can
 * kill the program between any two of them. The proxies ask it (`nats-proxy.ts`, `kube-proxy.ts`).
 */
export interface Steps {
  /** For a new connection. */
  readonly life: Life;
  /** True if this message may pass. Without a name it is no step: it passes uncounted, unless all is held. */
  passes(life: Life, name: string | undefined): boolean;
  /** The step of this number, counted from now on and from 0, and everything after it is held. Resolves with its name. */
  holdAt(position: number): Promise<string>;
  /** New connections work again. Those from before stay silent for ever, and what they had held is lost. */
  release(): void;
}

export function countSteps(): Steps {
  let life = { over: false };
  let left = Number.POSITIVE_INFINITY;
  let reached: (name: string) => void = () => {};
  return {
    get life() {
      return life;
    },
    passes(of, name) {
      if (of.over) return false;
      if (name === undefined || left-- > 0) return true;
      life.over = true;
      reached(name);
      return false;
    },
    holdAt(position) {
      left = position;
      return new Promise((resolve) => {
        reached = resolve;
      });
    },
    release() {
      if (life.over) life = { over: false };
      left = Number.POSITIVE_INFINITY;
    },
  };
}
