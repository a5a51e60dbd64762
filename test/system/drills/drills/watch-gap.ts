import { setTimeout as delay } from 'node:timers/promises';
import { type Cell, startCell } from '../../../real/system/cell.ts';
import { startApiServer } from '../../../support/kube-apiserver.ts';
import type { Drill } from '../drill.ts';
import type { Ground } from '../ground.ts';
import { many } from '../many.ts';

/** The ledger holds what happened to Services ("DELETE web-7"); done is what the bus has of it, and the bus may have nothing else. */
export const watchGap: Drill = {
  name: 'watch-gap',
  what: 'of 500 Services 50 are deleted, 50 changed and 50 made while the source is stopped; again while it is cut off, and 410 follows',
  async run(ground) {
    const api = ground.keep(await startApiServer());
    const cell = ground.keep(await startCell(api));
    let source = await cell.start('eventsource');
    const each = ground.size(50, 20);
    const old = names(0, each * 10);
    await happen(
      ground,
      old.map((name) => ({ event: `ADD ${name}`, act: () => cell.create(name, 1) })),
    );
    await stored(ground, cell);

    await source.stop();
    await change(ground, cell, old.slice(0, each * 2), names(each * 10, each));
    ground.say('changed while the source was stopped');
    source = await cell.start('eventsource');
    await stored(ground, cell);

    cell.api.eventsource.mishapOf = () => 'cut before';
    cell.api.eventsource.breakConnections();
    await change(ground, cell, old.slice(each * 2, each * 4), names(each * 11, each));
    ground.say('changed while the source was cut off');
    await api.compact();
    await api.kill();
    await delay(ground.size(5_000, 2_000));
    await api.restart();
    cell.api.eventsource.mishapOf = () => undefined;
    await stored(ground, cell);
  },
};

interface Happening {
  readonly event: string;
  act(): Promise<void>;
}

const names = (from: number, count: number): string[] => Array.from({ length: count }, (_, index) => `web-${from + index}`);

/** One half of the old ones is deleted, the other changed, and new ones are made. */
const change = (ground: Ground, cell: Cell, old: readonly string[], fresh: readonly string[]): Promise<void> =>
  happen(ground, [
    ...old.slice(0, old.length / 2).map((name) => ({ event: `DELETE ${name}`, act: () => cell.delete(name) })),
    ...old.slice(old.length / 2).map((name) => ({ event: `UPDATE ${name}`, act: () => cell.setPort(name, 2) })),
    ...fresh.map((name) => ({ event: `ADD ${name}`, act: () => cell.create(name, 1) })),
  ]);

async function happen(ground: Ground, happenings: readonly Happening[]): Promise<void> {
  await many(happenings, 16, ({ act }) => act());
  for (const { event } of happenings) ground.ledger.accept(event);
}

/** Waits until the bus has all that happened so far, and a while longer; then it must have that and nothing else. */
async function stored(ground: Ground, cell: Cell): Promise<void> {
  await ground.untilQuiet(60_000, async () => {
    for (const [name, types] of await cell.events())
      for (const [index, type] of types.entries()) ground.ledger.found(`${type} ${name}`, `message ${index}`);
  });
  await delay(1_000);
  const count = await cell.messages('default');
  ground.say(`${count} events on the bus, ${ground.ledger.accepted} happened`);
  if (count !== ground.ledger.accepted) throw new Error(`the bus has ${count} events where ${ground.ledger.accepted} happened`);
}
