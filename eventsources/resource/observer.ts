import { goJson } from '../../src/core/json/stringify.ts';
import type { KubeObject, Part } from '../../src/core/kube/kube.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { Lanes } from '../lanes.ts';
import { type Look, meaningOf } from './compare.ts';
import { isBeforeStart, madeAt } from './filter.ts';
import { identityOf, leftId } from './identity.ts';
import { Listing } from './listing.ts';
import type { Known, Memory } from './memory.ts';
import type { Plan } from './plan.ts';
import type { Position } from './position.ts';
import { type Change, createPublish, nameOf } from './publish.ts';
import type { ChangeType } from './spec.ts';

interface Parts {
  readonly memory: Memory;
  readonly position: Position;
  readonly lanes: Lanes;
}

interface Names {
  readonly namespace?: string;
  readonly name: string;
  readonly resourceVersion?: string;
}

/** An object as it was seen. */
interface Sight {
  readonly id: string;
  readonly object: KubeObject;
  readonly by: 'watch' | 'list';
  readonly gone: boolean;
  readonly since: number;
}

/**
 * Turns looks at objects into events.
 *
 * Every look is a job in the lane of the object's name: compare with the memory, publish, remember, in this order. So the events of
 * one object are published one after another (also those of a successor with the same name), and objects do not wait for each other.
 */
export class Observer {
  readonly #plan: Plan;
  readonly #context: EventSourceContext;
  readonly #memory: Memory;
  readonly #position: Position;
  readonly #lanes: Lanes;
  readonly #publish: ReturnType<typeof createPublish>;
  /** The list whose parts are coming in, or that came to no end. */
  #listing: Listing | undefined;

  constructor(plan: Plan, context: EventSourceContext, { memory, position, lanes }: Parts) {
    this.#plan = plan;
    this.#context = context;
    this.#memory = memory;
    this.#position = position;
    this.#lanes = lanes;
    this.#publish = createPublish(plan, context);
  }

