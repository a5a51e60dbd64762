import { setTimeout as delay } from 'node:timers/promises';
import { call } from '../callers.ts';
import type { Drill } from '../drill.ts';
import { posted } from '../posted.ts';

/** How long a caller waits for the bus before it is told 503, in seconds. */
const limit = 10;

export const busKilled: Drill = {
  name: 'bus-killed',
  what: 'nats-server is killed (-9) for 2 s and for 20 s; callers wait, or get 503 with Retry-After; no process exits',
  async run(ground) {
    const { nats, urls, start } = await posted(ground);
    const processes = [await start('eventsource'), await start('sensor')];

    let from = 0;
    for (const [away, isTold] of [
      [2, false],
      [ground.size(20, 12), true],
    ] as const) {
      const over = new AbortController();
      const calling = call(ground, {
        urls,
        from,
        callers: 64,
        rate: 200,
        insists: true,
        signal: over.signal,
      });
      await delay(ground.between(1_000, 3_000));
      await nats.kill();
      ground.say('the bus is gone');
      await delay(away * 1000);
      await nats.restart();
      ground.say('the bus is back');
      await delay(ground.between(1_000, 3_000));
      over.abort();
      const { answers, longest, withoutRetryAfter, began } = await calling;
      from += began.size;
      ground.say(
        `answers: ${[...answers].map(([status, count]) => `${count} times ${status || 'none'}`).join(', ')}; ${Math.round(longest)} ms at most`,
      );
      await ground.untilQuiet();

      const strange = [...answers.keys()].filter((status) => status !== 200 && (status !== 503 || !isTold));
      if (strange.length > 0)
        throw new Error(`${away} s without a bus: callers were told ${strange.map((status) => status || 'nothing').join(', ')}`);
      if (isTold && !answers.has(503)) throw new Error(`${away} s without a bus: nobody was told`);
      if (withoutRetryAfter > 0) throw new Error(`${withoutRetryAfter} were told 503 without Retry-After`);
      if (longest > (limit + 3) * 1000) throw new Error(`a caller has waited ${Math.round(longest)} ms`);
    }
    for (const { pid, output } of processes) if (!isRunning(pid)) throw new Error(`a process has ended:\n${output().slice(-2000)}`);
  },
};

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
