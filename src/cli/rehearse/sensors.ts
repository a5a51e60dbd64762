import { compileSensor } from '../../../sensors/compile.ts';
import type { Sensor } from '../../../sensors/kind.ts';
import { closest } from '../../core/errors/closest.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { error, type Path } from '../../core/errors/finding.ts';
import type { JqEngine } from '../../core/jq/index.ts';
import { isObject } from '../../core/json/json.ts';
import type { Clock } from '../../core/time/clock.ts';
import { checkRule } from '../../manifests/check.ts';
import { type LoadedObject, type PlacedFinding, placed } from '../../manifests/document.ts';
import { type Loaded, loadRules } from '../../manifests/load.ts';
import { clausesOf, pathOfPlace } from './clauses.ts';
import { parametersOf } from './parameters.ts';
import type { Rehearsed } from './rehearse.ts';

/** A Sensor of a rule file that can be rehearsed: read, and not yet compiled, because the clock differs from one rehearsal to another. */
export interface SensorFile {
  readonly name: string;
  readonly loaded: LoadedObject;
  readonly sensor: Sensor;
  /** What is hardly meant in it. */
  readonly findings: readonly PlacedFinding[];
  /** The type of the events that the EventSources of the same files send, by `source/event`. */
  readonly types: ReadonlyMap<string, string>;
}

/** A Sensor made ready. */
export interface RehearsedSensor extends Rehearsed {
  readonly file: SensorFile;
  /** `sensor.yaml:14:9` of a field, or of a character inside its text. */
  placeOf(path: Path, offset?: number): string;
}

/** Every Sensor in files and folders. What is wrong with one is among the findings, and it is then not in the list. */
export async function loadSensors(paths: readonly string[], options: { namespace?: string | undefined; jq?: JqEngine | undefined } = {}) {
  return sensorsIn(await loadRules(paths, options), options);
}

/** Every Sensor among what was loaded. */
export function sensorsIn({ objects, findings: unread }: Loaded, options: { jq?: JqEngine | undefined } = {}) {
  const findings: PlacedFinding[] = [...unread];
  const sensors: SensorFile[] = [];
  const types = typesOf(objects);
  for (const loaded of objects) {
    if (loaded.object['kind'] !== 'Sensor') continue;
    const checked = checkRule(loaded.object, { jq: options.jq });
    if (!checked) continue;
    const own = checked.findings.map((finding) => placed(finding, loaded));
    findings.push(...own);
    if (checked.rule)
      sensors.push({ name: checked.rule.metadata.name, loaded, sensor: checked.rule.value as Sensor, findings: own, types });
  }
  return { sensors, findings };
}

function typesOf(objects: readonly LoadedObject[]): Map<string, string> {
  const types = new Map<string, string>();
  for (const { object } of objects) {
    const { kind, metadata, spec } = object;
    if (kind !== 'EventSource' || !isObject(metadata) || !isObject(spec)) continue;
    for (const [type, entries] of Object.entries(spec))
      for (const event of isObject(entries) ? Object.keys(entries) : []) types.set(`${metadata['name']}/${event}`, type);
  }
  return types;
}

/** The one that is meant. Throws CONFIG_MISSING when there is none of that name, or several and no name; `byName` tells how to say it. */
export function chooseSensor(
  sensors: readonly SensorFile[],
  name: string | undefined,
  { where, byName }: { where: string; byName: string },
): SensorFile {
  const names = sensors.map((one) => one.name);
  if (name !== undefined) {
    const found = sensors.find((one) => one.name === name);
    if (found) return found;
    const near = closest(name, names);
    throw new EngineError(
      'CONFIG_MISSING',
      { problem: `${where} holds no Sensor "${name}"` },
      {
        hint: near ? `did you mean "${near}"?` : names.length > 0 ? `it holds ${names.join(', ')}` : 'name a file or folder with a Sensor',
      },
    );
  }
  const [only, second] = sensors;
  if (only && !second) return only;
  throw new EngineError(
    'CONFIG_MISSING',
    { problem: only ? `${where} holds several Sensors: ${names.join(', ')}` : `${where} holds no Sensor` },
    { hint: only ? `say which one: ${byName}` : 'name a file or folder with a Sensor' },
  );
}

/** Compiles a Sensor that was loaded without an error. `jq` runs its transforms, where that is not our own engine. */
export function readySensor(file: SensorFile, options: { clock: Clock; jq?: JqEngine | undefined }): RehearsedSensor {
  const { sensor, loaded } = file;
  const { compiled } = compileSensor(sensor, options);
  if (!compiled) throw new EngineError('BUG_UNEXPECTED', { reason: `the Sensor ${file.name} was valid a moment ago` });
  const placeOf = (path: Path, offset?: number): string => {
    const finding = error('CONFIG_INVALID', path, {}, offset === undefined ? {} : { offset });
    const { file: name, line, column } = placed(finding, loaded);
    return `${name}:${line}:${column}`;
  };
  const { dependencies, triggers } = sensor.spec;
  const triggerPath = (name: string): Path => ['spec', 'triggers', triggers.findIndex(({ template }) => template.name === name)];
  return {
    file,
    compiled,
    clauses: new Map(dependencies.map((one, index) => [one.name, clausesOf(one, ['spec', 'dependencies', index], options)])),
    parameters: new Map(triggers.map((one) => [one.template.name, parametersOf(one, triggerPath(one.template.name))])),
    placeOf,
    placeOfClause(dependency, at, offset) {
      const index = dependencies.findIndex(({ name }) => name === dependency);
      return placeOf(['spec', 'dependencies', index, ...pathOfPlace(at)], offset);
    },
    placeOfTrigger: (name, inside, offset) => placeOf(inside ?? [...triggerPath(name), 'template'], offset),
  };
}