  /** A change from the watch. Resolves when there is room for the next. */
  async change(object: KubeObject, gone: boolean): Promise<void> {
    const sight: Sight = { id: identityOf(object), object, by: 'watch', gone, since: this.#context.clock.monotonic() };
    await this.#inLane(object.metadata, madeAt(object), async () => void (await this.#look(sight)));
  }

  /**
   * A list, or one part of it. Resolves when there is room for the next part; after the last one with true, when all that the list says
   * has been published and remembered, or something failed. With `relist` every object is also sent as ADD.
   */
  async compare(items: readonly KubeObject[], { isFirst, isLast }: Part, relist: boolean): Promise<boolean> {
    if (isFirst) {
      await this.#lanes.idle();
      this.#listing = new Listing(this.#memory, this.#context.clock.monotonic(), this.#listing);
      this.#position.beginList();
    }
    const listing = this.#listing!;
    for (const object of items) await this.#listed(object, listing, relist);
    if (!isLast) return false;
    for (const [id, known] of this.#memory.all()) if (!listing.present.has(id)) await this.#missing(id, known, listing);
    await this.#lanes.idle();
    this.#listing = undefined;
    if (this.#lanes.hasFailed) return true;
    await this.#position.settle(listing.present);
    const { clock, tell, eventSourceName: eventsource, eventName: event } = this.#context;
    const { ADD: added, UPDATE: updated, DELETE: deleted } = listing.sent;
    tell.caughtUp({ eventsource, event, known: this.#memory.size, added, updated, deleted, took: clock.monotonic() - listing.since });
    return true;
  }

  /** An object that stands in a list. Those that had its name before it go first. */
  async #listed(object: KubeObject, listing: Listing, relist: boolean): Promise<void> {
    const id = identityOf(object);
    const { since, sent, added } = listing;
    listing.present.add(id);
    const known = this.#memory.get(id);
    if (known && known.resourceVersion === object.metadata.resourceVersion && this.#isSettled && !relist) return;
    for (const before of known ? [] : listing.predecessors(object.metadata)) {
      const gone = this.#memory.get(before);
      if (gone) await this.#missing(before, gone, listing);
    }
    await this.#inLane(object.metadata, madeAt(object), async () => {
      const type = await this.#look({ id, object, by: 'list', gone: false, since });
      if (type) sent[type] += 1;
      if (!relist || added.has(id)) return;
      if (type !== 'ADD' && !(await this.#again(id, object, since))) return;
      if (type !== 'ADD') sent.ADD += 1;
      added.add(id);
    });
  }

  #missing(id: string, known: Known, { since, sent }: Listing): Promise<void> {
    return this.#inLane(known, undefined, async () => {
      if (await this.#miss(id, since)) sent.DELETE += 1;
    });
  }

  get #isSettled(): boolean {
    return this.#position.phase === 'settled' && !this.#position.refiltered;
  }

  async #inLane(
    { namespace = '', name }: { namespace?: string; name: string },
    made: number | undefined,
    job: () => Promise<void>,
  ): Promise<void> {
    const open = this.#position.begin(made);
    await this.#lanes.push(`${namespace}/${name}`, async () => {
      await job();
      this.#position.end(open);
    });
  }

  /** Works out what one look means, and does it. Resolves with the type of the event that was sent. */
  async #look({ id, object, by, gone, since }: Sight): Promise<ChangeType | undefined> {
    const text = goJson(object);
    const known = this.#memory.get(id);
    const met = this.#position.hasMet(id);
    const refusal = this.#plan.filter(object, text);
    if (refusal !== undefined && (by === 'watch' || !met)) this.#tellRefused(object, refusal);
    const { resourceVersion = '' } = object.metadata;
    const passes = refusal === undefined;
    const seen = { resourceVersion, passes };
    const look: Look = by === 'watch' ? { by, gone, met, ...seen } : { by, met: met || !this.#position.isNew(madeAt(object)), ...seen };
    const { event, left, memory } = meaningOf(look, known, this.#plan.tellsLeft);

    const isWanted = event !== undefined && this.#plan.wants(event) && !(by === 'list' && !known && this.#isTooOld(event, object));
    let sequence = known?.sequence ?? 0;
    if (isWanted) {
      const stored = await this.#publish({
        ...this.#describe(id, object.metadata, by === 'list', since),
        type: event,
        ...(left && known
          ? { id: leftId(this.#plan.form.idOf, id, known), body: await this.#lastOf(id, known), left }
          : { id: this.#plan.form.idOf(event, id, event === 'DELETE' ? (known?.said ?? resourceVersion) : resourceVersion), body: text }),
        oldBody: event === 'UPDATE' ? await this.#memory.textOf(id) : undefined,
      });
      if (stored) this.#position.stored(stored.sequence);
      sequence = stored?.sequence ?? sequence;
    }

    if (memory === 'remember') {
      const { namespace = '', name } = object.metadata;
      const said = isWanted || !known ? resourceVersion : known.said;
      const entry = { resourceVersion, passes, said, namespace, name, sequence, stream: this.#position.stream };
      await this.#memory.remember(id, entry, passes ? text : undefined);
    }
    if (memory === 'forget') await this.#memory.forget(id);
    this.#keepInSight(id, object, gone, text);
    return isWanted ? event : undefined;
  }

  /** An object that never passed is only known to this process: that it was there, and its text for the `oldBody` of an UPDATE. */
  #keepInSight(id: string, object: KubeObject, gone: boolean, text: string): void {
    if (gone || this.#memory.get(id)) this.#position.unmeet(id);
    else this.#position.meet(id, madeAt(object));
    if (gone) this.#memory.bodies.delete(id);
    else this.#memory.bodies.set(id, { resourceVersion: object.metadata.resourceVersion ?? '', text });
  }

  /** A remembered object is missing in a list. Resolves with true when its DELETE was sent. */
  async #miss(id: string, since: number): Promise<boolean> {
    const known = this.#memory.get(id);
    if (!known) return false;
    const { event } = meaningOf({ by: 'absence' }, known);
    const isWanted = event !== undefined && this.#position.phase !== 'moved' && this.#plan.wants(event);
    if (isWanted) {
      const stored = await this.#publish({
        ...this.#describe(id, known, true, since),
        type: event,
        id: this.#plan.form.idOf(event, id, known.said),
        body: await this.#lastOf(id, known),
      });
      if (stored) this.#position.stored(stored.sequence);
    }
    await this.#memory.forget(id);
    this.#memory.bodies.delete(id);
    return isWanted;
  }

  /** Sends an object that is known already as ADD once more: a fact of its own, so its id is new. */
  async #again(id: string, object: KubeObject, since: number): Promise<boolean> {
    if (!this.#memory.get(id) || !this.#plan.wants('ADD') || this.#isTooOld('ADD', object)) return false;
    const { resourceVersion = '' } = object.metadata;
    const salt = `listed ${this.#context.clock.now()}`;
    const change = { ...this.#describe(id, object.metadata, true, since), type: 'ADD' as const, body: goJson(object) };
    const stored = await this.#publish({ ...change, id: this.#plan.form.idOf('ADD', id, resourceVersion, salt) });
    if (stored) this.#position.stored(stored.sequence);
    return true;
  }

  #isTooOld(type: ChangeType, object: KubeObject): boolean {
    if (!this.#plan.afterStart) return false;
    return isBeforeStart(type, object, this.#position.start, this.#context.clock.now());
  }

  #describe(object: string, names: Names, synthetic: boolean, since: number): Omit<Change, 'type' | 'id' | 'body'> {
    const { namespace = '', name, resourceVersion = '' } = names;
    return { object, resourceVersion, orderKey: this.#plan.orderKeyOf({ namespace, name }), namespace, name, synthetic, since };
  }

  /** The object as it was when it last passed; of one that was too large to be kept there is only this to say. */
  async #lastOf(id: string, { namespace, name, resourceVersion }: Known): Promise<string> {
    return (await this.#memory.textOf(id)) ?? goJson({ metadata: { name, namespace, resourceVersion, uid: id } });
  }

  #tellRefused(object: KubeObject, because: string): void {
    const { tell, eventSourceName: eventsource, eventName: event } = this.#context;
    const { namespace = '', name } = object.metadata;
    tell.eventFilteredAtSource({ eventsource, event, object: nameOf({ namespace, name }), because });
  }
}
