/** Asks again every few milliseconds until the answer is not undefined, false or an error; fails after `within` milliseconds with the last error. */
export async function eventually<T>(ask: () => Promise<T> | T, within = 10_000): Promise<NonNullable<T>> {
  const deadline = performance.now() + within;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== null && answer !== false) return answer as NonNullable<T>;
      last = new Error(`the answer stayed ${String(answer)}`);
    } catch (thrown) {
      last = thrown;
    }
    if (performance.now() > deadline) throw last;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
