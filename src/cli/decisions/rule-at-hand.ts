/** Where a command finds the rule of a Sensor: in the files that it was given, in the cluster, or in the process that runs in this folder. */
import { EngineError } from '../../core/errors/engine-error.ts';
import { isObject, type JsonObject } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import { createTell } from '../../core/telemetry/tell.ts';
import { systemClock } from '../../core/time/clock.ts';
import { loadText } from '../../manifests/load.ts';
import { connectKube } from '../connect.ts';
import type { KubeFlags } from '../flags.ts';
import { sensorsIn } from '../rehearse/sensors.ts';
import { type RuleFile, ruleFileOf, ruleOf } from './rule-file.ts';
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
    const rule = rules.find((one) => one['kind'] === 'Sensor' && isOf(one, { namespace, name }));
    return rule ? ruleIn(rule) : { because: `the process that runs here has no Sensor ${namespace}/${name}` };
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

async function fromCluster(kube: Awaited<ReturnType<typeof connectKube>>, { namespace, name }: Whose): Promise<RuleAtHand> {
  try {
    return ruleIn((await kube.get(await kube.kind('argoproj.io/v1alpha1', 'Sensor'), { namespace, name })) as JsonObject);
  } catch (thrown) {
    if (thrown instanceof EngineError && thrown.code === 'REMOTE_KUBE_NOT_FOUND')
      return { because: `the cluster has no Sensor ${namespace}/${name}` };
    throw thrown;
  }
}

/** The rule that an object is, without what only an API server writes. */
function ruleIn(object: JsonObject): RuleAtHand {
  const { metadata, status: _, ...rest } = object;
  const { managedFields: __, ...known } = metadata as JsonObject;
  const { sensors, findings } = sensorsIn(loadText(`Sensor ${known['name']}`, stringifyJson({ ...rest, metadata: known })));
  const [only] = sensors;
  return only ? ruleOf(only) : { because: `its rule is refused: ${findings.find(({ severity }) => severity === 'error')?.message}` };
}
