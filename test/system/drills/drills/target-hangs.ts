import { setTimeout as delay } from 'node:timers/promises';
import type { Drill } from '../drill.ts';
import { startNeighbourhood } from '../neighbours.ts';

export const targetHangs: Drill = {
  name: 'target-hangs',
  what: 'the target takes calls and never answers, for 20 s; neighbours with other targets are not delayed',
  async run(ground) {
    // In the whole form the attempts have the 60 s of a rule that says nothing.
    const place = await startNeighbourhood(ground, ground.size({}, { timeout: 5 }));
    const calm = () => place.calls(ground.size(10, 3));
    const before = await calm();
    const hanging = ground.size(20, 4);
    const calling = place.calls(hanging + 5);
    await delay(ground.between(500, 2_000));
    place.target.mood = () => 'hangs';
    ground.say('the target hangs');
    await delay(hanging * 1000);
    place.target.mood = () => undefined;
    ground.say('the target answers');
    const then = await calling;
    await ground.untilQuiet();
    const after = await calm();
    await ground.untilQuiet();
    place.checkNeighbours([before, after], then);
  },
};
