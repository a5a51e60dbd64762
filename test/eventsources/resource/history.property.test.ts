import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settle, TestClock } from '../../support/clock.ts';
import { randomNumbers } from '../../support/random.ts';
import { type Crash, shakyBus } from './shaky-bus.ts';
import { Collection, memoryBus, published, type Running, type Sent, services, start } from './source.ts';

/**
 * Random histories of a few objects, with a source that is stopped, that dies before or after any of its writes, and that loses its
 * watch. Whatever happens: what is on the bus ends in the state of the collection, says nothing twice, and leaves nothing out.
 */

type Step =
  | { readonly do: 'touch' | 'mark' | 'delete'; readonly name: string }
  | { readonly do: 'start'; readonly crash: Crash | undefined }
  | { readonly do: 'stop' | 'lose' | 'breathe' }
  | { readonly do: 'wait'; readonly seconds: number };

const name = fc.constantFrom('a', 'b');
const step = (weight: number, arbitrary: fc.Arbitrary<Step>) => ({ weight, arbitrary });
const crash = fc.record({ at: fc.integer({ min: 1, max: 20 }), when: fc.constantFrom('before' as const, 'after' as const) });
const histories: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    step(8, fc.record({ do: fc.constantFrom('touch' as const, 'mark' as const, 'delete' as const), name })),
    step(4, fc.record({ do: fc.constant('start' as const), crash: fc.option(crash, { nil: undefined }) })),
    step(3, fc.record({ do: fc.constantFrom('stop' as const, 'lose' as const, 'breathe' as const) })),
    step(2, fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(1, 60) })),
  ),
  { minLength: 10, maxLength: 50, size: 'max' },
);

const mark = { mark: 'yes' };

async function live(history: readonly Step[], seed: number, spec = services()) {
  const clock = new TestClock();
  const random = randomNumbers(seed);
  const delay = async (): Promise<void> => {
    const chance = random();
    if (chance > 0.5) await new Promise((resolve) => setImmediate(resolve));
    if (chance > 0.8) await clock.sleep(chance * 1500);
  };
  const collection = new Collection();
  collection.partSize = seed % 2 === 0 ? 1 : undefined;
  const bus = memoryBus(clock);
  const incarnations: Running[] = [];
  let running: Running | undefined;
  let hasCrashed = () => false;
  const begin = (crash?: Crash): void => {
    const shaky = shakyBus(bus, delay, crash);
    hasCrashed = () => shaky.hasCrashed;
    running = start(collection, shaky.bus, { spec, clock });
    incarnations.push(running);
  };
  const end = async (): Promise<void> => {
    const ended = running?.stop();
    await clock.turn(20_000);
    await ended;
    running = undefined;
  };

  for (const step of history) {
    if (running && hasCrashed()) await end();
    if ('name' in step) {
      const object = collection.objects.get(step.name);
      if (!object && step.do === 'touch') collection.add(step.name, { annotations: {} });
      else if (!object && step.do === 'mark') collection.add(step.name, { annotations: mark });
      else if (object && step.do === 'touch') collection.change(step.name, {});
      else if (object && step.do === 'mark')
        collection.change(step.name, { annotations: object.metadata.annotations?.['mark'] ? {} : mark });
      else if (object) collection.delete(step.name);
    }
    if (step.do === 'lose') collection.lose();
    if (step.do === 'breathe') await settle();
    if (step.do === 'wait') {
      collection.seconds += step.seconds;
      await clock.turn(1000);
    }
    if (step.do === 'start' && !running) begin(step.crash);
    if (step.do === 'stop') await end();
  }
  await end();
  begin();
  await clock.turn(60_000);
  await end();
  return { collection, sent: await published(bus), repeated: incarnations.flatMap(({ heard }) => heard.of('eventRepeated')) };
}

function groups(sent: readonly Sent[], keyOf: (one: Sent) => string): Map<string, Sent[]> {
  const found = new Map<string, Sent[]>();
  for (const one of sent) found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), one]);
  return found;
}

