import type { Event } from '../../src/core/event/event.ts';
import { isObject } from '../../src/core/json/json.ts';
import { goJson } from '../../src/core/json/stringify.ts';
import type { KubeObject } from '../../src/core/kube/kube.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { Lanes } from '../lanes.ts';
import { type EventId, identityOf, leftId } from './identity.ts';
import type { Memory } from './memory.ts';
import type { Position } from './position.ts';

interface Parts {
  readonly memory: Memory;
  readonly position: Position;
  readonly lanes: Lanes;
  readonly eventId: EventId;
}

/**
 * Reads our own subject from the recorded place on, and remembers what was published but not remembered before we stopped, so that
 * it is not sent again. Only events that bear the id that we would give them count: others may publish on the subject too.
 */
export async function foldInPublished(context: EventSourceContext, { memory, position, lanes, eventId }: Parts): Promise<void> {
  const { bus, eventSourceName: source, eventName: subject, signal } = context;
  let after = position.sequence;
  await context.patiently(async () => {
    for await (const { event, sequence } of bus.replay({ source, subject }, after, signal)) {
      after = sequence;
      const published = read(event);
      if (!published) continue;
      const { type, object, isWhole, left } = published;
      const id = identityOf(object);
      const { namespace = '', name, resourceVersion = '' } = object.metadata;
      const open = position.begin();
      await lanes.push(id, async () => {
        const known = memory.get(id);
        const isKnown = known?.stream === position.stream && known.sequence >= sequence;
        if (left) {
          if (known && !isKnown && event.id === leftId(eventId, id, known))
            await memory.remember(id, { ...known, passes: false, sequence, stream: position.stream }, undefined);
        } else if (type === 'DELETE') {
          if (known && !isKnown && event.id === eventId('DELETE', id, known.said)) await memory.forget(id);
        } else if (!isKnown && event.id === eventId(type, id, resourceVersion)) {
          const entry = { resourceVersion, passes: true, said: resourceVersion, namespace, name, sequence, stream: position.stream };
          await memory.remember(id, entry, isWhole ? goJson(object) : undefined);
        }
        position.stored(sequence);
        position.end(open);
      });
    }
  });
  await lanes.idle();
}

/** The change that an event on our subject tells of, or undefined when it is none of ours. */
function read(event: Event): { type: 'ADD' | 'UPDATE' | 'DELETE'; object: KubeObject; isWhole: boolean; left: boolean } | undefined {
  const payload = jsonOf(event);
  if (!isObject(payload)) return undefined;
  const { type, body } = payload;
  if ((type !== 'ADD' && type !== 'UPDATE' && type !== 'DELETE') || !isObject(body) || !isObject(body['metadata'])) return undefined;
  if (typeof body['metadata']['name'] !== 'string') return undefined;
  return { type, object: body as KubeObject, isWhole: body['tooLarge'] === undefined, left: payload['left'] === true };
}

function jsonOf(event: Event): unknown {
  try {
    return event.data?.json;
  } catch {
    return undefined;
  }
}
