import type { Verdict } from '../../../../sensors/compiled.ts';
import { fromUnknown } from '../../../core/errors/from-unknown.ts';
import type { Event } from '../../../core/event/event.ts';
import type { JsonObject } from '../../../core/json/json.ts';
import { behindGroup, decideChain, type Passed, runChain, type Stopped, type Undecided } from '../interceptors/chain.ts';
import type { Interceptor, InterceptorContext, InterceptorRequest } from '../interceptors/interceptor.ts';
import type { ListenerCall } from '../listener/call.ts';
import { callOf } from '../listener/on-bus.ts';

/** A group's interceptors, which run once for all its triggers. */
export interface Group {
  readonly name: string;
  readonly triggerId: string;
  readonly interceptors: readonly Interceptor[];
}

/** A trigger's own, and the group that it is run by. */
export interface Steps {
  readonly triggerId: string;
  readonly interceptors: readonly Interceptor[];
  readonly group: Group | undefined;
}

/** What all triggers of a listener share of one event: it is parsed once, and a group decides once. */
interface Seen {
  readonly call: ListenerCall;
  readonly receivedAt: number;
  readonly decided: Map<Group, Passed | Stopped | Undecided>;
  readonly asked: Map<Group, Promise<Passed | Stopped>>;
}

/** The way of an event through interceptors, first as far as nobody has to be asked, then wholly. */
export class Admission {
  readonly #seen = new WeakMap<Event, Seen>();
  readonly #onFirst: (event: Event) => void;

  /** `onFirst` is called when the first trigger looks at an event. */
  constructor(onFirst: (event: Event) => void) {
    this.#onFirst = onFirst;
  }

  /** Pure but for what it remembers. */
  decide(event: Event, steps: Steps): Verdict {
    try {
      return this.#decide(event, steps) ?? { admitted: true, event };
    } catch (thrown) {
      const error = fromUnknown(thrown);
      return { admitted: false, because: error.message, at: 'event', error, seen: event };
    }
  }

  #decide(event: Event, { triggerId, interceptors, group }: Steps): Verdict | undefined {
    const seen = this.#look(event);
    let start = requestOf(event, seen, triggerId);
    if (group) {
      const decided = this.#decideGroup(event, seen, group);
      if (decided.kind === 'stopped') return new Refused(event, decided, group.name);
      const behind = decided.kind === 'undecided' ? decided.ifPassed : decided;
      if (!behind) return undefined;
      start = { ...start, ...behindGroup(behind, seen.call) };
    }
    const decided = decideChain(interceptors, start);
    return decided.kind === 'stopped' ? new Refused(event, decided) : undefined;
  }

  #decideGroup(event: Event, seen: Seen, group: Group): Passed | Stopped | Undecided {
    const decided = seen.decided.get(group) ?? decideChain(group.interceptors, requestOf(event, seen, group.triggerId));
    seen.decided.set(group, decided);
    return decided;
  }

  /** The event behind all interceptors, or which one stops it. Rejects with an EngineError where one cannot tell. */
  async run(event: Event, { triggerId, interceptors, group }: Steps, contextOf: ContextOf): Promise<Passed | Stopped> {
    const seen = this.#look(event);
    let start = requestOf(event, seen, triggerId);
    if (group) {
      const passed = await this.#askGroup(event, seen, group, contextOf);
      if (passed.kind === 'stopped') return passed;
      start = { ...start, ...behindGroup(passed, seen.call) };
    }
    return runChain(interceptors, start, await contextOf(namespaceIn(triggerId)));
  }

  /** Once for all triggers of the group; again when it could not tell. */
  #askGroup(event: Event, seen: Seen, group: Group, contextOf: ContextOf): Promise<Passed | Stopped> {
    const known = seen.asked.get(group);
    if (known) return known;
    const asked = contextOf(namespaceIn(group.triggerId)).then((context) =>
      runChain(group.interceptors, requestOf(event, seen, group.triggerId), context),
    );
    seen.asked.set(group, asked);
    asked.catch(() => seen.asked.delete(group));
    return asked;
  }

  #look(event: Event): Seen {
    const known = this.#seen.get(event);
    if (known) return known;
    const seen: Seen = { call: callOf(event), receivedAt: Date.parse(event.time), decided: new Map(), asked: new Map() };
    this.#seen.set(event, seen);
    this.#onFirst(event);
    return seen;
  }
}

/** What interceptors of triggers in a namespace are asked with. */
export type ContextOf = (namespace: string) => Promise<InterceptorContext>;

/** What stopped it, in the words of Tekton's users. */
export const becauseOf = ({ by, message }: Stopped): string => `interceptor \`${by}\` stopped it: ${message}`;

const requestOf = (event: Event, { call, receivedAt }: Seen, triggerId: string): InterceptorRequest => ({
  call,
  extensions: none,
  triggerId,
  eventId: event.id,
  receivedAt,
});

const none: JsonObject = {};

/** An event that an interceptor has stopped. Its words are made when somebody asks: of a thousand triggers, few let an event pass. */
class Refused {
  readonly admitted = false;
  readonly seen: Event;
  readonly #stopped: Stopped;
  readonly #group: string | undefined;

  constructor(event: Event, stopped: Stopped, group?: string) {
    this.seen = event;
    this.#stopped = stopped;
    this.#group = group;
  }

  get because(): string {
    return becauseOf(this.#stopped);
  }

  get at(): string {
    const { at } = this.#stopped;
    return this.#group === undefined ? `interceptors[${at}]` : `${this.#group}.interceptors[${at}]`;
  }
}

const namespaceIn = (triggerId: string): string => triggerId.split('/')[1]!;
