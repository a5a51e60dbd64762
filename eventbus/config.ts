import { EngineError } from '../src/core/errors/engine-error.ts';
import { isObject } from '../src/core/json/json.ts';
import type { NatsCredentials, NatsTls } from '../src/core/nats/connect.ts';
import { parseServers } from '../src/core/nats/servers.ts';
import { parseDocuments } from '../src/core/yaml/documents.ts';
import type { EventBusObject, SecretRef, TlsSpec } from './kind.ts';
import type { MemoryConfig } from './memory/index.ts';
import { type BusNames, busNames } from './names.ts';
import { controllerDefaults, parseStreamConfig, type StreamSettings, serverDefaults } from './stream-settings.ts';
import type { EventFormat } from './wire.ts';

export type BusConfig = MemoryConfig | JetStreamConfig;

export interface JetStreamConfig {
  readonly kind: 'jetstream';
  /** `nats://host:port`, without credentials in it. */
  readonly servers: readonly string[];
  readonly credentials: NatsCredentials | undefined;
  readonly tls: NatsTls | undefined;
  readonly names: BusNames;
  readonly stream: StreamSettings;
  readonly eventFormat: EventFormat;
  /** To be told once the bus is open. */
  readonly warnings: readonly string[];
}

/** What the command line says; it wins over what the object says. */
export interface BusOverrides {
  /** `nats://user:password@host:port`. With these, access and certificates of the object are not used. */
  readonly servers?: readonly string[] | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
  readonly nkey?: (() => string) | undefined;
  readonly creds?: (() => string) | undefined;
  readonly tls?: Partial<NatsTls> | undefined;
  readonly eventFormat?: EventFormat | undefined;
  /** The value of a secret; undefined when it is not known. `secretsOf` says which are asked for. */
  readonly secret?: ((ref: SecretRef) => string | undefined) | undefined;
}

/** Which bus is meant: see `busNames`. */
interface BusId {
  readonly namespace: string;
  readonly name: string;
  /** No other bus shares the servers with this one. */
  readonly alone: boolean;
}

/** Where the servers of an EventBus are. */
interface Place {
  readonly url: string;
  readonly accessSecret: SecretRef | undefined;
  readonly tls: TlsSpec | undefined;
  /** Made by Argo's controller, whose certificate nobody can verify. */
  readonly madeByArgo: boolean;
}

/** What to connect to, from an EventBus object and what the command line says. Throws CONFIG_MISSING, CONFIG_INVALID or CONFIG_SECRET. */
export function busConfigOf(object: EventBusObject | undefined, overrides: BusOverrides & BusId): JetStreamConfig {
  const place = overrides.servers ? undefined : placeOf(object);
  const urls = overrides.servers ?? place?.url.split(',');
  if (urls === undefined) {
    throw new EngineError(
      'CONFIG_MISSING',
      { problem: `nothing says where the bus ${overrides.namespace}/${overrides.name} is` },
      { hint: 'give its URL with --bus, or an EventBus with jetstreamExotic.url' },
    );
  }
  const read = (ref: SecretRef): string => {
    const value = overrides.secret?.(ref);
    if (value !== undefined) return value;
    throw new EngineError('CONFIG_SECRET', {
      what: 'Secret',
      namespace: overrides.namespace,
      name: ref.name,
      key: ref.key,
      reason: 'it was not found',
    });
  };
  const { servers, credentials } = parseServers(urls);
  const { settings, problems, ...remarks } = parseStreamConfig(streamConfigOf(object));
  const warnings = remarks.warnings.map(({ message }) => message);
  if (problems[0] !== undefined) throw new EngineError('CONFIG_INVALID', { problem: problems[0].message });
  return {
    kind: 'jetstream',
    servers,
    credentials: credentialsOf(overrides) ?? (place?.accessSecret ? accessOf(read(place.accessSecret)) : credentials),
    tls: overrides.tls ? { verify: true, ...overrides.tls } : tlsOf(place, read),
    names: busNames(overrides),
    stream: { ...defaultsOf(object), ...settings },
    eventFormat: overrides.eventFormat ?? 'binary',
    warnings: place?.madeByArgo && !place.tls && !overrides.tls ? [...warnings, unverified] : warnings,
  };
}

