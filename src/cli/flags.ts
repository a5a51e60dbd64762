import { type Command, InvalidArgumentError, Option } from 'commander';
import { EngineError } from '../core/errors/engine-error.ts';
import { type Headers, headersOf } from '../core/http/call.ts';
import type { Level } from '../core/telemetry/happenings.ts';
import { parseDuration } from '../core/time/duration.ts';

export interface KubeFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly kubeRate?: number;
}

export interface BusFlags {
  readonly bus?: string;
  readonly busUser?: string;
  readonly busPassword?: string;
  readonly busToken?: string;
  readonly busNkey?: string;
  readonly busCreds?: string;
  readonly busCa?: string;
  readonly busCert?: string;
  readonly busKey?: string;
  readonly eventFormat: 'binary' | 'structured';
}

export interface JqFlags {
  readonly jqEngine?: string;
}

export interface ArgoFlags {
  readonly argo?: string;
}

export interface ProcessFlags {
  readonly namespace?: string;
  readonly port: number;
  readonly host: string;
  readonly grace: number;
  readonly decisions: number;
  readonly logLevel: Level;
}

/** Milliseconds after SIGTERM in which a process ends, whatever servers keep it waiting with: the work in progress, and what leaving takes. */
export const lastsAtMost = ({ grace }: ProcessFlags): number => grace + 5_000;

export function kubeFlags(command: Command): Command {
  return command
    .option('--kubeconfig <file>', 'the kubeconfig to use (default: KUBECONFIG, then ~/.kube/config, then the pod’s own account)')
    .option('--context <name>', 'the context in the kubeconfig')
    .option('--kube-rate <number>', 'at most so many requests a second to the API server (default: no limit)', rate);
}

export function busFlags(command: Command): Command {
  return command
    .option('--bus <url>', 'NATS server with JetStream, e.g. nats://127.0.0.1:4222; several with commas; user and password may stand in it')
    .addOption(new Option('--bus-user <name>', 'user of the bus').env('SENSORIUM_BUS_USER'))
    .addOption(new Option('--bus-password <text>', 'password of the bus').env('SENSORIUM_BUS_PASSWORD'))
    .addOption(new Option('--bus-token <text>', 'token of the bus').env('SENSORIUM_BUS_TOKEN'))
    .option('--bus-nkey <file>', 'file with the seed of an NKey for the bus')
    .option('--bus-creds <file>', 'credentials file for the bus, as `nsc` writes it')
    .option('--bus-ca <file>', 'certificate authority that signed the certificate of the bus')
    .option('--bus-cert <file>', 'client certificate for the bus')
    .option('--bus-key <file>', 'key of the client certificate')
    .addOption(
      new Option('--event-format <form>', 'how events are written: binary CloudEvents, or structured as Argo’s own sensors read them')
        .choices(['binary', 'structured'])
        .default('binary'),
    );
}

export function jqFlags(command: Command): Command {
  return command.option(
    '--jq-engine <name>',
    'run jq transforms by a real program: jq, gojq, or the path of one (default: our own engine)',
  );
}

export function argoFlag(command: Command): Command {
  return command.option(
    '--argo <file>',
    'do what `argoWorkflow` triggers say by this program of Argo Workflows (default: by the API server, which cannot `retry`)',
  );
}

export const outputFlag = (): Option =>
  new Option('-o, --output <form>', 'text for people, json for programs').choices(['text', 'json']).default('text');

/** Words with commas between them. */
export const commas = (text: string): readonly string[] => text.split(',').map((word) => word.trim());

/** Of a flag that may be repeated. */
export const several = (one: string, before: readonly string[]): string[] => [...before, one];

export function processFlags(command: Command): Command {
  return command
    .option('-n, --namespace <name>', 'namespace of objects that name none')
    .option('--port <number>', 'port of /healthz, /readyz and /metrics; 0 takes a free one', port, 0)
    .option('--host <address>', 'address to listen on, for that port and for event sources that are called', '0.0.0.0')
    .addOption(new Option('--grace <duration>', 'how long work in progress gets after SIGTERM').argParser(duration).default(20_000, '20s'))
    .option('--decisions <number>', 'how many decisions of each Sensor are kept on the bus for `sensorium why`; 0 for none', amount, 100)
    .addOption(
      new Option('--log-level <level>', 'what is logged').choices(['debug', 'info', 'warn', 'error']).default('info').env('LOG_LEVEL'),
    );
}

/** Headers as `Name: value`, each as often as it is given. Throws CONFIG_INVALID. */
export function headersIn(lines: readonly string[]): Headers {
  return headersOf(
    lines.flatMap((line) => {
      const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
      if (name !== undefined) return [name, value!];
      throw new EngineError('CONFIG_INVALID', { problem: `--header "${line}" is no header` }, { hint: "write 'X-GitHub-Event: push'" });
    }),
  );
}

export interface PlaceFlags {
  readonly listen?: ReadonlyMap<string, number>;
  readonly sink?: ReadonlyMap<string, string>;
}

/** Where what rules of Tekton and Knative name is found from here. */
export function placeFlags(command: Command): Command {
  return command
    .option(
      '--listen <name=port>',
      'port of an EventListener, by NAME or NAMESPACE/NAME, or of all Brokers (`broker-ingress=8090`); may be repeated',
      listening,
    )
    .option('--sink <name=url>', 'where a Service that rules name is called instead, by NAME or NAMESPACE/NAME; may be repeated', calling);
}

const listening = (one: string, before: ReadonlyMap<string, number> = new Map()): ReadonlyMap<string, number> => {
  const [name, text] = pair(one, 'NAME=PORT, e.g. github=8081');
  if (port(text) === 0) throw new InvalidArgumentError('a listener needs a port that its callers know');
  return new Map([...before, [name, port(text)]]);
};

const calling = (one: string, before: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> => {
  const [name, url] = pair(one, 'NAME=URL, e.g. event-display=http://127.0.0.1:9000');
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ''))
    throw new InvalidArgumentError(`"${url}" is no URL that begins with http:// or https://`);
  return new Map([...before, [name, url]]);
};

function pair(text: string, form: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError(`it looks like ${form}`);
  return [text.slice(0, at), text.slice(at + 1)];
}

export function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65535) throw new InvalidArgumentError('a port is a number from 0 to 65535');
  return number;
}

function rate(text: string): number {
  const number = Number(text);
  if (!(number > 0 && Number.isFinite(number))) throw new InvalidArgumentError('a rate is a number above 0');
  return number;
}

export function duration(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined || milliseconds < 0) throw new InvalidArgumentError('a duration looks like 20s or 1m30s');
  return milliseconds;
}

export function count(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number === 0) throw new InvalidArgumentError('this is a whole number above 0');
  return number;
}

export function amount(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('this is a whole number below 100000');
  return Number(text);
}

export function instant(text: string): number {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) throw new InvalidArgumentError('a time looks like 2026-01-31T12:00:00Z');
  return milliseconds;
}
