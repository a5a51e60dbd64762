import { setTimeout as delay } from 'node:timers/promises';
import { startTcpProxy } from '../../../support/tcp-proxy.ts';
import { call } from '../callers.ts';
import type { Drill } from '../drill.ts';
import { posted } from '../posted.ts';

export const sourceKilled: Drill = {
  name: 'source-killed',
  what: 'the event source is killed (-9) while callers call; every 200 is kept',
  async run(ground) {
    const { nats, urls, start } = await posted(ground);
    const way = ground.keep(await startTcpProxy(nats.port));
    const startSource = () => start('eventsource', `nats://127.0.0.1:${way.port}`);
    let source = await startSource();
    await start('sensor');

    const over = new AbortController();
    const calling = call(ground, { urls, from: 0, callers: 16, rate: 500, signal: over.signal });
    for (let kills = ground.size(10, 3); kills > 0; kills--) {
      await delay(ground.between(200, 2_000));
      // What is on its way to the bus is lost with the process: whoever is told 200 before the bus has answered is deceived.
      way.stall(true);
      await delay(ground.between(0, 200));
      await source.stop('SIGKILL');
      await way.cut();
      way.stall(false);
      await way.restore();
      source = await startSource();
      ground.say(`killed with ${ground.ledger.accepted} calls accepted, and started again`);
    }
    await delay(500);
    over.abort();
    const { answers } = await calling;
    ground.say(`answers: ${[...answers].map(([status, count]) => `${count} times ${status || 'none'}`).join(', ')}`);
    await ground.untilQuiet();
    if (!answers.has(0)) throw new Error('every call was answered: nobody has noticed that the event source was killed');
    const strange = [...answers.keys()].filter((status) => status !== 0 && status !== 200);
    if (strange.length > 0) throw new Error(`callers were told ${strange.join(', ')}`);
  },
};
