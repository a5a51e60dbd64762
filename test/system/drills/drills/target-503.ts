import { setTimeout as delay } from 'node:timers/promises';
import { startNats } from '../../../support/nats.ts';
import { freePort } from '../../../support/ports.ts';
import { call } from '../callers.ts';
import type { Drill } from '../drill.ts';
import { calls, callUrl, onCall, posting } from '../rules.ts';
import { startTarget } from '../target.ts';

export const target503: Drill = {
  name: 'target-503',
  what: 'the target answers 503 for 5 of 15 s, and then for 60 s; no policy in the rule',
  async run(ground) {
    const nats = ground.keep(await startNats());
    const target = await startTarget(ground);
    const port = await freePort();
    const rules = ground.write([calls(port), onCall([posting(target.url)])]);
    await ground.start('eventsource', rules, { bus: nats.url });
    await ground.start('sensor', rules, { bus: nats.url });

    let from = 0;
    for (const [seconds, away] of [
      [ground.size(15, 9), ground.size(5, 3)],
      [ground.size(70, 9), ground.size(60, 4)],
    ] as const) {
      const count = seconds * 100;
      const calling = call(ground, { urls: [callUrl(port)], from, count, callers: 16, rate: 100 });
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
