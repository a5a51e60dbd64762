import type { Json } from '../json/json.ts';

/** What runs jq programs in place of our own: the real program, as a child of this process. */
export interface JqEngine {
  /** Throws EngineError CONFIG_JQ for what it cannot run, with its own reason. Whoever asks twice for one program gets the same. */
  compile(program: string): JqEngineProgram;
}

export interface JqEngineProgram {
  /**
   * The first output, or undefined when there is none. Rejects with EngineError EVENT_TRANSFORM_FAILED and the program's message, or with
   * EVENT_LIMIT when it took too long or too much.
   */
  first(input: Json): Promise<Json | undefined>;
}
