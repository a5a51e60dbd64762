/** `sensorium send`: puts an event onto the bus, as if its event source had sent it. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { eventTypeOf } from '../../../eventsources/event-type.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { fileReasonOf } from '../../core/errors/from-unknown.ts';
import { EventData } from '../../core/event/data.ts';
import { type EventDraft, makeEvent } from '../../core/event/event.ts';
import { systemClock } from '../../core/time/clock.ts';
import { reachBuses } from '../decisions/buses.ts';
import { listenersOn, sensorsOn } from '../decisions/notes.ts';
import type { ReachedBus } from '../decisions/through-door.ts';
import type { BusFlags } from '../flags.ts';
import type { Output } from '../output.ts';

export interface SendFlags extends BusFlags {
  readonly source: string;
  readonly event: string;
  readonly data?: string;
  readonly type?: string;
  readonly id?: string;
  readonly key?: string;
  readonly contentType: string;
}

/** Answers 0 when the bus has stored it. Throws EngineError. */
export async function send(flags: SendFlags, { write, warn }: Output): Promise<number> {
  const { source, event: subject, id = randomUUID(), key, contentType } = flags;
  const data = EventData.fromText(flags.data === undefined ? '{}' : readText(flags.data));
  if (/[/+]json\s*(;|$)/i.test(contentType)) void data.json;
  await using reached = await reachBuses(flags);
  const { bus, waiting } = await busFor(reached.buses, { source, subject });
  const type = flags.type ?? (await typeOf(bus, { source, subject }));
  const draft: EventDraft = { id, data, datacontenttype: contentType, ...(key === undefined ? {} : { orderKey: key }) };
  const stored = await bus.publish(makeEvent(draft, { source, subject, type }, systemClock.now()));
  write(
    `event ${id} of ${source}/${subject} ${stored.duplicate ? 'was on the bus already' : `is on the bus, as number ${stored.sequence}`}`,
  );
  if (waiting.length === 0) warn(`no Sensor that is known here waits for ${source}/${subject}`);
  for (const name of waiting) warn(`sensorium why ${name} --event ${id}`);
  return 0;
}

function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (cause) {
    throw new EngineError('CONFIG_FILE_MISSING', { file: path, reason: fileReasonOf(cause) }, { cause });
  }
}

/** The bus on which a sensor waits for it; else the only one. */
async function busFor(buses: readonly ReachedBus[], { source, subject }: { source: string; subject: string }) {
  const waiting = (await sensorsOn(buses)).filter(({ status }) =>
    status.dependencies.some((one) => one.source === source && one.subject === subject),
  );
  const bus = waiting[0]?.bus ?? buses[0];
  if (!bus)
    throw new EngineError('CONFIG_MISSING', { problem: 'the process that runs here has no bus open' }, { hint: 'load a rule first' });
  const among = new Set(waiting.map((one) => one.bus));
  if (among.size > 1 || (among.size === 0 && buses.length > 1)) {
    const problem = `there are several buses, and ${among.size === 0 ? 'no Sensor' : 'a Sensor on each'} waits for ${source}/${subject}`;
    throw new EngineError('CONFIG_MISSING', { problem }, { hint: `there are ${buses.map(({ describe }) => describe).join('; ')}` });
  }
  return { bus, waiting: waiting.map(({ status }) => `${status.namespace}/${status.name}`) };
}

/** That of the event source which says that it sends it. */
async function typeOf(bus: ReachedBus, { source, subject }: { source: string; subject: string }): Promise<string> {
  const listener = (await listenersOn(bus)).find(({ name, event }) => name === source && event === subject);
  return listener ? eventTypeOf(listener.type) : 'webhook';
}
