import type { JsonObject } from '../../../src/core/json/json.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { type Nats, startNats } from '../../support/nats.ts';
import { freePort } from '../../support/ports.ts';
import type { Process } from '../../support/process.ts';
import type { Ground } from './ground.ts';
import { calls, callUrl, onCall, posting } from './rules.ts';
import { startTarget, type Target } from './target.ts';

/** Calls of an event source whose numbers a sensor posts to a target, on a bus of their own: what most drills break. */
export interface Posted {
  readonly nats: Nats;
  readonly target: Target;
  /** Where calls are taken. */
  readonly urls: readonly string[];
  /** Starts one part; resolves when it is ready. `bus` is its way to the bus, where that is not the straight one. */
  start(part: 'eventsource' | 'sensor', bus?: string): Promise<Process>;
}

/** None of the parts runs yet. `config` is what nats-server is told, `spec` goes into that of the sensor, `beside` are more rules. */
export async function posted(
  ground: Ground,
  { config = '', spec = {}, beside = [] }: { config?: string; spec?: JsonObject; beside?: readonly KubeObject[] } = {},
): Promise<Posted> {
  const nats = ground.keep(await startNats({ config }));
  const target = await startTarget(ground);
  const port = await freePort();
  const rules = ground.write([...beside, calls(port), onCall([posting(target.url)], { spec })]);
  return { nats, target, urls: [callUrl(port)], start: (part, bus = nats.url) => ground.start(part, rules, { bus }) };
}
