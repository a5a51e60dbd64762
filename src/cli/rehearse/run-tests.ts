import { dirname } from 'node:path';
import { error } from '../../core/errors/finding.ts';
import { fromUnknown } from '../../core/errors/from-unknown.ts';
import type { JqEngine } from '../../core/jq/index.ts';
import type { Json, JsonObject } from '../../core/json/json.ts';
import type { KubeObject } from '../../core/kube/kube.ts';
import type { Clock } from '../../core/time/clock.ts';
import { inOrder } from '../../manifests/check-files.ts';
import { type PlacedFinding, placed } from '../../manifests/document.ts';
import type { TestSpec } from '../../manifests/test-kind.ts';
import { clockAt } from './clock.ts';
import { rehearsalCluster } from './cluster.ts';
import { Coverage } from './coverage.ts';
import { otherSteps } from './dialects/test-steps.ts';
import { type Failure, failuresOf } from './expect.ts';
import { type Given, giveData, giveEvent, givenIn } from './given.ts';
import { rehearsal, type Step } from './rehearse.ts';
import { type Rules, rulesOf } from './rules.ts';
import { chooseSensor, type RehearsedSensor, readySensor, type SensorFile } from './sensors.ts';
import { fromFolder, isForOthers, loadSuites, type Suite } from './test-file.ts';

/** The result of one test; without a failure it passed. */
export interface TestResult {
  readonly file: string;
  readonly name: string;
  readonly failures: readonly PlacedFailure[];
  /** Milliseconds. */
  readonly took: number;
}

interface PlacedFailure {
  /** Of the expectation: `sensor.test.yaml:9:7` */
  readonly place: string;
  readonly message: string;
  readonly why: readonly string[];
}

export interface TestReport {
  readonly results: readonly TestResult[];
  /** What is wrong with rules and test files; the tests concerned have not run. */
  readonly findings: readonly PlacedFinding[];
  readonly coverage: readonly Coverage[];
}

/** What tests see when they name no time: midnight UTC, the same on every day that they run. */
const timeless = Date.parse('2000-01-01T00:00:00Z');

/** Runs the tests of files, one after another. `chosen` says by its name whether a test runs; the clock only measures. */
export async function runTests(
  files: readonly string[],
  { clock, chosen, jq }: { clock: Clock; chosen: (name: string) => boolean; jq?: JqEngine | undefined },
): Promise<TestReport> {
  const results: TestResult[] = [];
  const findings = new Map<string, PlacedFinding>();
  const coverage = new Map<string, Coverage>();
  const note = (found: readonly PlacedFinding[]) => {
    for (const one of found) findings.set(`${one.file}:${one.line}:${one.column} ${one.message}`, one);
  };
  for (const file of files) {
    const { suites, findings: unreadable } = loadSuites(file);
    note(unreadable);
    for (const suite of suites) {
      const loaded = await rulesOf(suite.rules, { jq, assumesServices: true });
      const wrong = loaded.findings.filter((one) => one.severity === 'error');
      note(wrong);
      if (wrong.length > 0) continue;
      const sensors = sensorsOf(loaded, coverage, jq);
      for (const [index, test] of suite.spec.tests.entries()) {
        if (!chosen(test.name)) continue;
        const started = clock.monotonic();
        const failures = await failuresIn(suite, test, index, sensors);
        results.push({ file, name: test.name, failures, took: clock.monotonic() - started });
      }
    }
  }
  return { results, findings: inOrder([...findings.values()]), coverage: [...coverage.values()] };
}

/** The Sensors of a suite: compiled once for each time that its tests name, and counted together with those of other suites. */
interface Sensors {
  /** They and all other rules. */
  readonly rules: Rules;
  ready(file: SensorFile, now: number): RehearsedSensor;
  count(file: SensorFile, step: Step): void;
}

function sensorsOf(rules: Rules, coverage: Map<string, Coverage>, jq: JqEngine | undefined): Sensors {
  const made = new Map<string, RehearsedSensor>();
  const idOf = ({ loaded, sensor, name }: SensorFile) => `${loaded.file} ${sensor.metadata.namespace}/${name}`;
  const ready = (file: SensorFile, now: number): RehearsedSensor => {
    const id = `${idOf(file)} ${now}`;
    const sensor = made.get(id) ?? readySensor(file, { clock: clockAt(now), jq });
    made.set(id, sensor);
    return sensor;
  };
  for (const file of rules.sensors) if (!coverage.has(idOf(file))) coverage.set(idOf(file), new Coverage(ready(file, timeless)));
  return { rules, ready, count: (file, step) => coverage.get(idOf(file))!.count(step) };
}

async function failuresIn(suite: Suite, test: TestSpec, index: number, sensors: Sensors): Promise<PlacedFailure[]> {
  const { spec, yaml, file: name } = suite;
  const place = ({ path, message, why = [] }: Failure): PlacedFailure => {
    const { line, column } = placed(error('CONFIG_INVALID', ['tests', index, ...path]), { file: name, yaml });
    return { place: `${name}:${line}:${column}`, message, why };
  };
  try {
    const where = suite.rules.join(', ');
    const time = test.now ?? spec.now;
    const now = time === undefined ? timeless : Date.parse(time);
    const existing = test.existing || spec.existing ? [...(spec.existing ?? []), ...(test.existing ?? [])] : undefined;
    const options = { folder: dirname(name), now };
    if (test.given.some(isForOthers)) {
      const steps = await otherSteps(test.given, existing as KubeObject[] | undefined, { ...options, suite, rules: sensors.rules });
      return failuresOf(test, steps).map(place);
    }
    const file = chooseSensor(sensors.rules.sensors, test.sensor ?? spec.sensor, { where, byName: '`sensor: NAME` in the test' });
    const { namespace } = file.sensor.metadata;
    const kube = rehearsalCluster({ existing: existing as KubeObject[] | undefined, namespace });
    const take = rehearsal(sensors.ready(file, now), { clock: clockAt(now), kube, knowsCluster: existing !== undefined });
    const steps: Step[] = [];
    for (const given of test.given.flatMap((one, at) => givenBy(one, file, { ...options, at }))) {
      const step = await take(given);
      sensors.count(file, step);
      steps.push(step);
    }
    return failuresOf(test, steps).map(place);
  } catch (thrown) {
    const { message, hint } = fromUnknown(thrown);
    return [place({ path: ['name'], message, ...(hint === undefined ? {} : { why: [`try: ${hint}`] }) })];
  }
}

function givenBy(
  spec: TestSpec['given'][number],
  file: SensorFile,
  { folder, now, at }: { folder: string; now: number; at: number },
): Given[] {
  const { data, event, file: name, dependency, eventSourceName, eventName } = spec;
  const to = { dependency, eventSourceName, eventName };
  const options = { now, from: `given[${at}]`, index: at };
  if (event !== undefined) return [giveEvent(event as JsonObject, to, file, options)];
  if (name === undefined) return [giveData(data as Json | undefined, to, file, options)];
  return givenIn(fromFolder(folder, name), to, file, options);
}
