import fc from 'fast-check';

/** A chance between 0 and `most`. */
export const chance = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: 20 }).map((part) => (part * most) / 20);

/** Lives random histories, as many as HISTORIES says or `usual`, and checks each; of the first that fails the trace is shown. */
export async function explore<History, Lived extends { readonly trace: readonly string[] }>(
  histories: fc.Arbitrary<History>,
  usual: number,
  live: (given: History) => Promise<Lived>,
  check: (lived: Lived, given: History) => void,
): Promise<void> {
  const property = fc.asyncProperty(histories, async (given) => {
    const lived = await live(given);
    try {
      check(lived, given);
    } catch (thrown) {
      console.error(lived.trace.join('\n'));
      throw thrown;
    }
  });
  await fc.assert(property, { numRuns: Number(process.env['HISTORIES'] ?? usual), endOnFailure: true });
}
