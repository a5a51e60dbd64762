import type { EventSource } from '../../eventsources/kind.ts';
import type { Event } from '../../src/core/event/event.ts';
import type { Fact, World } from '../contracts/event-source.ts';
import { eventSourceOf } from '../support/event-source.ts';
import { memoryKube } from '../support/memory-kube.ts';
import { memoryRoutes } from '../support/memory-routes.ts';

interface Calling {
  /** The entry, whose endpoint has to be `/hook`, and the Secret that it names: `s`, with the key `k`. */
  readonly type: string;
  readonly entry: object;
  /** The request that tells of a fact. */
  request(fact: Fact): { headers?: Record<string, string>; body: string };
  /** The fact in an event's payload. */
  read(payload: never): Fact;
}

/** Callers that call again until they are answered with success: nothing may be lost, and a call that comes again is recognised. */
export function calledWorld({ type, entry, request, read }: Calling): World {
  const routes = memoryRoutes();
  const waiting: { readonly fact: Fact; calls: boolean }[] = [];
  let count = 0;
  const call = async (one: (typeof waiting)[number]): Promise<void> => {
    one.calls = true;
    const answer = await routes.call('/hook', request(one.fact));
    one.calls = false;
    if (answer?.status === 200) waiting.splice(waiting.indexOf(one), 1);
    else if (answer) setImmediate(again);
  };
  const again = (): void => {
    for (const one of waiting) if (!one.calls) void call(one);
  };
  let isHung = false;
  return {
    source: calledSource(type, entry),
    deps: {
      kube: kubeWithSecret(),
      routes: {
        async open(route) {
          if (isHung) await new Promise(() => {});
          const opened = await routes.open(route);
          setImmediate(again);
          return opened;
        },
      },
    },
    remembers: 'messages',
    ordered: false,
    happen() {
      count += 1;
      const fact = { subject: ['a', 'b', 'c'][count % 3]!, fact: `fact ${count}` };
      waiting.push({ fact, calls: false });
      again();
      return fact;
    },
    read: (event: Event) => read(event.data!.json as never),
    hang() {
      isHung = true;
    },
  };
}

export const calledSource = (type: string, entry: object): EventSource => eventSourceOf({ [type]: { calls: entry } });

/** An API server with one Secret `s`, whose key `k` is `secret`. */
export function kubeWithSecret(secret = 'secret') {
  const kube = memoryKube();
  const data = { k: Buffer.from(secret).toString('base64') };
  kube.put({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'playground' }, data });
  return kube;
}
