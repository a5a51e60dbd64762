import { expect, test } from 'vitest';
import type { EventBus, Subscription } from '../../eventbus/bus.ts';
import type { EngineError } from '../../src/core/errors/engine-error.ts';
import { EventData } from '../../src/core/event/data.ts';
import type { Event } from '../../src/core/event/event.ts';
import { buildEvent } from '../support/build-event.ts';
import { eventually } from '../support/eventually.ts';
import { bodiesOf, entriesOf } from '../support/queue-contents.ts';
import { Reader } from '../support/reader.ts';

/** A bus as several processes share it. */
export interface BusWorld extends AsyncDisposable {
  /** The bus as another process sees it. Closed with the world. */
  open(): Promise<EventBus>;
  /** Ends that process as kill -9 does: nothing that it holds is given back. */
  kill(bus: EventBus): Promise<void>;
  /** Waits for something that may take the bus's own time. */
  during<T>(promise: Promise<T>): Promise<T>;
  /** Lets time go by, in milliseconds. */
  pass(milliseconds: number): Promise<void>;
}

const numbered = (from: number, to: number, fields: Partial<Event> = {}): Event[] =>
  Array.from({ length: to - from + 1 }, (_, index) => buildEvent({ id: `e${from + index}`, ...fields }));

async function publish(bus: EventBus, events: readonly Event[]): Promise<void> {
  for (const event of events) await bus.publish(event);
}

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('utf8');
const bytes = (value: string): Uint8Array => Buffer.from(value, 'utf8');

const shown = (event: Event | undefined) => event && { ...event, data: event.data && Buffer.from(event.data.bytes).toString('latin1') };

/** What `eventbus/README.md` promises, for every driver alike. */
export function busContract(start: () => Promise<BusWorld>): void {
  deliveryContract(start);
  sharedContract(start);
  storageContract(start);
  leaseContract(start);
}

