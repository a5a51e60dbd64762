import { openMemoryBus } from '../../eventbus/memory/index.ts';
import { createWorkbench } from '../../src/cli/workbench.ts';
import type { EngineError } from '../../src/core/errors/engine-error.ts';
import { EventData } from '../../src/core/event/data.ts';
import type { Kube } from '../../src/core/kube/kube.ts';
import { type Happening, type HappeningName, happenings } from '../../src/core/telemetry/happenings.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import { checkRule } from '../../src/manifests/check.ts';
import { placed, showFinding } from '../../src/manifests/document.ts';
import { loadText } from '../../src/manifests/load.ts';
import { buildEvent } from '../support/build-sensor.ts';
import { eventually } from '../support/eventually.ts';
import { bodiesOf } from '../support/queue-contents.ts';
import { record } from '../support/record.ts';

/** A Sensor "good" that shows the same events as "bad" does. */
const good = `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: good}
spec:
  dependencies: [{name: dep, eventSourceName: es, eventName: things}]
  triggers: [{template: {name: show, log: {}}}]
`;

/** The text of `bad.yaml` and a good rule beside it, in one process on a bus in memory. */
export async function startBeside(bad: string, kube: Kube) {
  const told = record();
  const context = { tell: told.tell, clock: systemClock };
  const bus = openMemoryBus({ kind: 'memory' }, context);
  const bench = createWorkbench({ openBus: async () => bus, kube, drainFor: 1_000, relist: false, ...context });
  const findings: string[] = [];
  for (const [file, text] of [
    ['bad.yaml', bad],
    ['good.yaml', good],
  ] as const) {
    const loaded = loadText(file, text, { namespace: 'team' });
    findings.push(...loaded.findings.map(showFinding));
    for (const one of loaded.objects) {
      const checked = checkRule(one.object);
      findings.push(...(checked?.findings ?? []).map((finding) => showFinding(placed(finding, one))));
      if (checked?.rule) await bench.set(checked.rule);
    }
  }
  await eventually(() => bench.missing().every((part) => part.startsWith('EventSource')));

  return {
    /** What was said of the files, as a person reads it. */
    findings,
    told,
    bus,
    bench,
    publish: (id: string, data: string) => bus.publish({ ...buildEvent(id), data: EventData.fromText(data) }),
    /** Resolves when a sensor has fired for an event. */
    fired: (sensor: string, event: string) =>
      told.seen('triggerFired', (fields) => fields['sensor'] === sensor && fields['event'] === event),
    /** Warnings and errors about "bad", a line each, as the log has them. */
    lines: () =>
      told.all.filter(({ name }) => isLoud(name)).map(({ name, fields }) => lineOf(name, fields['error'] as EngineError | undefined)),
    /** What has been set aside: whose, why, and which events. */
    async parked() {
      const bodies = (await bodiesOf(await bus.parked())).map((body) => JSON.parse(body));
      return bodies.map(({ sensor, reason, events }) => ({
        sensor,
        reason: `${reason.message}  ${reason.code}`,
        events: Object.values(events as Record<string, { id: string }>).map(({ id }) => id),
      }));
    },
    async waiting(sensor: string) {
      return (await bodiesOf(await bus.queue(`sensor/team/${sensor}`))).length;
    },
    async [Symbol.asyncDispose]() {
      await bench[Symbol.asyncDispose]();
    },
  };
}

const isLoud = (name: HappeningName): boolean => ['warn', 'error'].includes((happenings[name] as Happening).level);
const lineOf = (name: HappeningName, error: EngineError | undefined): string => (error ? `${name}: ${error.message}  ${error.code}` : name);
