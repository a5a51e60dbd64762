import pc from 'picocolors';
import { EngineError } from '../../core/errors/engine-error.ts';
import { isObject, type Json } from '../../core/json/json.ts';
import { parseJson } from '../../core/json/parse.ts';
import type { HappeningName } from '../../core/telemetry/happenings.ts';
import type { Listener, TellFields } from '../../core/telemetry/tell.ts';
import type { Clock } from '../../core/time/clock.ts';
import { showDuration } from '../../core/time/duration.ts';
import { toYaml } from '../../core/yaml/print.ts';
import { prettyJson } from './pretty.ts';
import { forEyes } from './redact.ts';

type Line = (fields: TellFields) => string | undefined;

/** Happenings as lines for a person at a terminal: for each event one line event → decision → effect, and what was made. */
export function screenListener(write: (line: string) => void, clock: Clock): Listener {
  const published = new Recent<string>(1000);
  const event = (fields: TellFields): string => published.get(String(fields['event'])) ?? `event ${fields['event'] ?? ''}`;
  const warn = (fields: TellFields): string => {
    const thrown = fields['error'];
    const what = ['part', 'sensor', 'trigger', 'eventsource', 'server'].map((key) => fields[key]).filter(Boolean);
    const said =
      thrown instanceof EngineError
        ? `${thrown.message}  ${pc.dim(thrown.code)}`
        : (fields['finding'] ?? fields['warning'] ?? fields['reason'] ?? '');
    const hint = thrown instanceof EngineError ? thrown.hint : fields['hint'];
    return [...what, said].join('  ') + (hint ? `\n    try: ${hint}` : '');
  };

  const lines: Partial<Record<HappeningName, Line>> = {
    watching: (fields) => `${pc.cyan('watching')}  ${showFields(fields, ['resource', 'namespace', 'types', 'where'])}`,
    listening: (fields) =>
      `${pc.cyan('listening')}  ${showFields(fields, ['port', 'path'])}  ${pc.dim('event')} ${fields['eventsource']}/${fields['event']}`,
    callRefused: (fields) =>
      `${pc.yellow('call refused')}  ${fields['eventsource']}/${fields['event']}  ${fields['status']} ${String(fields['reason']).trimEnd()}`,
    eventPublished: (fields) => {
      published.set(
        String(fields['id']),
        `${fields['type'] ?? 'event'} ${fields['object'] ?? `${fields['eventsource']}/${fields['event']}`}`,
      );
      return undefined;
    },
    triggerFired: (fields) => {
      if (fields['summary'] === 'logged') return undefined;
      const took = typeof fields['latency'] === 'number' ? fields['latency'] : Number(fields['took']);
      const effect = `${event(fields)} ${pc.dim('→')} ${fields['sensor']}/${fields['trigger']} ${pc.dim('→')} ${pc.green(String(fields['summary']))}  ${pc.dim(showDuration(took))}`;
      const made = madeObject(fields['detail'] as Json | undefined);
      return made ? `${effect}\n${indent(made)}` : effect;
    },
    eventFiltered: (fields) =>
      `${event(fields)} ${pc.dim('→')} ${fields['sensor']}/${fields['dependency']} ${pc.dim('→')} no: ${fields['because']}`,
    eventLogged: (fields) => `${pc.cyan('log')}  ${fields['sensor']}/${fields['trigger']}\n${indent(payload(String(fields['payload'])))}`,
    eventUnusable: (fields) => `${event(fields)} ${pc.dim('→')} ${pc.red('cannot be used:')} ${warn(fields)}`,
    simulated: (fields) =>
      `${pc.cyan('node')}  ${fields['kind']} ${fields['namespace']}/${fields['name']} ${pc.dim('→')} ${fields['outcome']}`,
    attemptFailed: (fields) => `${event(fields)} ${pc.dim('→')} ${pc.yellow('failed:')} ${warn(fields)}`,
    firingParked: (fields) => `${event(fields)} ${pc.dim('→')} ${pc.red('parked:')} ${warn(fields)}`,
    firingHandedOver: (fields) =>
      `${event(fields)} ${pc.dim('→')} ${pc.red(`given up, and handed to the trigger ${fields['to']}:`)} ${warn(fields)}`,
    ruleLoaded: (fields) => `${pc.cyan(fields['changed'] ? 'rule changed' : 'rule')}  ${ruleIn(fields)}`,
    ruleRemoved: (fields) => `${pc.cyan('rule gone')}  ${ruleIn(fields)}`,
    ruleRefused: (fields) => `${pc.red('rule refused')}  ${ruleIn(fields)}  ${fields['field']}: ${fields['finding']}`,
  };

  return (name, happening, fields) => {
    const line =
      lines[name]?.(fields) ??
      (name in lines || happening.level === 'debug' || happening.level === 'info'
        ? undefined
        : `${pc.yellow(happening.message)}  ${warn(fields)}`);
    if (line !== undefined) write(`${pc.dim(new Date(clock.now()).toISOString().slice(11, 23))}  ${line}`);
  };
}

/** A cluster's own objects have no namespace. */
const ruleIn = ({ kind, namespace, name }: TellFields): string => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

function showFields(fields: TellFields, names: readonly string[]): string {
  return names
    .filter((name) => fields[name] !== undefined && fields[name] !== '')
    .map((name) => (name === 'resource' ? `${fields[name]}` : `${pc.dim(name)} ${[fields[name]].flat().join(' ')}`))
    .join('  ');
}

/** The object that a trigger made or changed, without what only the server needs. */
function madeObject(detail: Json | undefined): string | undefined {
  if (!isObject(detail) || !isObject(detail['metadata']) || typeof detail['kind'] !== 'string') return undefined;
  const { name, namespace } = detail['metadata'];
  return toYaml(
    forEyes({
      kind: detail['kind'],
      metadata: { name: name ?? null, namespace: namespace ?? null },
      ...('spec' in detail ? { spec: detail['spec']! } : {}),
    }),
  );
}

function payload(text: string): string {
  try {
    return prettyJson(forEyes(parseJson(text)));
  } catch {
    return text;
  }
}

const indent = (text: string): string => text.replace(/^/gm, '    ');

/** The newest so-and-so-many entries. */
class Recent<Value> {
  readonly #entries = new Map<string, Value>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: Value): void {
    this.#entries.set(key, value);
    if (this.#entries.size > this.#most) this.#entries.delete(this.#entries.keys().next().value!);
  }
}
