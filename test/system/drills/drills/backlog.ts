import { call } from '../callers.ts';
import type { Drill } from '../drill.ts';
import { posted } from '../posted.ts';
import { bus } from '../rules.ts';

export const backlog: Drill = {
  name: 'backlog',
  what: "60,000 events while the sensor is stopped, and Argo's default streamConfig: 50,000 are accepted, the rest is told 503",
  async run(ground) {
    const [room, tooMany] = [ground.size(50_000, 2_000), ground.size(10_000, 300)];
    const { urls, start } = await posted(ground, { beside: [bus(ground.size(undefined, `maxMsgs: ${room}`))] });
    const source = await start('eventsource');
    const sensor = await start('sensor');
    await sensor.stop();

    // Who is refused has waited for room, so many call at once.
    const callers = ground.size(1_000, 300);
    const { answers, withoutRetryAfter, longest } = await call(ground, { urls, from: 0, count: room + tooMany, callers });
    const [accepted, refused] = [200, 503].map((status) => answers.get(status) ?? 0);
    ground.say(`${accepted} accepted, ${refused} told 503, the longest after ${(longest / 1000).toFixed(1)} s`);
    if (accepted !== room || refused !== tooMany)
      throw new Error(`of ${room + tooMany} calls ${room} have room; the answers were ${JSON.stringify([...answers])}`);
    if (withoutRetryAfter > 0) throw new Error(`${withoutRetryAfter} callers were told 503 without a Retry-After`);
    await source.seen(/the bus is full; publishing waits for room/);

    await start('sensor');
    const began = performance.now();
    await ground.untilQuiet();
    ground.say(`${Math.round(room / ((performance.now() - began) / 1000))} done/s from the backlog`);
    // What everybody has read makes room.
    const { answers: afterwards } = await call(ground, { urls, from: room + tooMany, count: 100, callers: 16 });
    if (afterwards.get(200) !== 100) throw new Error(`once all was done 100 more calls were answered ${JSON.stringify([...afterwards])}`);
    await ground.untilQuiet();
  },
};
