import { setTimeout as delay } from 'node:timers/promises';
import type { Drill } from '../drill.ts';
import { startNeighbourhood } from '../neighbours.ts';

export const targetGone: Drill = {
  name: 'target-gone',
  what: 'the target refuses connections for 30 s and recovers slowly; neighbours with other targets are not delayed',
  async run(ground) {
    const { target, ...place } = await startNeighbourhood(ground);
    const calm = () => place.calls(ground.size(10, 3));
    const before = await calm();
    const [away, recovering] = [ground.size(30, 5), ground.size(20, 4)];
    const calling = place.calls(away + recovering);
    await delay(ground.between(500, 2_000));
    await target.close();
    ground.say('the target is gone');
    await delay(away * 1000);
    // As a server that starts: nearly all is refused, then less and less, and what it does it does slowly.
    const back = performance.now();
    target.mood = () => {
      const recovered = (performance.now() - back) / (recovering * 1000);
      return ground.random() > recovered ? 503 : { after: Math.max(0, 500 * (1 - recovered)) };
    };
    await target.open();
    ground.say('the target is back, and slow');
    await delay(recovering * 1000);
    target.mood = () => undefined;
    ground.say('the target is as before');
    const then = await calling;
    await ground.untilQuiet();
    const after = await calm();
    await ground.untilQuiet();
    place.checkNeighbours([before, after], then);
  },
};
