import { setTimeout as delay } from 'node:timers/promises';
import { call } from '../callers.ts';
import type { Drill } from '../drill.ts';
import { posted } from '../posted.ts';

export const target503: Drill = {
  name: 'target-503',
  what: 'the target answers 503 for 5 of 15 s, and then for 60 s; no policy in the rule',
  async run(ground) {
    const { target, urls, start } = await posted(ground);
    await start('eventsource');
    await start('sensor');

    let from = 0;
    for (const [seconds, away] of [
      [ground.size(15, 9), ground.size(5, 3)],
      [ground.size(70, 9), ground.size(60, 4)],
    ] as const) {
      const count = seconds * 100;
      const calling = call(ground, { urls, from, count, callers: 16, rate: 100 });
      await delay(ground.between(1_000, 5_000));
      target.mood = () => 503;
      ground.say('the target answers 503');
      await delay(away * 1000);
      target.mood = () => undefined;
      ground.say('the target answers 200');
      await calling;
      await ground.untilQuiet();
      from += count;
    }
  },
};