const unverified =
  "the certificate of the bus is not verified, because Argo's controller made it; give the EventBus a `tls` block or use --bus-ca to end that";

function credentialsOf({ user, password, token, nkey, creds }: BusOverrides): NatsCredentials | undefined {
  if (creds) return { creds };
  if (nkey) return { nkey };
  if (user !== undefined) return { user, password: password ?? '' };
  return token === undefined ? undefined : { token };
}

/** The secrets that `busConfigOf` reads. */
export function secretsOf(object: EventBusObject | undefined): SecretRef[] {
  const place = placeOf(object);
  return [place?.accessSecret, place?.tls?.caCertSecret, place?.tls?.clientCertSecret, place?.tls?.clientKeySecret].filter(
    (ref) => ref !== undefined,
  );
}

/** The controller's word in `status.config` comes before the author's in `spec`: it has filled in what it made. */
function placeOf(object: EventBusObject | undefined): Place | undefined {
  const status = object?.status as { config?: { jetstream?: { url?: string; accessSecret?: SecretRef; tls?: TlsSpec } } } | undefined;
  const made = status?.config?.jetstream;
  if (object?.spec.jetstream && made?.url) return { url: made.url, accessSecret: made.accessSecret, tls: made.tls, madeByArgo: true };
  const exotic = object?.spec.jetstreamExotic;
  if (exotic?.url) return { url: exotic.url, accessSecret: exotic.accessSecret, tls: exotic.tls, madeByArgo: false };
  return undefined;
}

const streamConfigOf = (object: EventBusObject | undefined): string | undefined =>
  object?.spec.jetstream?.streamConfig ?? object?.spec.jetstreamExotic?.streamConfig;

/** A bus of which nobody says how many servers it has is kept on one. */
function defaultsOf(object: EventBusObject | undefined): StreamSettings {
  if (object?.spec.jetstreamExotic) return serverDefaults;
  return object?.spec.jetstream
    ? { ...controllerDefaults, replicas: object.spec.jetstream.replicas ?? 3 }
    : { ...controllerDefaults, replicas: 1 };
}

const credsHead = '-----BEGIN NATS USER JWT-----';

/** The access secret holds YAML text with `username` and `password`, as in Argo; or a `token`, an `nkey`, or a whole credentials file. */
function accessOf(text: string): NatsCredentials {
  if (text.includes(credsHead)) return { creds: () => text };
  const value = parseDocuments(text)[0]?.value;
  const field = (name: string) => (isObject(value) && value[name] !== undefined ? String(value[name]) : undefined);
  const user = field('username');
  const token = field('token');
  if (user !== undefined) return { user, password: field('password') ?? '' };
  if (token !== undefined) return { token };
  const nkey = field('nkey');
  if (nkey !== undefined) return { nkey: () => nkey };
  const problem = 'the access secret of the bus holds neither username nor token nor nkey, and is no credentials file';
  throw new EngineError('CONFIG_INVALID', { problem });
}

function tlsOf(place: Place | undefined, read: (ref: SecretRef) => string): NatsTls | undefined {
  const spec = place?.tls;
  if (!spec) return place?.madeByArgo ? { verify: false } : undefined;
  return {
    ...(spec.caCertSecret ? { ca: read(spec.caCertSecret) } : {}),
    ...(spec.clientCertSecret ? { cert: read(spec.clientCertSecret) } : {}),
    ...(spec.clientKeySecret ? { key: read(spec.clientKeySecret) } : {}),
    verify: !spec.insecureSkipVerify,
  };
}
