import { writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import type { Decision, Fate } from '../../../sensors/decisions/decision.ts';
import { hidden } from '../../../sensors/decisions/redact.ts';
import type { SensorStatus } from '../../../sensors/decisions/status.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { fileReasonOf } from '../../core/errors/from-unknown.ts';
import { isObject, type Json, type JsonObject } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import { toYaml } from '../../core/yaml/print.ts';
import { originOf } from './lines.ts';
import { isForeign, kindAndName } from './notes.ts';

interface SaveContext {
  readonly status: SensorStatus;
  /** The files with the rule; the test's own folder where none is named. */
  readonly files: readonly string[];
  warn(line: string): void;
}

/**
 * Writes a `*.test.yaml` that says what really happened: the events that came, what fired, and why not. `sensorium test` runs it. An event
 * whose payload is not known whole is left out, with a word. Throws CONFIG_INVALID when the file cannot be written, CONFIG_MISSING when there is nothing to write.
 */
export function saveTest(path: string, decisions: readonly Decision[], { status, files, warn }: SaveContext): void {
  const written = new Set<string>();
  const tests: Json[] = [];
  for (const decision of decisions) {
    const fates = decision.triggers.filter(({ firing }) => firing === undefined || !written.has(firing));
    if (fates.length === 0 && decision.triggers.length > 0) continue;
    const given = givenFor(decision, fates, decisions, status);
    if (typeof given === 'string') {
      warn(`event ${decision.event.id} is left out: ${given}`);
      continue;
    }
    for (const { firing } of fates) if (firing !== undefined) written.add(firing);
    tests.push(testOf(decision, fates, given, status));
  }
  if (tests.length === 0) throw new EngineError('CONFIG_MISSING', { problem: `there is no event to write to ${path}` });
  const rules = files.map((file) => relative(dirname(path), file) || '.');
  try {
    writeFileSync(
      path,
      `${toYaml({ ...(rules.length > 0 ? { rules } : {}), ...(isForeign(status) ? {} : { sensor: status.name }), tests })}\n`,
    );
  } catch (cause) {
    throw new EngineError('CONFIG_INVALID', { problem: `cannot write ${path}: ${fileReasonOf(cause)}` }, { cause });
  }
  warn(`wrote ${tests.length === 1 ? 'a test' : `${tests.length} tests`} to ${path}: sensorium test ${path}`);
}

/** The events that led to it, in the order in which they came; a text says why they are not known. */
function givenFor(decision: Decision, fates: readonly Fate[], all: readonly Decision[], status: SensorStatus): Json[] | string {
  const ids = new Set([decision.event.id, ...fates.flatMap(({ events }) => Object.values(events ?? {}))]);
  const given: Json[] = [];
  for (const id of ids)
    if (!all.some((one) => one.event.id === id)) return `it fired together with ${id}, which is not among the events shown`;
  for (const one of all.filter(({ event }) => ids.has(event.id))) {
    if (one.payload === undefined && one.payloadBytes !== 0) return `the payload of ${one.event.id} was not kept`;
    if (one.payloadCut) return `the payload of ${one.event.id} was cut`;
    if (stringifyJson(one.payload ?? null).includes(hidden)) return `the payload of ${one.event.id} holds secret values`;
    const spec = isForeign(status) ? givenToOther(one, status) : givenOf(one);
    if (typeof spec === 'string') return spec;
    given.push(spec);
  }
  return given;
}

function givenOf({ event: { id, source, subject, type, time, orderKey }, payload }: Decision): JsonObject {
  return {
    eventSourceName: source,
    eventName: subject,
    event: {
      id,
      type,
      time,
      ...(orderKey === undefined ? {} : { partitionkey: orderKey }),
      ...(payload === undefined ? {} : { data: payload }),
    },
  };
}

/** The event for a rule of another system. Its extensions are not known. */
function givenToOther({ event: { id, source, subject, type, time }, payload }: Decision, status: SensorStatus): JsonObject | string {
  const [kind, name] = kindAndName(status.name);
  if (kind !== 'EventListener') {
    const own = { id, source, ...(subject === '' ? {} : { subject }), type, time };
    return { rule: status.name, event: { ...own, ...(payload === undefined ? {} : { data: payload }) } };
  }
  if (!isObject(payload) || typeof payload['body'] !== 'string') return `the body of ${id} is no text`;
  return { listener: `${status.namespace}/${name}`, header: payload['header'] ?? {}, body: payload['body'] };
}

function testOf({ event, at, dependencies }: Decision, fates: readonly Fate[], given: Json[], status: SensorStatus): Json {
  const fires = fates.filter(({ firing, summary }) => firing !== undefined && summary !== undefined);
  const errors = fates.flatMap(({ firing, summary, attempts }) =>
    firing !== undefined && summary === undefined ? [attempts?.at(-1)?.error?.message] : [],
  );
  const because = dependencies.flatMap((one) =>
    one.admitted || one.because === undefined ? [] : [[one.dependency, one.because] as const],
  );
  const known = because.filter(([, text]) => !text.includes(hidden));
  return {
    name: `event ${event.id} of ${originOf(event)}`,
    now: new Date(at).toISOString(),
    given,
    expect: {
      // What another system's rule makes has a name that is made of the event's id.
      fires: fires.map(({ trigger, summary }) =>
        isForeign(status) || summary!.includes(hidden) ? { trigger } : { trigger, summary: summary! },
      ),
      ...(known.length > 0 ? { because: Object.fromEntries(known) } : {}),
      ...(errors.length > 0 ? { errors: errors.filter((one) => one !== undefined) } : {}),
    },
  };
}
