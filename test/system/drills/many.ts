/** Does something with each of them, so many at once. */
export async function many<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < all.length) await work(all[next++]!);
    }),
  );
}
