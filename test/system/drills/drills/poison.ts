import { eventually } from '../../../support/eventually.ts';
import { startNats } from '../../../support/nats.ts';
import { freePort } from '../../../support/ports.ts';
import { call } from '../callers.ts';
import { delaysOf, isLater, shown, worstOf } from '../delays.ts';
import type { Drill } from '../drill.ts';
import type { Ground } from '../ground.ts';
import { calls, callUrl, numberOfCall, onCall, posting } from '../rules.ts';
import { startTarget } from '../target.ts';

/** Why it can never succeed: the rule wants what the event has not, until it is mended; or the target says so, whatever the rule. */
const reasons = ['EVENT_PATH_MISSING', 'REMOTE_HTTP'] as const;
type Reason = (typeof reasons)[number];

/** What `sensorium dead-letters -o json` writes of one. */
interface Letter {
  readonly reason: { readonly code: string };
  readonly events: { readonly call: { readonly data: { readonly body: { readonly n: number } } } };
}

export const poison: Drill = {
  name: 'poison',
  what: '1 % of the events can never succeed: parked alone, tried again when the rule is mended, the rest on time',
  mayPark: true,
  async run(ground) {
    const nats = ground.keep(await startNats());
    const target = await startTarget(ground);
    const port = await freePort();
    const [calm, count] = [ground.size(2_000, 400), ground.size(10_000, 2_000)];
    const poisoned = choose(ground, calm, count);
    target.mood = ({ number }) => (poisoned.get(Number(number)) === 'REMOTE_HTTP' ? 422 : undefined);
    const work = {
      urls: [callUrl(port)],
      callers: 16,
      rate: 200,
      body: (number: number) => (poisoned.get(number) === 'EVENT_PATH_MISSING' ? {} : { name: `caller ${number}` }),
    };
    const broken = rulesWith(ground, target.url, port, {});
    await ground.start('eventsource', broken, { bus: nats.url });
    const sensor = await ground.start('sensor', broken, { bus: nats.url });

    const first = delaysOf(await call(ground, { ...work, from: 0, count: calm }), target);
    const meanwhile = delaysOf(await call(ground, { ...work, from: calm, count }), target);
    await eventually(() => ground.ledger.missing().length <= poisoned.size, 60_000);
    expectParked(await parked(ground, nats.url), poisoned);

    await sensor.stop();
    await ground.start('sensor', rulesWith(ground, target.url, port, { value: 'nobody' }), { bus: nats.url });
    ground.say((await ground.command('dead-letters', 'replay', '--reason', 'EVENT_PATH_MISSING', '--bus', nats.url)).trim());
    const hopeless = new Map([...poisoned].filter(([, reason]) => reason === 'REMOTE_HTTP'));
    await eventually(() => ground.ledger.missing().length <= hopeless.size, 60_000);
    const left = await parked(ground, nats.url);
    expectParked(left, hopeless);
    for (const number of left.keys()) ground.ledger.park(number);

    const second = delaysOf(await call(ground, { ...work, from: calm + count, count: calm }), target);
    await ground.untilQuiet();
    const quiet = worstOf([first, second]);
    ground.say(`in calm: ${shown(quiet)}; with poison: ${shown(meanwhile)}`);
    if (isLater(quiet, meanwhile)) throw new Error(`the rest was later: ${shown(meanwhile)}; in calm ${shown(quiet)}`);
  },
};

/** One in a hundred, for one reason or the other. */
function choose(ground: Ground, from: number, count: number): Map<number, Reason> {
  const chosen = new Map<number, Reason>();
  while (chosen.size < count / 100) chosen.set(ground.between(from, from + count - 1), reasons[chosen.size % 2]!);
  return chosen;
}

/** `otherwise`: what stands for a name where a call has none. */
const rulesWith = (ground: Ground, url: string, port: number, otherwise: { value?: string }): string => {
  const name = { src: { dependencyName: 'call', dataKey: 'body.name', ...otherwise }, dest: 'name' };
  return ground.write([calls(port), onCall([posting(url, { http: { payload: [numberOfCall, name] } })])]);
};

/** The dead letters, why by number. */
async function parked(ground: Ground, bus: string): Promise<Map<number, string>> {
  const letters = JSON.parse(await ground.command('dead-letters', 'list', '-o', 'json', '--bus', bus)) as Letter[];
  return new Map(letters.map(({ reason, events }) => [events.call.data.body.n, reason.code]));
}

function expectParked(found: ReadonlyMap<number, string>, wanted: ReadonlyMap<number, string>): void {
  const wrong = [...new Set([...found.keys(), ...wanted.keys()])].filter((number) => found.get(number) !== wanted.get(number));
  if (wrong.length === 0) return;
  const shown = wrong.slice(0, 10).map((number) => `${number} ${found.get(number) ?? 'not at all'}, not ${wanted.get(number) ?? 'at all'}`);
  throw new Error(`${wrong.length} are parked as they should not be: ${shown.join('; ')}`);
}
