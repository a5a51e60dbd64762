import { goJson } from '../../src/core/json/stringify.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { Lanes } from '../lanes.ts';
import { identityOf, leftId } from './identity.ts';
import type { Memory } from './memory.ts';
import type { Plan } from './plan.ts';
import type { Position } from './position.ts';

interface Parts {
  readonly memory: Memory;
  readonly position: Position;
  readonly lanes: Lanes;
}

/**
 * Reads our own subject from the recorded place on, and remembers what was published but not remembered before we stopped, so that
 * it is not sent again. Only events that bear the id that we would give them count: others may publish on the subject too.
 */
export async function foldInPublished(plan: Plan, context: EventSourceContext, { memory, position, lanes }: Parts): Promise<void> {
  const { bus, signal } = context;
  const { idOf, read } = plan.form;
  let after = position.sequence;
  await context.patiently(async () => {
    for await (const { event, sequence } of bus.replay(plan.address, after, signal)) {
      after = sequence;
      const published = read(event);
      if (!published) {
        // What others publish there need not be read at every start.
        position.stored(sequence);
        continue;
      }
      const { type, object, isWhole, left } = published;
      const id = identityOf(object);
      const { namespace = '', name, resourceVersion = '' } = object.metadata;
      const open = position.begin();
      await lanes.push(id, async () => {
        const known = memory.get(id);
        const isKnown = known?.stream === position.stream && known.sequence >= sequence;
        if (left) {
          if (known && !isKnown && event.id === leftId(idOf, id, known))
            await memory.remember(id, { ...known, passes: false, sequence, stream: position.stream }, undefined);
        } else if (type === 'DELETE') {
          if (known && !isKnown && event.id === idOf('DELETE', id, known.said)) await memory.forget(id);
        } else if (!isKnown && event.id === idOf(type, id, resourceVersion)) {
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
