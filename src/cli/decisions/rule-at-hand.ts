/** Where a command finds the rule of a sensor: in the files that it was given, in the cluster, or in the process that runs in this folder. */
import { EngineError } from '../../core/errors/engine-error.ts';
import { isObject, type JsonObject } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import type { Kube } from '../../core/kube/kube.ts';
import { createTell } from '../../core/telemetry/tell.ts';
import { systemClock } from '../../core/time/clock.ts';
import { dialects } from '../../dialects/index.ts';
import { loadText } from '../../manifests/load.ts';
import { connectKube } from '../connect.ts';
import type { KubeFlags } from '../flags.ts';
import { rulesIn } from '../rehearse/rules.ts';
import { sensorsIn } from '../rehearse/sensors.ts';
import { isForeign, titleOf } from './notes.ts';
import { otherRuleOf, type RuleFile, ruleFileOf, ruleOf } from './rule-file.ts';
import { rulesThroughDoor } from './through-door.ts';
import { doorPath } from './wire.ts';

interface Whose {
  readonly namespace: string;
  readonly name: string;
}

/** A rule, or why there is none to be had. */
export type RuleAtHand = RuleFile | { readonly because: string };

export interface RulesAtHand extends AsyncDisposable {
  of(whose: Whose): Promise<RuleAtHand>;
}

/**
 * Files count before a cluster that the flags name, and that before the process that runs here; `--bus` is about none that runs here.
 * What is wrong in files goes to `warn`. Asks once for each Sensor.
 */
export function rulesAtHand(
  flags: KubeFlags & { readonly rules: readonly string[]; readonly bus?: string },
  warn: (line: string) => void,
  door = doorPath,
): RulesAtHand {
  const found = new Map<string, Promise<RuleAtHand>>();
  const isNamed = flags.kubeconfig !== undefined || flags.context !== undefined;
  const kube = isNamed ? connectKube(flags, { tell: createTell(), clock: systemClock }) : undefined;
  kube?.catch(() => {});

  const look = async ({ namespace, name }: Whose): Promise<RuleAtHand> => {
    const file = await ruleFileOf(flags.rules, name, warn);
    if (file) return file;
    if (kube) return fromCluster(await kube, { namespace, name });
    const rules = flags.bus === undefined ? await rulesThroughDoor(door) : undefined;
    if (!rules)
      return { because: 'give the rule with --rules, or the cluster that holds it with --kubeconfig, to see what would come of it' };
    const whose = 'the process that runs here';
    if (isForeign({ name })) return otherIn(rules, { namespace, name }, whose);
    const rule = rules.find((one) => one['kind'] === 'Sensor' && isOf(one, { namespace, name }));
    return rule ? ruleIn(rule) : absent({ namespace, name }, whose);
  };
  return {
    of(whose) {
      const key = `${whose.namespace}/${whose.name}`;
      const rule = found.get(key) ?? look(whose);
      found.set(key, rule);
      return rule;
    },
    async [Symbol.asyncDispose]() {
      await (await kube?.catch(() => undefined))?.[Symbol.asyncDispose]();
    },
  };
}

const isOf = ({ metadata }: JsonObject, { namespace, name }: Whose): boolean =>
  isObject(metadata) && metadata['name'] === name && metadata['namespace'] === namespace;

const absent = (whose: Whose, where: string): RuleAtHand => ({ because: `${where} has no ${titleOf(whose)}` });

async function fromCluster(kube: Kube, whose: Whose): Promise<RuleAtHand> {
  if (isForeign(whose)) return otherIn(await othersIn(kube, whose.namespace), whose, 'the cluster');
  try {
    return ruleIn((await kube.get(await kube.kind('argoproj.io/v1alpha1', 'Sensor'), whose)) as JsonObject);
  } catch (thrown) {
    if (thrown instanceof EngineError && thrown.code === 'REMOTE_KUBE_NOT_FOUND') return absent(whose, 'the cluster');
    throw thrown;
  }
}

/** The rules of other systems of a namespace, and those of the whole cluster. */
async function othersIn(kube: Kube, namespace: string): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for (const { group, version, kind } of dialects.flatMap((dialect) => dialect.kinds)) {
    try {
      const type = await kube.kind(`${group}/${version}`, kind);
      const { items } = await kube.list(type, type.namespaced ? { namespace } : {});
      found.push(...items.map((one) => ({ ...one, apiVersion: `${group}/${version}`, kind }) as JsonObject));
    } catch (thrown) {
      if (!(thrown instanceof EngineError) || !notServed.has(thrown.code)) throw thrown;
    }
  }
  return found;
}

/** A kind that is not there has no objects. */
const notServed = new Set(['REMOTE_KUBE_UNKNOWN_KIND', 'REMOTE_KUBE_NOT_FOUND']);

/** The rule of another system among objects that are loaded together. */
async function otherIn(objects: readonly JsonObject[], whose: Whose, where: string): Promise<RuleAtHand> {
  const loaded = objects.map((object) =>
    loadText(`${object['kind']} ${(object['metadata'] as JsonObject)['name']}`, stringifyJson(object)),
  );
  const { dialects: files } = await rulesIn({ objects: loaded.flatMap((one) => one.objects), findings: [] }, { assumesServices: true });
  const found = files.find(({ namespace, name }) => namespace === whose.namespace && name === whose.name);
  return found ? otherRuleOf(found) : absent(whose, where);
}

/** The rule that an object is. */
function ruleIn(object: JsonObject): RuleAtHand {
  const { sensors, findings } = sensorsIn(
    loadText(`Sensor ${(object['metadata'] as JsonObject)['name']}`, stringifyJson(ownFields(object))),
  );
  const [only] = sensors;
  return only ? ruleOf(only) : { because: `its rule is refused: ${findings.find(({ severity }) => severity === 'error')?.message}` };
}

/** Without what only an API server writes. */
function ownFields({ metadata, status: _, ...rest }: JsonObject): JsonObject {
  const { managedFields: __, ...known } = metadata as JsonObject;
  return { ...rest, metadata: known };
}