const byObject = (sent: readonly Sent[]): Map<string, Sent[]> => groups(sent, ({ body }) => body.metadata.uid!);

test('however it is interrupted, every object is told of from its ADD to its end, each state once, with the state before', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.nat(), async (history, seed) => {
      const { collection, sent, repeated } = await live(history, seed);

      const current = new Map([...collection.objects.values()].map((object) => [object.metadata.uid!, object]));
      const stories = byObject(sent);
      expect(repeated).toEqual([]);
      for (const [uid, object] of current) expect(stories.get(uid)?.at(-1)?.body, uid).toEqual(object);
      for (const [uid, story] of stories) {
        expect(story[0]!.type).toBe('ADD');
        if (!current.has(uid)) expect(story.at(-1)!.type).toBe('DELETE');
        for (const [index, { type, oldBody }] of story.entries()) {
          if (index > 0) expect(type).toBe(index === story.length - 1 && !current.has(uid) ? 'DELETE' : 'UPDATE');
          if (type === 'UPDATE') expect(oldBody).toEqual(story[index - 1]!.body);
        }
      }
      for (const events of groups(sent, ({ name }) => name).values()) expect(inTurn(events)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('with a filter on fields only states that pass are sent, and the last of them is on the bus', async () => {
  const spec = services({ filter: { fields: [{ key: 'metadata.annotations.mark', operation: '==', value: 'yes' }] } });
  await fc.assert(
    fc.asyncProperty(histories, fc.nat(), async (history, seed) => {
      const { collection, sent, repeated } = await live(history, seed, spec);

      const stories = byObject(sent);
      expect(repeated).toEqual([]);
      for (const { body } of sent) expect(body.metadata.annotations).toEqual(mark);
      for (const object of collection.objects.values()) {
        const last = stories.get(object.metadata.uid!)?.at(-1);
        if (object.metadata.annotations?.['mark'] === 'yes') expect(last?.body).toEqual(object);
        else expect(last?.type).not.toBe('DELETE');
      }
      for (const [, story] of stories) {
        const states = story.filter(({ type }) => type !== 'DELETE').map(({ body }) => body.metadata.resourceVersion);
        expect(new Set(states).size).toBe(states.length);
        expect(story.findIndex(({ type }) => type === 'DELETE') + 1 || story.length).toBe(story.length);
        expect(story.slice(1).every(({ type }) => type !== 'ADD')).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('with whenLeft: DELETE the last event of every object says whether it passes, and nothing leaves twice in a row', async () => {
  const spec = services({
    filter: { fields: [{ key: 'metadata.annotations.mark', operation: '==', value: 'yes' }] },
    whenLeft: 'DELETE',
  });
  await fc.assert(
    fc.asyncProperty(histories, fc.nat(), async (history, seed) => {
      const { collection, sent, repeated } = await live(history, seed, spec);

      const stories = byObject(sent);
      expect(repeated).toEqual([]);
      for (const { body } of sent) expect(body.metadata.annotations).toEqual(mark);
      for (const [uid, story] of stories) {
        const object = [...collection.objects.values()].find(({ metadata }) => metadata.uid === uid);
        const passes = object?.metadata.annotations?.['mark'] === 'yes';
        expect(story.at(-1)!.type === 'DELETE').toBe(!passes);
        expect(story.some(({ type }, index) => type === 'DELETE' && story[index + 1]?.type === 'DELETE')).toBe(false);
        expect(story[0]!.type).not.toBe('DELETE');
      }
    }),
    { numRuns: 300 },
  );
});

/** Whether the events of one name tell of one object after another. */
function inTurn(events: readonly Sent[]): boolean {
  const order = events.map(({ body }) => body.metadata.uid);
  return order.every((uid, index) => index === 0 || uid === order[index - 1] || !order.slice(0, index).includes(uid));
}
