import { readdirSync, readFileSync } from 'node:fs';
import { startNats } from '../../../support/nats.ts';
import { freePort } from '../../../support/ports.ts';
import { call } from '../callers.ts';
import type { Drill } from '../drill.ts';
import { calls, callUrl, onCall, posting } from '../rules.ts';
import { startTarget } from '../target.ts';

export const burst: Drill = {
  name: 'burst',
  what: '20,000 calls from 16 callers as fast as they are answered; nothing breaks, and nothing may grow',
  async run(ground) {
    const nats = ground.keep(await startNats());
    const target = await startTarget(ground);
    const port = await freePort();
    const rules = ground.write([calls(port), onCall([posting(target.url)])]);
    const source = await ground.start('eventsource', rules, { bus: nats.url });
    const sensor = await ground.start('sensor', rules, { bus: nats.url });
    const descriptors = () => Math.max(...[source, sensor].map(({ pid }) => readdirSync(`/proc/${pid}/fd`).length));

    const before = descriptors();
    const count = ground.size(20_000, 5_000);
    const began = performance.now();
    await call(ground, { urls: [callUrl(port)], from: 0, count, callers: 16 });
    const during = descriptors();
    await ground.untilQuiet();
    ground.say(
      `${Math.round(count / ((performance.now() - began) / 1000))} done/s, ${target.mostConnections} connections to the target at most`,
    );
    if (during > before + 16 + 100) throw new Error(`a process has ${during} open files after ${count} calls; before there were ${before}`);
    for (const { pid } of [source, sensor]) {
      const megabytes = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
      ground.say(`${megabytes.toFixed(0)} MB at the peak`);
      if (megabytes > 350) throw new Error(`a process took ${megabytes.toFixed(0)} MB`);
    }
  },
};
