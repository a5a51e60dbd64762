import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../../support/eventually.ts';
import { call } from '../callers.ts';
import type { Drill } from '../drill.ts';
import { posted } from '../posted.ts';

/** In milliseconds after the new process is ready … */
const comesAgainWithin = 2_000;
/** … on a machine that has it ready within this time after the kill; one that is busy with others has as much longer for the rest. */
const readyWithin = 2_500;

export const sensorKilled: Drill = {
  name: 'sensor-killed',
  what: 'the sensor is killed (-9) five times in a burst; what it had in work comes again within 2 s',
  async run(ground) {
    const { target, urls, start } = await posted(ground);
    // One in ten dies with the sensor before its effect, most of the others only after it.
    target.mood = ({ number }) => (number.endsWith('0') ? { before: 200, after: 0 } : { after: 30 });
    await start('eventsource');
    let sensor = await start('sensor');

    const over = new AbortController();
    const rate = ground.size(500, 200);
    const calling = call(ground, { urls, from: 0, callers: 16, rate, signal: over.signal });
    const restarts: { inWork: string[]; killed: number; ready: number }[] = [];
    for (let kills = ground.size(5, 2); kills > 0; kills--) {
      await eventually(() => target.inWork.size > 0);
      await delay(ground.between(0, 2_000));
      await eventually(() => target.inWork.size > 0);
      const inWork = [...target.inWork];
      const killed = performance.now();
      await sensor.stop('SIGKILL');
      sensor = await start('sensor');
      restarts.push({ inWork, killed, ready: performance.now() });
      ground.say(`killed with ${inWork.length} in work, and ready again after ${Math.round(performance.now() - killed)} ms`);
    }
    await delay(1_000);
    over.abort();
    await calling;
    await ground.untilQuiet();

    let left: string[] = [];
    for (const [index, { inWork, killed, ready }] of restarts.entries()) {
      // What was answered in the moment of the kill does not come again; what the next process was killed too soon for comes with the one after.
      const again = new Map([...left, ...inWork].map((number) => [number, target.called.get(number)!.find((at) => at > killed) ?? killed]));
      const until = restarts[index + 1]?.killed ?? Number.POSITIVE_INFINITY;
      left = [...again].filter(([, at]) => at > until).map(([number]) => number);
      const waited = Math.min(Math.max(...again.values()), until) - ready;
      ground.say(`the last of what was in work came again ${Math.round(waited)} ms after the new process was ready`);
      if (waited > comesAgainWithin * Math.max(1, (ready - killed) / readyWithin))
        throw new Error(`what was in work came again ${Math.round(waited)} ms after the new process was ready`);
    }
  },
};
