import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { compileSensor } from '../../../sensors/compile.ts';
import { compileCondition } from '../../../sensors/conditions/compile.ts';
import { type Expression, holds, namesIn, parseExpression } from '../../../sensors/conditions/expression.ts';
import { decodeHead, headPrefix } from '../../../sensors/conditions/head.ts';
import { sensorKind } from '../../../sensors/kind.ts';
import { runSensor } from '../../../sensors/runner.ts';
import { read } from '../../../src/core/schema/read.ts';
import { buildEvent, noKube } from '../../support/build-sensor.ts';
import { TestClock } from '../../support/clock.ts';
import { record } from '../../support/record.ts';
import type { Adapter } from '../adapter.ts';

/** Expressions are equal when they hold for the same dependencies: spaces and needless brackets do not matter. */
function isAlike(expected: unknown, got: unknown): boolean {
  if (typeof expected !== 'string' || typeof got !== 'string') return expected === got || (got === null && !isRight(String(expected)));
  const [one, other] = [parseExpression(expected), parseExpression(got)];
  const names = namesIn(one);
  const cases = Array.from({ length: 2 ** names.length }, (_, bits) => new Set(names.filter((_name, index) => (bits >> index) & 1)));
  const truth = (expression: Expression): boolean[] => cases.map((have) => holds(expression, (name) => have.has(name)));
  return `${names}` === `${namesIn(other)}` && `${truth(one)}` === `${truth(other)}`;
}

/** Argo finds some mistakes only when it evaluates. */
function isRight(text: string): boolean {
  try {
    parseExpression(text);
    return true;
  } catch {
    return false;
  }
}

export const conditionsExpression: Adapter = {
  compare: { error: 'failed', expression: isAlike },
  run({ conditions, dependencies }) {
    const { value, findings } = compileCondition({ conditions }, dependencies, []);
    if (findings.length > 0) return { error: findings[0]!.message, expression: null };
    return { dependencies: value.dependencies, requiresAnd: value.join !== undefined, expression: value.condition, error: null };
  },
};

const hour = 3_600_000;
/** Longer than the bus takes an id for a repeat. */
const forgotten = 360_000;

export const conditionsState: Adapter = {
  compare: { error: 'failed' },
  async run({ dependencies, conditions, steps }) {
    const clock = new TestClock();
    const { tell, of } = record();
    await using bus = openMemoryBus({ kind: 'memory' }, { clock, tell });
    const { value } = read(sensorKind.schema, sensorOf(dependencies, conditions, steps.includes('reset')));
    const { compiled, findings } = compileSensor(value!, { clock });
    if (!compiled) return { error: findings[0]!.message, fired: [], held: {} };
    const fired: { step: number; events: Record<string, string> }[] = [];
    let step = 0;
    const noting = {
      ...compiled,
      triggers: compiled.triggers.map((trigger) => ({
        ...trigger,
        prepare: async ({ events }: Parameters<typeof trigger.prepare>[0]) => ({
          type: 'log',
          summary: '',
          rendered: null,
          fire: async () => {
            fired.push({ step, events: Object.fromEntries([...events].map(([name, { id }]) => [name, id])) });
            return { summary: '' };
          },
        }),
      })),
    };
    const start = () => {
      const stop = new AbortController();
      const ended = runSensor(noting, { bus, kube: noKube, clock, tell, signal: stop.signal });
      return async () => {
        stop.abort();
        await clock.turn(1000);
        await ended;
      };
    };
    let end = start();
    await clock.turn(100);
    for (const [index, what] of (steps as string[]).entries()) {
      step = index;
      if (what === 'restart') {
        await end();
        await clock.turn(forgotten);
        end = start();
        await clock.turn(100);
      } else if (what === 'reset') {
        await clock.turn(hour);
      } else {
        const [names, id] = what.split(':') as [string, string];
        await bus.publish(buildEvent(id, { data: { for: Object.fromEntries(names.split('+').map((name) => [name, true])) } }));
        await clock.turn(100);
      }
    }
    await end();
    const held: Record<string, string> = {};
    for await (const { value: body } of (await bus.state('sensor/playground/sn')).entries(headPrefix))
      for (const [name, those] of (await decodeHead(body, async () => undefined)).matching) held[name] = those[0]!.event.id;
    const broken = of('workerFailed')[0];
    return { error: broken ? String(broken['error']) : null, fired, held };
  },
};

/** An event says in its payload which dependencies it is for. */
function sensorOf(dependencies: readonly string[], conditions: string, resets: boolean): object {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Sensor',
    metadata: { name: 'sn', namespace: 'playground' },
    spec: {
      dependencies: dependencies.map((name) => ({
        name,
        eventSourceName: 'es',
        eventName: 'things',
        filters: { data: [{ path: `for.${name}`, type: 'bool', value: ['true'] }] },
      })),
      triggers: [
        { template: { name: 't', log: {}, conditions, ...(resets ? { conditionsReset: [{ byTime: { cron: '0 * * * *' } }] } : {}) } },
      ],
    },
  };
}
