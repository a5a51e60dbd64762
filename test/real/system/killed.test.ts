import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { type ApiServer, startApiServer } from '../../support/kube-apiserver.ts';
import type { Program } from '../../support/sensorium.ts';
import { type Cell, type Part, startCell } from './cell.ts';

/**
 * `kill -9` between any two messages by which a program changes or learns something, while it tells one small story: the n-th message
 * is held, the program killed, and started again, for every n until the story is over before the n-th message. A message to a
 * server that is held was never sent; an answer that is held is to something that was done.
 */
let api: ApiServer;
beforeAll(async () => {
  api = await startApiServer();
});
afterAll(async () => api?.[Symbol.asyncDispose]());

/** Told once for each position, with names of its own. */
interface Story {
  readonly part: Part;
  /** Leaves the part stopped where the story is about its start. */
  prepare?(cell: Cell, name: string, running: Program): Promise<void>;
  tell(cell: Cell, name: string): Promise<void>;
  /** What is stored, and what became of the Ingresses, by the ending of the name. */
  readonly outcome: Readonly<Record<string, { readonly events: string; readonly ingress: string }>>;
}

const patience = 30_000;
/** What follows a story without being seen in it (the last acknowledgement, the position of a source) comes within this time. */
const afterwards = 1_200;
const calm = (cell: Cell) =>
  eventually(async () => (await cell.unsettled()) === 0 && (await cell.messages('sensorium-queue')) === 0, patience);
const came = (cell: Cell, name: string, what: string) => eventually(() => cell.history(name).at(-1) === what, patience);

async function tellOneService(cell: Cell, name: string): Promise<void> {
  await cell.create(name, 1);
  await came(cell, name, 'ADDED 1');
  await cell.setPort(name, 2);
  await came(cell, name, 'MODIFIED 2');
  await cell.create(`${name}-n`, 7);
  await cell.delete(name);
  await came(cell, name, 'DELETED 2');
  await came(cell, `${name}-n`, 'ADDED 7');
}
const oneService = {
  '': { events: 'ADD, UPDATE, DELETE', ingress: 'ADDED 1, MODIFIED 2, DELETED 2' },
  '-n': { events: 'ADD', ingress: 'ADDED 7' },
};
const changedMeanwhile = {
  '-new': { events: 'ADD', ingress: 'ADDED 1' },
  '-kept': { events: 'ADD, UPDATE', ingress: 'ADDED 1, MODIFIED 2' },
  '-gone': { events: 'ADD, DELETE', ingress: 'ADDED 1, DELETED 1' },
};
async function tellMeanwhile(cell: Cell, name: string): Promise<void> {
  await came(cell, `${name}-new`, 'ADDED 1');
  await came(cell, `${name}-kept`, 'MODIFIED 2');
  await came(cell, `${name}-gone`, 'DELETED 1');
}

/** Says 503 to every write of this story that was not tried before. */
function refuseFirstTries(cell: Cell, about: string): void {
  const tried = new Set<string>();
  cell.api.sensor.mishapOf = (call) => {
    if (call.startsWith('GET') || !call.includes('/ingresses') || tried.has(call) || !about) return undefined;
    tried.add(call);
    return { status: 503 };
  };
}

const stories: Readonly<Record<string, Story>> = {
  'an event source at work': { part: 'eventsource', tell: tellOneService, outcome: oneService },
  'a sensor at work': { part: 'sensor', tell: tellOneService, outcome: oneService },
  'a sensor whose first tries are refused, so that firings go through the queue': {
    part: 'sensor',
    async tell(cell, name) {
      refuseFirstTries(cell, name);
      await tellOneService(cell, name);
    },
    outcome: oneService,
  },
  'an event source that starts after things have changed': {
    part: 'eventsource',
    async prepare(cell, name, running) {
      await cell.create(`${name}-kept`, 1);
      await cell.create(`${name}-gone`, 1);
      await came(cell, `${name}-kept`, 'ADDED 1');
      await came(cell, `${name}-gone`, 'ADDED 1');
      await running.stop();
      await cell.create(`${name}-new`, 1);
      await cell.setPort(`${name}-kept`, 2);
      await cell.delete(`${name}-gone`);
    },
    tell: tellMeanwhile,
    outcome: changedMeanwhile,
  },
  'a sensor that starts with firings in its queue and events on the bus': {
    part: 'sensor',
    async prepare(cell, name, running) {
      await cell.create(`${name}-gone`, 1);
      await came(cell, `${name}-gone`, 'ADDED 1');
      cell.api.sensor.mishapOf = (call) => (call.startsWith('GET') ? undefined : { status: 503 });
      await cell.create(`${name}-kept`, 1);
      await cell.delete(`${name}-gone`);
      await eventually(async () => (await cell.messages('sensorium-queue')) === 2);
      await running.stop();
      cell.api.sensor.mishapOf = () => undefined;
      await cell.setPort(`${name}-kept`, 2);
      await cell.create(`${name}-new`, 1);
    },
    tell: tellMeanwhile,
    outcome: changedMeanwhile,
  },
};

/** Positions are handed out one by one to the cells that walk the same story, until it ended before the one it was given. */
class Walk {
  readonly story: Story;
  readonly tried: string[] = [];
  #next = 0;
  #isOver = false;

  constructor(story: Story) {
    this.story = story;
  }

  async run(cell: Cell): Promise<Record<string, unknown>[]> {
    const { part, prepare, tell, outcome } = this.story;
    const other = await cell.start(part === 'sensor' ? 'eventsource' : 'sensor');
    let program = await cell.start(part);
    const names: string[] = [];
    while (!this.#isOver) {
      const position = this.#next++;
      const name = `s${position}`;
      names.push(name);
      await prepare?.(cell, name, program).catch((thrown) => {
        throw new Error(`${name}, prepared: ${thrown}\n${program.output()}`);
      });
      const held = cell.steps[part].holdAt(position);
      if (prepare) program = cell.launch(part);
      const restarted = held.then(async (step) => {
        this.tried[position] = step;
        await program.stop('SIGKILL');
        cell.steps[part].release();
        program = await cell.start(part);
      });
      restarted.catch(() => {});
      await tell(cell, name).catch((thrown) => {
        throw new Error(`${name}, held at ${this.tried[position]}: ${thrown}\n${program.output()}\nthe other:\n${other.output()}`);
      });
      if (!(await Promise.race([held, delay(afterwards)]))) this.#isOver = true;
      else await restarted;
      await calm(cell);
    }
    const events = await cell.events();
    const found = names.flatMap((name) =>
      Object.keys(outcome).map((ending) => ({
        at: this.tried[Number(name.slice(1))] ?? 'nowhere',
        ending,
        events: events.get(name + ending)?.join(', '),
        ingress: cell.history(name + ending).join(', '),
      })),
    );
    expect(await cell.messages('sensorium-parked')).toBe(0);
    return found.filter(({ ending, events, ingress }) => outcome[ending]!.events !== events || outcome[ending]!.ingress !== ingress);
  }
}

const cellsOfEach = 2;

test.concurrent.each(Object.entries(stories))(
  '%s loses nothing and does nothing twice, wherever it is killed',
  { timeout: 300_000 },
  async (title, story) => {
    const walk = new Walk(story);
    const wrong = await Promise.all(
      Array.from({ length: cellsOfEach }, async () => {
        await using cell = await startCell(api);
        return await walk.run(cell);
      }),
    );
    console.info(`${title}: ${walk.tried.length} positions\n  ${walk.tried.join('\n  ')}`);
    expect(wrong.flat()).toEqual([]);
    expect(walk.tried.length).toBeGreaterThan(15);
  },
);
