import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../../support/eventually.ts';
import type { Process } from '../../../support/process.ts';
import { call } from '../callers.ts';
import type { Drill } from '../drill.ts';
import { posted } from '../posted.ts';

const store = (megabytes: number): string => `jetstream { max_file_store: ${megabytes}MB }`;

export const diskFull: Drill = {
  name: 'disk-full',
  what: "the bus's store is at its limit: callers are held back and told so, and all is well when there is room",
  mayPark: true,
  async run(ground) {
    const limit = ground.size(32, 3);
    const { nats, target, urls, start } = await posted(ground, { config: store(limit) });
    const source = await start('eventsource');
    let sensor = await start('sensor');

    let from = 0;
    /** Calls with a body of 2 kB each, until there is no room, and none can be made of what is done. */
    const fill = async (): Promise<void> => {
      for (let round = 1; !(await callUntilFull()).has(503); round++) {
        if (round === 5) throw new Error('nobody was told 503');
        ground.say('what is done made room');
      }
    };
    const callUntilFull = async (): Promise<ReadonlyMap<number, number>> => {
      const isFull = new AbortController();
      const before = await source.metric('sensorium_bus_full_total');
      const calling = call(ground, {
        urls,
        from,
        count: 1_000_000,
        callers: 200,
        body: () => ({ ballast: 'x'.repeat(2_000) }),
        signal: isFull.signal,
      });
      from += 1_000_000;
      await eventually(async () => (await source.metric('sensorium_bus_full_total')) > before, 120_000);
      await delay(500);
      isFull.abort();
      const { answers, withoutRetryAfter } = await calling;
      ground.say(`the answers: ${JSON.stringify(Object.fromEntries(answers))}`);
      if (withoutRetryAfter > 0) throw new Error(`${withoutRetryAfter} callers were told 503 without a Retry-After`);
      const others = [...answers.keys()].filter((status) => status !== 200 && status !== 503);
      if (others.length > 0) throw new Error(`callers were told ${others.join(', ')}`);
      return answers;
    };
    /** All that was accepted is done, and callers are taken again. */
    const isWell = async (): Promise<void> => {
      await ground.untilQuiet();
      const { answers } = await call(ground, { urls, from, count: 100, callers: 16, insists: true });
      from += 100;
      if (answers.get(200) !== 100) throw new Error(`there is room, and 100 calls are answered ${JSON.stringify([...answers])}`);
      await ground.untilQuiet();
    };

    ground.say('the target is gone: nothing is done, and the queue grows too');
    await target.close();
    await fill();
    await target.open();
    ground.say('the target is back');
    await isWell();

    ground.say('the sensor is killed, and its successor starts with the store full');
    await sensor.stop('SIGKILL');
    await fill();
    sensor = await start('sensor');
    await isWell();

    checkSaid(source);
    if (ground.size(false, true)) return;

    ground.say('the sensor is killed, and somebody gives the server more room');
    await sensor.stop('SIGKILL');
    await fill();
    await nats.restart(store(limit * 2));
    sensor = await start('sensor');
    await isWell();
  },
};

/** Each time that it was full is said, and not each call. */
function checkSaid(source: Process): void {
  const lines = source
    .output()
    .split('\n')
    .filter((line) => line.includes('"msg":"the bus is full')).length;
  if (lines === 0 || lines > 30) throw new Error(`that the bus is full was said ${lines} times`);
}
