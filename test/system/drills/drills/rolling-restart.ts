import { setTimeout as delay } from 'node:timers/promises';
import { startNats } from '../../../support/nats.ts';
import { freePort } from '../../../support/ports.ts';
import type { Process } from '../../../support/process.ts';
import { call } from '../callers.ts';
import type { Drill } from '../drill.ts';
import { calls, callUrl, onCall, posting } from '../rules.ts';
import { startTarget } from '../target.ts';

/** How long a caller may wait, in milliseconds: work goes from one process to the other without a pause that callers see. */
const longestCall = 5_000;

export const rollingRestart: Drill = {
  name: 'rolling-restart',
  what: 'two replicas of event source and sensor are replaced one after the other under load, ten times',
  async run(ground) {
    const nats = ground.keep(await startNats());
    const target = await startTarget(ground);
    target.mood = () => ({ before: 10, after: 10 });
    const ports = [await freePort(), await freePort()];
    const places = [
      ...ports.map((port) => ({ part: 'eventsource' as const, rules: ground.write([calls(port)]) })),
      ...ports.map((port) => ({ part: 'sensor' as const, rules: ground.write([calls(port), onCall([posting(target.url)])]) })),
    ];
    const start = ({ part, rules }: (typeof places)[number]): Promise<Process> => ground.start(part, rules, { bus: nats.url });
    const processes = await Promise.all(places.map(start));

    const over = new AbortController();
    const calling = call(ground, {
      urls: ports.map(callUrl),
      from: 0,
      callers: 16,
      rate: 200,
      insists: true,
      signal: over.signal,
    });
    for (let round = 0; round < ground.size(10, 1); round++) {
      for (const [index, place] of places.entries()) {
        await delay(ground.between(100, 1_000));
        const code = await processes[index]!.stop();
        if (code !== 0) throw new Error(`a process that was told to stop ended with ${code}:\n${processes[index]!.output().slice(-2000)}`);
        processes[index] = await start(place);
      }
      ground.say(`replaced all; ${ground.ledger.accepted} calls accepted`);
    }
    over.abort();
    const { answers, longest, withoutRetryAfter } = await calling;
    ground.say(
      `answers: ${[...answers].map(([status, count]) => `${count} times ${status || 'none'}`).join(', ')}; ${Math.round(longest)} ms at most`,
    );
    await ground.untilQuiet();
    const strange = [...answers.keys()].filter((status) => status !== 0 && status !== 200 && status !== 503);
    if (strange.length > 0) throw new Error(`callers were told ${strange.join(', ')}`);
    if (withoutRetryAfter > 0) throw new Error(`${withoutRetryAfter} were told 503 without Retry-After`);
    if (longest > longestCall) throw new Error(`a caller has waited ${Math.round(longest)} ms`);
  },
};
