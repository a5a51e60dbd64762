/**
 * How a part of the conformance vectors meets the product.
 *
 * A part is one case file without its extension, such as `argo/gjson`. Its adapter is one small file under `adapters/`, and one row
 * in the table of `adapters.ts`. The adapter turns a case's input into calls of the product's own functions and returns what these
 * answered, in the words of the expectation; it decides nothing by itself.
 *
 *     export const sjson: Adapter = {
 *       compare: { error: 'failed' },
 *       async run(one) {
 *         const { value, error } = await attempt(() => setString(one.json, one.path, one.value));
 *         return { result: value ?? null, error };
 *       },
 *     };
 *
 * Each field of the expectation is compared with the field of the same name in the answer; fields that the expectation does not have
 * are not looked at. Where ours differs on purpose, add a row to `differences.ts`; where something is not built yet, to `skips.ts`.
 */
export interface Adapter {
  /** What the product gives for this case. Whatever it throws fails the case; use `attempt` where an error is an answer. */
  run(one: Case, file: Case): Answer | Promise<Answer>;
  /** What the case expects. Default: its `expect`; without one, its keys that start with `want`. */
  expected?(one: Case): Answer;
  /** By field of the expectation; default `same`. */
  compare?: Readonly<Record<string, Comparison>>;
}

/** One case, or the file around it with the data that its cases share. */
// biome-ignore lint/suspicious/noExplicitAny: cases are foreign data, and the adapter is what knows their shape
export type Case = Readonly<Record<string, any>>;

export type Answer = Readonly<Record<string, unknown>>;

/**
 * - `same`: equal JSON values; texts byte for byte, objects in any order of keys.
 * - `json`: texts that are equal once parsed.
 * - `failed`: both null (or false) or both not. For error texts that come from a library.
 * - `own error`: as `failed`, but a text that Argo Events itself words is compared in full.
 * - a function: true when ours will do.
 */
export type Comparison = 'same' | 'json' | 'failed' | 'own error' | ((expected: unknown, got: unknown) => boolean);

/** Runs the product where an error is one of the answers: `error` is its message, or null. */
export async function attempt<T>(run: () => T | Promise<T>): Promise<{ value: T | undefined; error: string | null }> {
  try {
    return { value: await run(), error: null };
  } catch (thrown) {
    return { value: undefined, error: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