function deliveryContract(start: () => Promise<BusWorld>): void {
  test('an event arrives as it was published', async () => {
    await using world = await start();
    const bus = await world.open();
    const events = [
      buildEvent(),
      buildEvent({
        id: 'ü "quoted" 100%\r\nX: y',
        type: 'a b',
        datacontenttype: 'text/plain; charset=utf-8',
        data: EventData.fromText('grüße'),
      }),
      buildEvent({ id: 'bytes', datacontenttype: 'application/octet-stream', data: EventData.fromBytes(Uint8Array.of(0, 255, 13, 10)) }),
      buildEvent({ id: 'extended', extensions: { partitionkey: 'apps/v1/Deployment/a/b', synthetic: 'true' } }),
      buildEvent({ id: 'empty', data: EventData.fromText('') }),
    ];
    await using reader = new Reader(bus);

    await publish(bus, events);

    const arrived = await world.during(reader.next(events.length));
    expect(arrived.map(({ event }) => shown(event))).toEqual(events.map(shown));
    expect(arrived.map(({ problem, attempt, sequence }) => ({ problem, attempt, sequence }))).toEqual(
      events.map((_, index) => ({ problem: undefined, attempt: 1, sequence: index + 1 })),
    );
  });

  test('what the sender does with its bytes afterwards changes nothing', async () => {
    await using world = await start();
    const bus = await world.open();
    const body = Buffer.from('before');
    await bus.publish(buildEvent({ data: EventData.fromBytes(body) }));
    body.write('after!');

    await using reader = new Reader(bus);
    const [delivery] = await world.during(reader.next(1));

    expect(delivery!.event!.data!.text).toBe('before');
  });

  test('names that a subject cannot hold are carried, and kept apart', async () => {
    await using world = await start();
    const bus = await world.open();
    const names = ['a.b', 'a%2Eb', 'a%252Eb', 'a b', 'a*', '>', '%', 'ä', 'a\tb'];
    const origins = names.map((name) => ({ source: name, subject: 'x' }));
    for (const [index, source] of names.entries()) await bus.publish(buildEvent({ id: `${index}`, source, subject: 'x' }));

    for (const [index, origin] of origins.entries()) {
      await using reader = new Reader(bus, { name: `only ${index}`, origins: [origin] });
      expect(await world.during(reader.done(1))).toEqual([`${index}`]);
      expect(reader.all.map(({ event }) => event?.source)).toEqual([origin.source]);
    }
    await using all = new Reader(bus, { name: 'all', origins });
    expect((await world.during(all.next(names.length))).map(({ event }) => event?.source)).toEqual(names);
  });

  test('a name that nothing can carry is refused with the reason', async () => {
    await using world = await start();
    const bus = await world.open();

    await expect(bus.publish(buildEvent({ subject: '' }))).rejects.toMatchObject({
      code: 'REMOTE_BUS_NAME',
      message: 'the bus cannot carry the name "": it is empty',
      retry: 'never',
    });
    const long = 'x'.repeat(1100);
    await expect(bus.publish(buildEvent({ source: long }))).rejects.toThrow(
      `the bus cannot carry the name "default.${long}.push": it is longer than 1024 bytes`,
    );
  });

  test('an event that is too large is refused with its size, and the largest is not', async () => {
    await using world = await start();
    const bus = await world.open();
    const sized = (length: number) => buildEvent({ id: `${length}`, data: EventData.fromBytes(new Uint8Array(length)) });
    const limit = bus.maxMessageBytes;
    const refused = await bus.publish(sized(limit)).catch((thrown: EngineError) => thrown);
    const headers = Number((refused as EngineError).fields['actual']) - limit;

    expect(refused).toMatchObject({
      code: 'EVENT_TOO_LARGE',
      message: `the event has ${limit + headers} bytes, the bus takes ${limit}`,
      retry: 'never',
    });
    expect(await bus.publish(sized(limit - headers))).toEqual({ sequence: 1, duplicate: false });
    await expect(bus.publish(sized(limit - headers + 1))).rejects.toThrow('bytes, the bus takes');
  });

  test('the same event id is stored once, and the answer is the place of the first', async () => {
    await using world = await start();
    const bus = await world.open();
    await publish(bus, numbered(1, 2));

    expect(await bus.publish(buildEvent({ id: 'e1', data: EventData.fromText('other') }))).toEqual({ sequence: 1, duplicate: true });

    await bus.publish(buildEvent({ id: 'e3' }));
    await using reader = new Reader(bus);
    expect(await world.during(reader.done(3))).toEqual(['e1', 'e2', 'e3']);
  });

  test('events that are published side by side each have a place of their own', async () => {
    await using world = await start();
    const bus = await world.open();

    const stored = await Promise.all(numbered(1, 300).map((event) => bus.publish(event)));

    expect(new Set(stored.map(({ sequence }) => sequence)).size).toBe(300);
    await using reader = new Reader(bus, { maxInFlight: 1000 });
    expect(new Set(await world.during(reader.done(300))).size).toBe(300);
  });

  test('a subscription takes its origins and no others, in the order of the stream', async () => {
    await using world = await start();
    const bus = await world.open();
    await bus.publish(buildEvent({ id: '1' }));
    await bus.publish(buildEvent({ id: '2', subject: 'tag' }));
    await bus.publish(buildEvent({ id: '3', source: 'hub' }));
    await bus.publish(buildEvent({ id: '4' }));

    const origins = [
      { source: 'git', subject: 'push' },
      { source: 'hub', subject: 'push' },
    ];
    await using reader = new Reader(bus, { origins });

    expect(await world.during(reader.done(3))).toEqual(['1', '3', '4']);
  });

  test('what everybody has published can be read again, after a sequence and up to the last', async () => {
    await using world = await start();
    const bus = await world.open();
    expect(await bus.lastSequence()).toBe(0);
    await bus.publish(buildEvent({ id: '1' }));
    await bus.publish(buildEvent({ id: '2', subject: 'tag' }));
    await bus.publish(buildEvent({ id: '3', source: 'hub' }));

    expect(await bus.lastSequence()).toBe(3);
    expect(await everything(bus, 1)).toEqual(['2 2', '3 3']);
    expect(await everything(bus, 3)).toEqual([]);
  });

  test('a subscription goes on where it stopped; another one knows nothing of that', async () => {
    await using world = await start();
    const bus = await world.open();
    await publish(bus, numbered(1, 3));
    {
      await using first = new Reader(bus);
      expect(await world.during(first.done(3))).toEqual(['e1', 'e2', 'e3']);
    }
    await publish(bus, numbered(4, 5));

    await using again = new Reader(await world.open());
    expect(await world.during(again.done(2))).toEqual(['e4', 'e5']);
    await using other = new Reader(bus, { name: 'other' });
    expect(await world.during(other.done(5))).toEqual(['e1', 'e2', 'e3', 'e4', 'e5']);
  });

  test('a subscription without a start begins with what comes after it', async () => {
    await using world = await start();
    const bus = await world.open();
    await bus.publish(buildEvent({ id: 'before' }));
    const now = { name: 'now', origins: [{ source: 'git', subject: 'push' }], maxInFlight: 5 } satisfies Subscription;
    {
      await using opened = new Reader(bus, { ...now, since: undefined as never });
      await world.pass(300);
      expect(opened.ids).toEqual([]);
    }
    await bus.publish(buildEvent({ id: 'after' }));

    await using reader = new Reader(bus, { ...now, since: undefined as never });

    expect(await world.during(reader.done(1))).toEqual(['after']);
  });

  test('a subscription with a start begins there', async () => {
    await using world = await start();
    const bus = await world.open();
    await bus.publish(buildEvent({ id: 'before' }));
    await world.pass(20);
    await bus.publish(buildEvent({ id: 'then' }));
    await using all = new Reader(bus);
    const since = new Date((await world.during(all.next(2)))[1]!.storedAt);

    await using reader = new Reader(bus, { name: 'since', since });
    await using bySequence = new Reader(bus, { name: 'from', from: 2 });

    expect(await world.during(reader.done(1))).toEqual(['then']);
    expect(await world.during(bySequence.done(1))).toEqual(['then']);
  });

  test('what a subscription takes may change without losing its place', async () => {
    await using world = await start();
    const bus = await world.open();
    const push = { source: 'git', subject: 'push' };
    const tag = { source: 'git', subject: 'tag' };
    await bus.publish(buildEvent({ id: 'p1' }));
    {
      await using narrow = new Reader(bus, { origins: [push] });
      expect(await world.during(narrow.done(1))).toEqual(['p1']);
    }
    await bus.publish(buildEvent({ id: 'p2' }));
    await bus.publish(buildEvent({ id: 't1', subject: 'tag' }));
    {
      await using wide = new Reader(bus, { origins: [push, tag] });
      expect((await world.during(wide.done(2))).sort()).toEqual(['p2', 't1']);
    }
    await bus.publish(buildEvent({ id: 't2', subject: 'tag' }));
    await bus.publish(buildEvent({ id: 'p3' }));

    await using narrowAgain = new Reader(bus, { origins: [push] });
    expect(await world.during(narrowAgain.done(1))).toEqual(['p3']);
  });

  test('no more is handed out than may be in flight; an end makes room', async () => {
    await using world = await start();
    const bus = await world.open();
    await publish(bus, numbered(1, 10));
    await using reader = new Reader(bus, { maxInFlight: 3 }, (delivery) => delivery.working());
    const first = await world.during(reader.next(3));
    await world.pass(300);
    expect(reader.ids).toEqual(['e1', 'e2', 'e3']);

    first[1]!.ack();
    first[1]!.ack();

    expect((await world.during(reader.next(1)))[0]!.event!.id).toBe('e4');
    await world.pass(300);
    expect(reader.ids).toEqual(['e1', 'e2', 'e3', 'e4']);
  });

  test('what is not ended comes again after a while, and counts its attempts', async () => {
    await using world = await start();
    const bus = await world.open();
    await publish(bus, numbered(1, 2));
    await using reader = new Reader(bus, { maxInFlight: 2 });
    const [first, second] = await world.during(reader.next(2));
    second!.ack();

    const [again] = await world.during(reader.next(1));

    expect([again!.event!.id, again!.attempt, again!.sequence]).toEqual(['e1', 2, first!.sequence]);
    again!.ack();
    await world.pass(2500);
    expect(reader.ids).toEqual(['e1', 'e2', 'e1']);
  });

  test('what is worked on does not come again', async () => {
    await using world = await start();
    const bus = await world.open();
    await bus.publish(buildEvent());
    await using reader = new Reader(bus);
    const [delivery] = await world.during(reader.next(1));

    for (let round = 0; round < 6; round++) {
      await world.pass(600);
      delivery!.working();
    }

    expect(reader.ids).toEqual(['e1']);
  });

  test('what a process that ended had in flight comes first, in its order', async () => {
    await using world = await start();
    const bus = await world.open();
    await publish(bus, numbered(1, 4));
    {
      await using ended = new Reader(bus);
      const deliveries = await world.during(ended.next(4));
      deliveries[1]!.ack();
    }
    await publish(bus, numbered(5, 6));

    await using successor = new Reader(await world.open());

    expect(await world.during(successor.done(5))).toEqual(['e1', 'e3', 'e4', 'e5', 'e6']);
  });

  test('two who share a subscription get each event once', async () => {
    await using world = await start();
    const [one, two] = [await world.open(), await world.open()];
    await using first = new Reader(one, { maxInFlight: 5 });
    await using second = new Reader(two, { maxInFlight: 5 });
    await world.pass(300);

    await publish(one, numbered(1, 10));

    await world.during(Promise.all([first.next(5), second.next(5)]));
    expect([...first.ids, ...second.ids].map((id) => Number(id!.slice(1))).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('with acknowledgements lost in both directions, every event is stored once and delivered at least once', async () => {
    await using world = await start();
    const bus = await world.open();
    const [loseAck, loseAnswer] = [everyThird(), everyThird()];
    const arrived = new Set<string>();
    await using reader = new Reader(bus, {}, (delivery) => {
      arrived.add(delivery.event!.id);
      if (!loseAck()) delivery.ack();
    });

    for (const event of numbered(1, 30)) {
      do await bus.publish(event);
      while (loseAnswer());
    }

    await world.during(reader.until(() => arrived.size === 30 && reader.all.length > 30));
    expect([...arrived]).toEqual(numbered(1, 30).map(({ id }) => id));
    expect(await replayed(bus, 0)).toEqual(numbered(1, 30).map(({ id }, index) => `${index + 1} ${id}`));
  });

  test('a replay gives what one listener published after a sequence, and ends', async () => {
    await using world = await start();
    const bus = await world.open();
    expect(await replayed(bus, 0)).toEqual([]);
    await publish(bus, numbered(1, 2));
    await bus.publish(buildEvent({ id: 'other', subject: 'tag' }));
    await publish(bus, numbered(3, 1200));

    expect((await replayed(bus, 1)).slice(0, 3)).toEqual(['2 e2', '4 e3', '5 e4']);
    expect(await replayed(bus, 0)).toHaveLength(1200);
    expect(await replayed(bus, 1201)).toEqual([]);
    expect(await replayed(bus, 5000)).toEqual([]);
  });

  test('the time at which the stream was made does not change', async () => {
    await using world = await start();
    const bus = await world.open();
    const created = await bus.streamCreated();
    await bus.publish(buildEvent());

    expect(await (await world.open()).streamCreated()).toBe(created);
    expect(new Date(created).getTime()).toBeGreaterThan(0);
  });

  test('forgetting drops the place of a subscription, its state and its queue, and nothing else', async () => {
    await using world = await start();
    const bus = await world.open();
    await bus.publish(buildEvent());
    {
      await using reader = new Reader(bus);
      await world.during(reader.done(1));
    }
    for (const name of ['sensor', 'sensor2']) {
      await (await bus.state(name)).set('k', bytes('v'), 0);
      await (await bus.queue(name)).put(bytes('b'), { id: 'i' });
    }

    await bus.forget('sensor');
    await bus.forget('sensor');

    expect(await (await bus.state('sensor')).get('k')).toBeUndefined();
    expect(await bodiesOf(await bus.queue('sensor'))).toEqual([]);
    expect(text((await (await bus.state('sensor2')).get('k'))?.value)).toBe('v');
    expect(await bodiesOf(await bus.queue('sensor2'))).toEqual(['b']);
    await using anew = new Reader(bus);
    expect(await world.during(anew.done(1))).toEqual(['e1']);
  });
}

async function everything(bus: EventBus, after: number): Promise<string[]> {
  const seen: string[] = [];
  for await (const { event, sequence } of bus.replay(undefined, after, new AbortController().signal)) seen.push(`${sequence} ${event.id}`);
  return seen;
}

/** Says yes to every third question. */
function everyThird(): () => boolean {
  let count = 0;
  return () => ++count % 3 === 0;
}

async function replayed(bus: EventBus, after: number): Promise<string[]> {
  const seen: string[] = [];
  for await (const { event, sequence } of bus.replay({ source: 'git', subject: 'push' }, after, new AbortController().signal))
    seen.push(`${sequence} ${event.id}`);
  return seen;
}

/** A subscription that several processes take from at once, and say so. */
function sharedContract(start: () => Promise<BusWorld>): void {
  test('who comes to a shared subscription later takes what is newer, and leaves alone what others have in work', async () => {
    await using world = await start();
    const [one, two] = [await world.open(), await world.open()];
    await publish(one, numbered(1, 10));
    await using first = new Reader(one, { shared: true, maxInFlight: 5 });
    const held = await world.during(first.next(5));

    await using second = new Reader(two, { shared: true });

    const others = await world.during(second.next(5));
    for (let round = 0; round < 6; round++) {
      await world.pass(500);
      for (const delivery of [...held, ...others]) delivery.working();
    }
    expect(first.ids).toEqual(['e1', 'e2', 'e3', 'e4', 'e5']);
    expect(second.ids).toEqual(['e6', 'e7', 'e8', 'e9', 'e10']);
  });

  test('what one that was killed held of a shared subscription comes to another, which does not wait for it', async () => {
    await using world = await start();
    const [one, two] = [await world.open(), await world.open()];
    await using first = new Reader(one, { shared: true, maxInFlight: 5 });
    await publish(two, numbered(1, 5));
    await world.during(first.next(5));
    await using second = new Reader(two, { shared: true });
    await world.kill(one);

    await publish(two, numbered(6, 7));

    expect(await world.during(second.done(2))).toEqual(['e6', 'e7']);
    expect((await world.during(second.done(5))).sort()).toEqual(['e1', 'e2', 'e3', 'e4', 'e5']);
    expect(second.all.map(({ attempt }) => attempt)).toEqual([1, 1, 2, 2, 2, 2, 2]);
  });

  test('one that ends gives back what it held of a shared subscription, and nothing of the others', async () => {
    await using world = await start();
    const [one, two] = [await world.open(), await world.open()];
    const first = new Reader(one, { shared: true, maxInFlight: 5 });
    await publish(two, numbered(1, 5));
    await world.during(first.next(5));
    await using second = new Reader(two, { shared: true }, (delivery) => void (delivery.attempt > 1 && delivery.ack()));
    await publish(two, numbered(6, 8));
    const held = await world.during(second.next(3));

    await first[Symbol.asyncDispose]();

    for (let round = 0; round < 6; round++) {
      await world.pass(500);
      for (const delivery of held) delivery.working();
    }
    await world.during(second.next(5));
    expect(second.ids.slice(0, 3)).toEqual(['e6', 'e7', 'e8']);
    expect(second.ids.slice(3).sort()).toEqual(['e1', 'e2', 'e3', 'e4', 'e5']);
  });

  test('however much those who share a subscription have in flight, there is something left for one more', async () => {
    await using world = await start();
    const [one, two, three] = [await world.open(), await world.open(), await world.open()];
    await Promise.all(numbered(1, 2_400).map((event) => one.publish(event)));
    const options = { shared: true, maxInFlight: 800 };
    await using first = new Reader(one, options);
    await using second = new Reader(two, options);
    await using third = new Reader(three, options);

    await world.during(Promise.all([first.next(800), second.next(800), third.next(800)]));

    expect([first, second, third].flatMap(({ all }) => all.map(({ attempt }) => attempt))).toEqual(Array(2_400).fill(1));
  });
}

function storageContract(start: () => Promise<BusWorld>): void {
  test('state is written by compare-and-set, whoever writes', async () => {
    await using world = await start();
    const [mine, theirs] = [await (await world.open()).state('sensor'), await (await world.open()).state('sensor')];
    const key = 'trigger/dep';

    expect(await mine.get(key)).toBeUndefined();
    const first = await mine.set(key, bytes('one'), 0);
    const second = await theirs.set(key, bytes('two'), first);

    await expect(mine.set(key, bytes('late'), first)).rejects.toMatchObject({
      code: 'CONFLICT_STATE',
      message: 'the state "trigger/dep" was changed by another process',
      retry: 'now',
    });
    await expect(mine.set(key, bytes('late'), 0)).rejects.toThrow('the state "trigger/dep" was changed by another process');
    const entry = await mine.get(key);
    expect([text(entry!.value), entry!.key, entry!.revision]).toEqual(['two', key, second]);
    expect(second).toBeGreaterThan(first);
  });

  test('what is purged leaves no trace, and its revision is worth nothing', async () => {
    await using world = await start();
    const state = await (await world.open()).state('sensor');
    const revision = await state.set('k', bytes('v'), 0);

    await state.purge('k');
    await state.purge('k');

    expect(await state.get('k')).toBeUndefined();
    await expect(state.set('k', bytes('late'), revision)).rejects.toThrow('the state "k" was changed by another process');
    expect(await state.set('k', bytes('new'), 0)).toBeGreaterThan(revision);
  });

  test('what was written since a revision is not purged with it', async () => {
    await using world = await start();
    const state = await (await world.open()).state('sensor');
    const first = await state.set('k', bytes('one'), 0);
    const second = await state.set('k', bytes('two'), first);

    await state.purge('k', 0);
    await state.purge('k', first);
    expect(text((await state.get('k'))!.value)).toBe('two');
    await state.purge('k', second);
    expect(await state.get('k')).toBeUndefined();
  });

  test('an entry says when it was stored', async () => {
    await using world = await start();
    const bus = await world.open();
    const state = await bus.state('sensor');
    await bus.publish(buildEvent({ id: 'before' }));
    await state.set('k', bytes('one'), 0);
    await bus.publish(buildEvent({ id: 'after' }));
    const times: number[] = [];
    for await (const { storedAt } of bus.replay(undefined, 0, new AbortController().signal)) times.push(storedAt);
    for await (const { storedAt } of state.entries()) times.splice(1, 0, storedAt);

    expect(times).toHaveLength(3);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect((await state.get('k'))!.storedAt).toBe(times[1]);
  });

  test('any key and any name of a store will do, and no two are mixed up', async () => {
    await using world = await start();
    const bus = await world.open();
    const keys = ['a', 'a.b', 'a/b', 'a/', '/a', 'a//b', 'a b', '%', 'a%2Eb', '*', '>', 'ä/ö', '_', 'A', 'x'.repeat(300)];
    const names = ['s', 's.t', 's_t', 's/t', 'S', 'leases', 'y'.repeat(253), `${'y'.repeat(252)}z`];

    for (const name of names) {
      const state = await bus.state(name);
      for (const key of keys) await state.set(key, bytes(`${name} ${key}`), 0);
    }

    for (const name of names) {
      const state = await bus.state(name);
      const found = new Map<string, string | undefined>();
      for await (const entry of state.entries()) found.set(entry.key, text(entry.value));
      expect(found).toEqual(new Map(keys.map((key) => [key, `${name} ${key}`])));
      expect(text((await state.get('a//b'))?.value)).toBe(`${name} a//b`);
    }
  });

  test('entries are those whose key begins with the prefix', async () => {
    await using world = await start();
    const state = await (await world.open()).state('sensor');
    for (const key of ['a', 'ab', 'a/x', 'a/xy', 'a/y/z', 'b/x']) await state.set(key, bytes(key), 0);
    const below = async (prefix: string) => {
      const keys: string[] = [];
      for await (const { key, value } of state.entries(prefix)) {
        expect(text(value)).toBe(key);
        keys.push(key);
      }
      return keys.sort();
    };

    expect(await below('')).toEqual(['a', 'a/x', 'a/xy', 'a/y/z', 'ab', 'b/x']);
    expect(await below('a')).toEqual(['a', 'a/x', 'a/xy', 'a/y/z', 'ab']);
    expect(await below('a/')).toEqual(['a/x', 'a/xy', 'a/y/z']);
    expect(await below('a/x')).toEqual(['a/x', 'a/xy']);
    expect(await below('c/')).toEqual([]);
  });

  test('an empty value is a value', async () => {
    await using world = await start();
    const state = await (await world.open()).state('sensor');

    const revision = await state.set('k', new Uint8Array(0), 0);

    expect((await state.get('k'))?.value.length).toBe(0);
    expect(await state.set('k', bytes('v'), revision)).toBeGreaterThan(revision);
  });

  test('a queue keeps its entries in order until they are removed', async () => {
    await using world = await start();
    const queue = await (await world.open()).queue('sensor/trigger');
    const a = await queue.put(bytes('A'), { id: 'a', key: 'Pod/ü x' });
    const b = await queue.put(bytes('B'), { id: 'b' });
    const c = await queue.put(bytes('C'), { id: 'c' });

    const seen = await (await world.open()).queue('sensor/trigger');
    expect((await entriesOf(seen)).map(({ sequence, id, key }) => ({ sequence, id, key }))).toEqual([
      { sequence: a.sequence, id: 'a', key: 'Pod/ü x' },
      { sequence: b.sequence, id: 'b', key: undefined },
      { sequence: c.sequence, id: 'c', key: undefined },
    ]);
    expect((await entriesOf(seen))[0]!.storedAt).toBeGreaterThan(0);
    expect((await entriesOf(seen, a.sequence)).map(({ id }) => id)).toEqual(['b', 'c']);
    expect(await entriesOf(seen, c.sequence)).toEqual([]);

    await seen.remove(b.sequence);
    await seen.remove(b.sequence);

    expect(await queue.read(b.sequence)).toBeUndefined();
    expect(await bodiesOf(queue)).toEqual(['A', 'C']);
    expect(await queue.read(999)).toBeUndefined();
  });

  test('an id is in a queue once, for as long as it waits', async () => {
    await using world = await start();
    const queue = await (await world.open()).queue('sensor/trigger');
    const first = await queue.put(bytes('first'), { id: 'firing 1' });

    expect(first.duplicate).toBe(false);
    expect(await queue.put(bytes('second'), { id: 'firing 1' })).toEqual({ sequence: first.sequence, duplicate: true });
    await world.pass(2500);
    expect(await queue.put(bytes('third'), { id: 'firing 1' })).toEqual({ sequence: first.sequence, duplicate: true });
    expect(await bodiesOf(queue)).toEqual(['first']);

    await queue.remove(first.sequence);

    expect((await queue.put(bytes('anew'), { id: 'firing 1' })).duplicate).toBe(false);
    expect(await bodiesOf(queue)).toEqual(['anew']);
  });

  test('a nudge is heard by those who listen for that name, until they stop', async () => {
    await using world = await start();
    const [one, other] = [await world.open(), await world.open()];
    const heard: string[] = [];
    const stop = new AbortController();
    one.onNudge('sensor/a', () => heard.push('a'), stop.signal);
    one.onNudge('sensor/b', () => heard.push('b'), new AbortController().signal);
    // Who listens is known to the server once it has answered anything after that.
    await one.lastSequence();

    await other.nudge('sensor/a');
    await world.during(eventually(() => heard.length === 1));
    stop.abort();
    await one.lastSequence();
    await other.nudge('sensor/a');
    await other.nudge('sensor/b');

    await world.during(eventually(() => heard.length === 2));
    expect(heard).toEqual(['a', 'b']);
  });

  test('queues and the dead-letter store know nothing of each other', async () => {
    await using world = await start();
    const bus = await world.open();
    const [one, two, parked] = [await bus.queue('one'), await bus.queue('one/two'), await bus.parked()];
    const { sequence } = await one.put(bytes('1'), { id: 'x' });
    await two.put(bytes('2'), { id: 'x' });
    await parked.put(bytes('3'), { id: 'x' });

    await two.remove(sequence);

    expect([await bodiesOf(one), await bodiesOf(two), await bodiesOf(parked)]).toEqual([['1'], ['2'], ['3']]);
    expect(await two.read(sequence)).toBeUndefined();
    expect(await bodiesOf(await (await world.open()).parked())).toEqual(['3']);
  });
}

function leaseContract(start: () => Promise<BusWorld>): void {
  const never = new AbortController().signal;

  test('a lease has one owner; when it is released the next one takes it at once', async () => {
    await using world = await start();
    const [one, two] = [await world.open(), await world.open()];
    const first = await world.during(one.lease('sensor', never));
    let taken = false;
    const second = two.lease('sensor', never).then((lease) => {
      taken = true;
      return lease;
    });
    await world.pass(3000);
    expect([taken, first.lost.aborted]).toEqual([false, false]);

    await first.release();

    await world.during(second);
    expect(first.lost.aborted).toBe(false);
  });

  test('a lease says until when it holds, and is renewed', async () => {
    await using world = await start();
    const lease = await world.during((await world.open()).lease('sensor', never));
    const first = lease.until;

    await world.pass(3000);

    expect(lease.until - first).toBeGreaterThan(1000);
    expect(lease.until - first).toBeLessThanOrEqual(4000);
  });

  test('leases of different names are different leases', async () => {
    await using world = await start();
    const bus = await world.open();

    const leases = await world.during(Promise.all(['a', 'a.b', 'a/b', 'A'].map((name) => bus.lease(name, never))));

    expect(leases.map(({ lost }) => lost.aborted)).toEqual([false, false, false, false]);
  });

  test('the lease of a process that was killed is taken over', async () => {
    await using world = await start();
    const [one, two] = [await world.open(), await world.open()];
    await world.during(one.lease('sensor', never));
    await world.kill(one);

    const lease = await world.during(two.lease('sensor', never));

    expect(lease.lost.aborted).toBe(false);
  });

  test('waiting for a lease ends when the signal aborts', async () => {
    await using world = await start();
    const bus = await world.open();
    await world.during(bus.lease('sensor', never));
    const controller = new AbortController();
    const waiting = bus.lease('sensor', controller.signal);

    controller.abort();

    await expect(world.during(waiting)).rejects.toMatchObject({ code: 'CONFLICT_LEASE' });
  });

  test('closing the bus gives its leases back', async () => {
    await using world = await start();
    const [one, two] = [await world.open(), await world.open()];
    await world.during(one.lease('sensor', never));

    await one[Symbol.asyncDispose]();

    await world.during(two.lease('sensor', never));
  });
}
