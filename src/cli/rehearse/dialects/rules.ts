/**
 * Rules of other systems in files, as what they become when they run: an EventListener with its triggers, a Broker with its Triggers, a
 * Channel, a flow. They are translated as in a process that runs, and then nothing is asked and nothing done.
 */
import type { CompiledDependency, CompiledSensor } from '../../../../sensors/compiled.ts';
import { error } from '../../../core/errors/finding.ts';
import { isObject } from '../../../core/json/json.ts';
import { type KubeObject, nameOf } from '../../../core/kube/kube.ts';
import type { Dialect, DialectRule } from '../../../dialects/dialect.ts';
import { dialects } from '../../../dialects/index.ts';
import { type EventListener, validationAnnotation } from '../../../dialects/tekton/kinds/event-listener.ts';
import type { Trigger } from '../../../dialects/tekton/kinds/trigger.ts';
import { objectProblem } from '../../../dialects/tekton/listener/go-json.ts';
import { callOf } from '../../../dialects/tekton/listener/on-bus.ts';
import { checkRule } from '../../../manifests/check.ts';
import { type LoadedObject, type PlacedFinding, placed } from '../../../manifests/document.ts';
import { dialectRule } from '../../../manifests/rule.ts';
import { titleOf } from '../../decisions/notes.ts';
import { lookedAt } from '../../rules/looked-at.ts';
import type { Rehearsed } from '../rehearse.ts';
import { withAssumed } from './assumed.ts';
import { knativeSpots, listenerSpots, type Spot, type Spots } from './places.ts';
import { type RehearsalWorld, rehearsalWorld } from './world.ts';

/** A rule of another system that takes events. */
export interface DialectFile {
  /** "EventListener ci/github". */
  readonly title: string;
  readonly namespace: string;
  /** What its sensor is called: "EventListener:github". */
  readonly name: string;
  /** Each has a dependency of its name. */
  readonly triggers: readonly string[];
  /** False for a Broker or Channel that others name and that is not in the files. */
  readonly isWritten: boolean;
  /** What is hardly meant in it and in what it names. */
  readonly findings: readonly PlacedFinding[];
  /** Ready to take events: all of it, or only one of its triggers. */
  ready(trigger?: string): Rehearsed;
}

/** An object of a dialect, or one that it looks at. */
interface Loaded {
  readonly dialect: Dialect;
  readonly loaded: LoadedObject;
}

interface Known extends Loaded {
  readonly rule: DialectRule | undefined;
  readonly findings: readonly PlacedFinding[];
}

/** `assumesServices`: no cluster tells where Services are. What is wrong with a rule is among the findings, and it is then left out. */
export async function dialectFilesIn(
  objects: readonly Loaded[],
  { assumesServices }: { assumesServices: boolean },
): Promise<{ readonly files: readonly DialectFile[]; readonly findings: readonly PlacedFinding[] }> {
  const known = objects.map(knownOf);
  const listeners = known.flatMap(({ rule }) =>
    rule?.kind === 'EventListener' ? [`${rule.metadata.namespace}/${rule.metadata.name}`] : [],
  );
  const files: DialectFile[] = [];
  for (const dialect of dialects) {
    const own = known.filter((one) => one.dialect === dialect);
    // Tekton calls Services by their names, and asks nobody where they are.
    const world = rehearsalWorld({ assumesServices: assumesServices && dialect.name === 'knative', listeners: new Set(listeners) });
    if (own.length > 0) files.push(...(await filesOf(dialect, own, world)));
  }
  return { files, findings: known.flatMap(({ findings }) => findings) };
}

function knownOf({ dialect, loaded }: Loaded): Known {
  const checked = checkRule(loaded.object);
  const rule = checked ? checked.rule : isNamed(loaded.object) ? lookedAt(loaded.object) : undefined;
  const findings = (checked?.findings ?? []).map((finding) => placed(finding, loaded));
  return { dialect, loaded, rule: rule && dialectRule(rule), findings };
}

const isNamed = (object: LoadedObject['object']): object is LoadedObject['object'] & KubeObject =>
  isObject(object['metadata']) && typeof object['metadata']['name'] === 'string';

async function filesOf(dialect: Dialect, known: readonly Known[], world: RehearsalWorld): Promise<DialectFile[]> {
  const rules = withAssumed(known.flatMap(({ rule }) => rule ?? []));
  const byRef = new Map(known.flatMap((one) => (one.rule ? [[nameOf(one.rule, one.rule.metadata), one] as const] : [])));
  const translate = await dialect.translation();
  return translate(rules, world).parts.flatMap((part) => {
    if (!('sensor' in part.runs)) return [];
    const { sensor } = part.runs;
    const here = part.rules.flatMap((ref) => byRef.get(nameOf(ref, ref)) ?? []);
    const owner = rules.find(({ kind, metadata }) => `${kind}:${metadata.name}` === sensor.name && metadata.namespace === part.namespace);
    if (!owner) return [];
    const spots = spotsOf(owner, rules);
    const placeOf = (spot: Spot | undefined): string => {
      const found = (spot && byRef.get(nameOf(spot, spot))) ?? here[0]!;
      const { file, line, column } = placed(error('CONFIG_INVALID', spot?.path ?? ['metadata'], {}), found.loaded);
      return `${file}:${line}:${column}`;
    };
    return [
      {
        title: titleOf(sensor),
        namespace: part.namespace,
        name: sensor.name,
        triggers: sensor.triggers.map(({ name }) => name).filter((name) => !name.startsWith('(')),
        isWritten: byRef.has(nameOf(owner, owner.metadata)),
        findings: here.flatMap(({ findings }) => findings),
        ready: (trigger) => ({
          title: titleOf(sensor),
          compiled: asked(sensor, owner, trigger),
          clauses: new Map(),
          parameters: new Map(),
          placeOfClause: (dependency, at) => placeOf(spots.ofClause(dependency, at)),
          placeOfTrigger: (name) => placeOf(spots.ofTrigger(name)),
          takeLeftOut: world.takeLeftOut,
        }),
      },
    ];
  });
}

const spotsOf = (owner: DialectRule, rules: readonly DialectRule[]): Spots =>
  owner.kind === 'EventListener'
    ? listenerSpots(owner as unknown as EventListener, rules.filter(({ kind }) => kind === 'Trigger') as unknown as Trigger[])
    : knativeSpots(owner);

/** The dependencies that say something of an event, and what is said of it at the entrance. */
function asked(sensor: CompiledSensor, owner: DialectRule, trigger: string | undefined): CompiledSensor {
  const isListener = owner.kind === 'EventListener';
  // What is in brackets belongs to none of the author's triggers.
  const all = sensor.dependencies.filter(({ name }) => !name.startsWith('('));
  const dependencies = trigger === undefined ? all : all.filter(({ name }) => name === trigger);
  const validates = isListener && owner.metadata.annotations?.[validationAnnotation] !== 'false';
  return { ...sensor, dependencies: validates ? dependencies.map(validating) : dependencies };
}

/** What a listener refuses to its caller never comes to a trigger. */
const validating = (dependency: CompiledDependency): CompiledDependency => ({
  ...dependency,
  admit(event) {
    const problem = objectProblem(callOf(event).body);
    if (problem === undefined) return dependency.admit(event);
    return { admitted: false, at: 'event', because: `the caller gets 400: the body is no JSON object (${problem})`, seen: event };
  },
});
