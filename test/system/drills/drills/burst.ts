import { setTimeout as delay } from 'node:timers/promises';
import { call } from '../callers.ts';
import type { Drill } from '../drill.ts';
import { footprint, growthIn } from '../footprint.ts';
import { posted } from '../posted.ts';

const callers = 16;
/** Connections that a trigger has to one target at most. */
const toTarget = 128;

export const burst: Drill = {
  name: 'burst',
  what: '20,000 calls from 16 callers as fast as they are answered; sockets and memory stay flat',
  async run(ground) {
    const { target, urls, start } = await posted(ground);
    const processes = {
      'event source': await start('eventsource'),
      sensor: await start('sensor'),
    };
    const watches = Object.entries(processes).map(([name, { pid }]) => ({ name, pid, before: footprint(pid), seen: [footprint(pid)] }));

    const count = ground.size(20_000, 5_000);
    const began = performance.now();
    let isOver = false;
    const work = call(ground, { urls, from: 0, count, callers })
      .then(() => ground.untilQuiet())
      .finally(() => {
        isOver = true;
      });
    while (!isOver) {
      await delay(50);
      for (const { pid, seen } of watches) seen.push(footprint(pid));
    }
    await work;
    const rate = Math.round(count / ((performance.now() - began) / 1000));
    ground.say(`${rate} done/s, ${target.mostConnections} connections to the target at most`);
    if (target.mostConnections > toTarget) throw new Error(`there were ${target.mostConnections} connections to the target`);
    for (const { name, before, seen } of watches) {
      const growth = growthIn(seen, { files: before.files + callers + toTarget + 20, megabytes: 350 });
      ground.say(`${name}: ${growth.shown}`);
      if (growth.problem) throw new Error(`the ${name} ${growth.problem}`);
    }
  },
};
