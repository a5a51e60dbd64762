import { setTimeout as delay } from 'node:timers/promises';
import { call } from '../callers.ts';
import type { Drill } from '../drill.ts';
import { posted } from '../posted.ts';

/** In milliseconds after the kill: 2 s until the bus hands it out again, the rest for a busy machine. What was accepted before and waits comes first. */
const comesAgainWithin = 4_000;

export const sharedSensor: Drill = {
  name: 'shared-sensor',
  what: 'two processes take the events of a sensor with `shared: true`; one after the other is killed (-9), stopped, or hangs for 3 s, in a burst',
  async run(ground) {
    const { target, urls, start } = await posted(ground, { spec: { shared: true } });
    // Some die with their process before the effect, some after it, and some are refused once, so that they go through the queue.
    target.mood = ({ number, attempt }) =>
      number.endsWith('7') && attempt === 1 ? 503 : number.endsWith('0') ? { before: 200, after: 0 } : { after: 20 };
    await start('eventsource');
    const sensors = [await start('sensor'), await start('sensor')];

    const over = new AbortController();
    const rate = ground.size(400, 200);
    const calling = call(ground, { urls, from: 0, callers: 16, rate, signal: over.signal });
    const kills: { inWork: string[]; at: number; within: number }[] = [];
    for (let round = 0; round < ground.size(9, 3); round++) {
      await delay(ground.between(1_000, 2_000));
      for (const [index, sensor] of sensors.entries())
        if ((await sensor.metric('sensorium_triggers_fired_total')) === 0) throw new Error(`process ${index + 1} of two has done nothing`);
      const signal = (['SIGKILL', 'SIGTERM', 'SIGSTOP'] as const)[round % 3]!;
      const index = ground.between(0, 1);
      const sensor = sensors[index]!;
      ground.say(`process ${index + 1} gets ${signal}; ${ground.ledger.missing().length} of ${ground.ledger.accepted} are missing`);
      if (signal === 'SIGSTOP') {
        process.kill(sensor.pid, signal);
        await delay(3_000);
        process.kill(sensor.pid, 'SIGCONT');
        await sensor.seen(/this process was silent for too long/);
        continue;
      }
      if (signal === 'SIGKILL') {
        const within = comesAgainWithin + (1_000 * ground.ledger.missing().length) / rate;
        kills.push({ inWork: [...target.inWork], at: performance.now(), within });
      }
      await sensor.stop(signal);
      sensors[index] = await start('sensor');
    }
    over.abort();
    await calling;
    await ground.untilQuiet();
    for (const { inWork, at, within } of kills) {
      // What the other one had in work does not come again.
      const waits = inWork.map((number) => (target.called.get(number)!.find((called) => called > at) ?? at) - at);
      const longest = Math.round(Math.max(0, ...waits));
      ground.say(`the last of what was in work came again ${longest} ms after the kill`);
      if (longest > within) throw new Error(`what was in work came again ${longest} ms after the kill`);
    }
  },
};
