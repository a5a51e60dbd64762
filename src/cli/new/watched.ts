import { closest } from '../../core/errors/closest.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { own } from '../../core/own.ts';
import { kinds } from '../local-cluster/kinds/table.ts';

/** The kind of object that a new rule is about. */
export interface Watched {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly kind: string;
  /** In small letters, as the event is called. */
  readonly singular: string;
  /** `apps/v1`. */
  readonly apiVersion: string;
  /** What such an object needs besides its metadata, where we know it. */
  readonly sample: JsonObject | undefined;
}

const samples: Readonly<Record<string, JsonObject>> = {
  services: { spec: { selector: { app: 'hello' }, ports: [{ port: 80, targetPort: 8080 }] } },
  configmaps: { data: { greeting: 'hello' } },
  pods: { spec: { containers: [{ name: 'hello', image: 'nginx:1.29' }] } },
  deployments: {
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'hello' } },
      template: { metadata: { labels: { app: 'hello' } }, spec: { containers: [{ name: 'hello', image: 'nginx:1.29' }] } },
    },
  },
};

/** A namespaced kind by its name as kubectl takes it: `Service`, `services`, `svc`. Throws CONFIG_INVALID for one that is not known here. */
export function watchedKind(word: string): Watched {
  const known = kinds.filter(({ namespaced, virtual }) => namespaced && !virtual);
  const wanted = word.toLowerCase();
  const found = known.find((one) => [one.kind.toLowerCase(), one.resource, one.singular, ...one.shortNames].includes(wanted));
  if (found) {
    const { group, resource, kind, singular } = found;
    const version = found.versions[0]!.name;
    return {
      group,
      version,
      resource,
      kind,
      singular,
      apiVersion: group === '' ? version : `${group}/${version}`,
      sample: own(samples, resource),
    };
  }
  const near = closest(
    word,
    known.map(({ kind }) => kind),
  );
  throw new EngineError(
    'CONFIG_INVALID',
    { problem: `new does not know the kind ${word}` },
    { hint: near ? `did you mean ${near}?` : 'take another one, and change group, version and resource in what is written' },
  );
}

/** "a Service", "an Ingress". */
export const oneOf = ({ kind }: Watched): string => `${/^[AEIO]/.test(kind) ? 'an' : 'a'} ${kind}`;
