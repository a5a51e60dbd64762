import type { ParameterOutcome } from './parameters.ts';
import type { Step } from './rehearse.ts';
import type { RehearsedSensor } from './sensors.ts';

/** What the tests of a Sensor have not tried. */
interface Gap {
  /** `sensor.yaml:14:9` */
  readonly place: string;
  /** "filters.data[0] of dependency service never refused an event". */
  readonly message: string;
}

/** A part of a Sensor, and the ways in which it can be tried. */
interface Part {
  readonly place: string;
  readonly name: string;
  /** Way → how often, in words for when it is missing: "refused an event". */
  readonly tried: Map<string, number>;
}

/** Counts which parts of a Sensor its tests try: each filter clause both ways, defaults, transforms and triggers. */
export class Coverage {
  readonly sensor: string;
  readonly #parts = new Map<string, Part>();

  constructor(sensor: RehearsedSensor) {
    const { file, compiled } = sensor;
    this.sensor = `${file.sensor.metadata.namespace}/${file.name}`;
    const add = (key: string, place: string, name: string, ways: readonly string[]) =>
      this.#parts.set(key, { place, name, tried: new Map(ways.map((way) => [way, 0])) });
    for (const [index, { name, transform }] of file.sensor.spec.dependencies.entries()) {
      const path = ['spec', 'dependencies', index];
      if (transform) add(`transform ${name}`, sensor.placeOf([...path, 'transform']), `the transform of dependency ${name}`, [ran]);
      for (const { at, path: clause } of sensor.clauses.get(name) ?? [])
        add(`clause ${name} ${at}`, sensor.placeOf(clause), `${at} of dependency ${name}`, [passed, refused]);
    }
    for (const [index, { name }] of compiled.triggers.entries()) {
      add(`trigger ${name}`, sensor.placeOf(['spec', 'triggers', index, 'template', 'name']), `trigger ${name}`, [fired]);
      for (const [at, parameter] of (sensor.parameters.get(name) ?? []).entries())
        if (parameter.reads !== undefined && parameter.fallback !== undefined)
          add(`parameter ${name} ${at}`, sensor.placeOf(parameter.path), `the parameter ${parameter.dest} of trigger ${name}`, [
            hadValue,
            hadDefault,
          ]);
    }
  }

  count({ asked, outcomes }: Step): void {
    for (const { dependency, event, clauses } of asked) {
      if (event) this.#try(`transform ${dependency}`, ran);
      for (const { at, passed: yes } of clauses) this.#try(`clause ${dependency} ${at}`, yes ? passed : refused);
    }
    for (const outcome of outcomes) {
      if (outcome.kind !== 'fires') continue;
      this.#try(`trigger ${outcome.trigger}`, fired);
      for (const [at, { outcome: one }] of outcome.parameters.entries()) {
        const way = ways[one.kind];
        if (way !== undefined) this.#try(`parameter ${outcome.trigger} ${at}`, way);
      }
    }
  }

  gaps(): Gap[] {
    return [...this.#parts.values()].flatMap(({ place, name, tried }) => {
      const missing = [...tried].filter(([, times]) => times === 0).map(([way]) => way);
      return missing.length === 0 ? [] : [{ place, message: `${name} never ${missing.join(' and never ')}` }];
    });
  }

  #try(key: string, way: string): void {
    const tried = this.#parts.get(key)?.tried;
    if (tried?.has(way)) tried.set(way, tried.get(way)! + 1);
  }
}

const ran = 'ran';
const passed = 'passed an event';
const refused = 'refused one';
const fired = 'fired';
const hadValue = 'had a value';
const hadDefault = 'had its default';

const ways: Partial<Record<ParameterOutcome['kind'], string>> = { value: hadValue, default: hadDefault };
