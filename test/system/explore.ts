import fc from 'fast-check';
import type { Trouble } from './unreliable-bus.ts';

/** Random histories of one kind, how each is lived, and what must be true of it. `check` throws when it is not. */
export interface Histories<Given, Lived extends { readonly trace: readonly string[] }> {
  readonly arbitrary: fc.Arbitrary<Given>;
  live(given: Given): Promise<Lived>;
  check(lived: Lived, given: Given): void;
}

/** A chance between 0 and `most`. */
export const chance = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: 20 }).map((part) => (part * most) / 20);

/** What is there in all kinds of histories. */
export const anyTrouble: fc.Arbitrary<Trouble> = fc.record({
  crash: chance(0.05),
  hang: fc.oneof(fc.constant(0), chance(0.02)),
  away: chance(0.2),
  lostAck: fc.oneof(fc.constant(0), chance(0.3)),
  late: fc.constant(0),
});

/** Lives as many histories as HISTORIES says, or `usual`, and checks each; of the first that fails the trace is shown. */
export async function explore<Given, Lived extends { readonly trace: readonly string[] }>(
  histories: Histories<Given, Lived>,
  usual: number,
): Promise<void> {
  const { failure, trace, report } = await live(histories, Number(process.env['HISTORIES'] ?? usual));
  if (failure === undefined) return;
  console.error(trace.join('\n'));
  throw new Error(`${failure}\n${report}`);
}

/** What is wrong with the first history that fails, of so many at the most, the same for the same seed; undefined when all are right. */
export async function firstFailure<Given, Lived extends { readonly trace: readonly string[] }>(
  histories: Histories<Given, Lived>,
  most: number,
  seed: number,
): Promise<string | undefined> {
  return (await live(histories, most, seed)).failure;
}

async function live<Given, Lived extends { readonly trace: readonly string[] }>(
  { arbitrary, live, check }: Histories<Given, Lived>,
  numRuns: number,
  seed?: number,
): Promise<{ failure: string | undefined; trace: readonly string[]; report: string }> {
  let trace: readonly string[] = [];
  const property = fc.asyncProperty(arbitrary, async (given) => {
    const lived = await live(given);
    trace = lived.trace;
    check(lived, given);
  });
  const details = await fc.check(property, { numRuns, endOnFailure: true, ...(seed === undefined ? {} : { seed }) });
  const failure = details.failed ? String((details.errorInstance as Error).message) : undefined;
  return { failure, trace, report: details.failed ? ((await fc.asyncDefaultReportMessage(details)) ?? '') : '' };
}
