import type { Json } from '../../core/json/json.ts';
import { systemClock } from '../../core/time/clock.ts';
import { showFinding } from '../../manifests/document.ts';
import { chooseOther } from '../rehearse/choose.ts';
import { pathOfPlace } from '../rehearse/clauses.ts';
import type { DialectFile } from '../rehearse/dialects/rules.ts';
import { giveData } from '../rehearse/given.ts';
import type { Rehearsed } from '../rehearse/rehearse.ts';
import { rulesOf } from '../rehearse/rules.ts';
import { chooseSensor, readySensor, type SensorFile } from '../rehearse/sensors.ts';
import { isForeign } from './notes.ts';

/** A rule as its author wrote it: for places, and for what would happen now. */
export interface RuleFile {
  readonly ready: Rehearsed;
  /** `sensor.yaml:14:9` of a clause; undefined when the file has no such dependency. */
  placeOf(dependency: string, at: string): string | undefined;
  /** What each filter of a dependency says of an event by itself: in the whole, the first no hides what the others would have said. */
  clauses(dependency: string, payload: Json): Promise<readonly AskedClause[]>;
}

interface AskedClause {
  readonly at: string;
  readonly place: string;
  /** Why not; undefined where it passes. */
  readonly because: string | undefined;
}

/**
 * The rule of a sensor by its name; undefined where no file is given. Throws CONFIG_MISSING when the files hold no such one; what is wrong
 * in them goes to `warn`.
 */
export async function ruleFileOf(paths: readonly string[], name: string, warn: (line: string) => void): Promise<RuleFile | undefined> {
  if (paths.length === 0) return undefined;
  const rules = await rulesOf(paths, { assumesServices: true });
  for (const finding of rules.findings) if (finding.severity === 'error') warn(showFinding(finding));
  const how = { where: paths.join(', '), byName: 'its name' };
  return isForeign({ name }) ? otherRuleOf(chooseOther(rules, { rule: name }, how).file) : ruleOf(chooseSensor(rules.sensors, name, how));
}

/** A rule of another system, whose verdicts say all that they have to. */
export function otherRuleOf(file: DialectFile): RuleFile {
  const ready = file.ready();
  return { ready, placeOf: ready.placeOfClause, clauses: async () => [] };
}

export function ruleOf(file: SensorFile): RuleFile {
  const ready = readySensor(file, { clock: systemClock });
  return {
    ready,
    placeOf(dependency, at) {
      const index = file.sensor.spec.dependencies.findIndex((one) => one.name === dependency);
      return index < 0 ? undefined : ready.placeOf(['spec', 'dependencies', index, ...pathOfPlace(at)]);
    },
    async clauses(dependency, payload) {
      const now = { now: systemClock.now(), from: '', index: 0 };
      const { event } = giveData(payload, { dependency }, file, now);
      return Promise.all(
        (ready.clauses.get(dependency) ?? []).map(async ({ at, path, judge }) => {
          const verdict = await judge(event);
          return { at, place: ready.placeOf(path), because: verdict.admitted ? undefined : verdict.because };
        }),
      );
    },
  };
}
