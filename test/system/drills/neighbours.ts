import { startNats } from '../../support/nats.ts';
import { freePort } from '../../support/ports.ts';
import { type Calls, call } from './callers.ts';
import { type Delays, delaysOf, isLater, shown, worstOf } from './delays.ts';
import type { Ground } from './ground.ts';
import { calls, callUrl, onCall, posting } from './rules.ts';
import { startTarget, type Target } from './target.ts';

const rate = 100;

/** One rule whose target will fail, and two neighbours that take the same calls to targets of their own. */
export interface Neighbourhood {
  readonly target: Target;
  /** Calls a hundred times a second; resolves when all have been accepted. */
  calls(seconds: number): Promise<Calls>;
  /**
   * Throws when the neighbours' effects came later after these calls than in the worse of the calm phases around them: the machine may have
   * become slower meanwhile, for a reason of its own.
   */
  checkNeighbours(calm: readonly Calls[], then: Calls): void;
}

/** One neighbour is a trigger of the same sensor, the other one is a sensor beside it in the same process. `timeout` in seconds, for the one that fails. */
export async function startNeighbourhood(ground: Ground, { timeout }: { timeout?: number } = {}): Promise<Neighbourhood> {
  const nats = ground.keep(await startNats());
  const target = await startTarget(ground);
  const neighbours = [
    await startTarget(ground, { prefix: 'same sensor ' }),
    await startTarget(ground, { prefix: 'other sensor ' }),
  ] as const;
  const [same, other] = neighbours;
  const port = await freePort();
  const rules = ground.write([
    calls(port),
    onCall([posting(target.url, timeout === undefined ? {} : { http: { timeout } }), posting(same.url, { name: 'neighbour' })]),
    onCall([posting(other.url)], { name: 'beside' }),
  ]);
  await ground.start('eventsource', rules, { bus: nats.url });
  await ground.start('sensor', rules, { bus: nats.url });
  const prefixes = [target, same, other].map(({ prefix }) => prefix);
  let from = 0;

  return {
    target,
    async calls(seconds) {
      const count = seconds * rate;
      from += count;
      return call(ground, {
        urls: [callUrl(port)],
        from: from - count,
        count,
        callers: 16,
        rate,
        promises: (number) => prefixes.map((prefix) => `${prefix}${number}`),
      });
    },
    checkNeighbours(calm, then) {
      for (const neighbour of neighbours) {
        const [before, after] = [worstOf(calm.map((phase) => delaysOf(phase, neighbour))), delaysOf(then, neighbour)];
        ground.say(`${neighbour.prefix}in calm: ${shown(before)}; meanwhile: ${shown(after)}`);
        if (isLater(before, after)) throw new Error(late(neighbour, before, after));
      }
    },
  };
}

const late = ({ prefix }: Target, before: Delays, after: Delays): string =>
  `a neighbour (${prefix.trim()}) had its effects later while the target was away: ${shown(after)}; in calm ${shown(before)}`;
