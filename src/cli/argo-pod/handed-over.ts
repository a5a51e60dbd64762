/**
 * What Argo's controller hands to the pods that it makes, so that our image can stand where Argo's stands.
 *
 * The rule and where its bus is come in the environment, here; the values of Secrets and ConfigMaps in folders that are mounted,
 * `mounted.ts`.
 */
import { EngineError } from '../../core/errors/engine-error.ts';
import { isObject, type JsonObject } from '../../core/json/json.ts';
import { parseJson } from '../../core/json/parse.ts';
import { toYaml } from '../../core/yaml/print.ts';
import { type Loaded, loadText } from '../../manifests/load.ts';
import type { MountedSecret } from './mounted.ts';

export interface HandedOver {
  /** The rule and its EventBus, with the variables in the place of files. */
  readonly loaded: Loaded;
  /** Where all of them are. */
  readonly namespace: string;
  /** What the bus asks us for, as the pod finds it; undefined where it asks for nothing. */
  readonly access: MountedSecret | undefined;
}

type Env = Readonly<Record<string, string | undefined>>;

/** The variable that holds the rule. */
export const ruleIn = { EventSource: 'EVENTSOURCE_OBJECT', Sensor: 'SENSOR_OBJECT' } as const;

/** Where the controller mounts what the bus asks for. */
const accessFile = '/etc/eventbus/auth/auth.yaml';

/**
 * What the environment says is to be run; undefined where files say it. Throws CONFIG_MISSING when nobody does, CONFIG_INVALID when both do,
 * and either for a variable that is missing or broken, by its name. Where the bus is need not be said when the command line does.
 */
export function whatIsHandedOver(
  kind: keyof typeof ruleIn,
  env: Env,
  { paths, needsBus }: { paths: readonly string[]; needsBus: boolean },
): HandedOver | undefined {
  const variable = ruleIn[kind];
  const text = env[variable];
  if (paths.length > 0) {
    if (!text) return undefined;
    const problem = `${paths.join(', ')} and ${variable} both say which ${kind} to run`;
    throw new EngineError('CONFIG_INVALID', { problem }, { hint: `leave out the files, or unset ${variable}` });
  }
  if (!text) {
    const problem = `nothing says which ${kind} to run`;
    throw new EngineError('CONFIG_MISSING', { problem }, { hint: `name files, or set ${variable} as Argo's controller does` });
  }
  const { metadata, spec = {} } = decoded(variable, text);
  const named = { namespace: env['NAMESPACE'] || 'default', ...(isObject(metadata) ? dropNulls(metadata) : {}) };
  const rule = written(variable, kind, { metadata: named, spec });

  const config = env['EVENTBUS_CONFIG'];
  if (!config && needsBus)
    throw new EngineError('CONFIG_MISSING', { problem: `${variable} is there, but EVENTBUS_CONFIG, which says where its bus is, is not` });
  const name = String((isObject(spec) && spec['eventBusName']) || 'default');
  const bus = config ? busOf(decoded('EVENTBUS_CONFIG', config), name) : undefined;
  const namespace = String(named.namespace);
  const metadataOfBus = { name, namespace };
  const object = bus && written('EVENTBUS_CONFIG', 'EventBus', { metadata: metadataOfBus, spec: bus.spec, status: bus.status });
  return {
    loaded: {
      objects: [...rule.objects, ...(object?.objects ?? [])],
      findings: [...rule.findings, ...(object?.findings ?? [])],
    },
    namespace,
    access: bus?.access,
  };
}

/** The object in a variable: base64 of JSON. */
function decoded(variable: string, text: string): JsonObject {
  const wrong = (problem: string, cause?: unknown): EngineError =>
    new EngineError(
      'CONFIG_INVALID',
      { problem: `${variable} ${problem}` },
      { cause, hint: "it holds a JSON object as base64, as Argo's controller writes it" },
    );
  const words = text.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(words)) throw wrong('is not base64');
  let value: unknown;
  try {
    value = parseJson(Buffer.from(words, 'base64').toString('utf8'));
  } catch (thrown) {
    throw wrong(`does not hold JSON: ${(thrown as EngineError).fields['reason']}`, thrown);
  }
  if (isObject(value)) return value;
  throw wrong('does not hold a JSON object');
}

/** As `kubectl get -o yaml` would show it: places of findings are those in this text. */
const written = (variable: string, kind: string, object: JsonObject): Loaded =>
  loadText(variable, toYaml({ apiVersion: 'argoproj.io/v1alpha1', kind, ...object }));

/** A field that Go leaves empty is written as null. */
const dropNulls = (object: JsonObject): JsonObject => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));

/**
 * The EventBus behind a controller's config. The config does not say whether the controller has made the servers, whose certificate nobody
 * could verify then; their names do.
 */
function busOf(config: JsonObject, name: string) {
  const { jetstream, nats, kafka } = config;
  if (!isObject(jetstream)) return { spec: { ...(nats ? { nats: { exotic: nats } } : {}), ...(kafka ? { kafka } : {}) }, status: {} };
  const { accessSecret } = jetstream;
  const access = isObject(accessSecret)
    ? { secret: String(accessSecret['name']), key: String(accessSecret['key']), file: accessFile }
    : undefined;
  const isMadeByArgo = String(jetstream['url']).includes(`//eventbus-${name}-js-svc.`);
  const spec = isMadeByArgo
    ? { jetstream: { version: 'latest', streamConfig: jetstream['streamConfig'] ?? null } }
    : { jetstreamExotic: jetstream };
  return { spec, status: { config }, access };
}
