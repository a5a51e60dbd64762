/**
 * Where events go, as far as the rules tell: a Destination (`sink`, `subscriber`, `reply`, `deadLetterSink`) is looked up among them.
 * What is found out only when an event is sent, because it may come, go and move, is in `resolve.ts`.
 */
import type { Address } from '../../../core/event/event.ts';
import { groupVersion } from '../../../core/kube/resource-path.ts';
import type { RuleRef } from '../../dialect.ts';
import { addressables, addressOf, isForeign } from '../addresses.ts';
import { hostOf, isAbsolute } from '../kinds/check-fields.ts';
import type { Destination } from '../kinds/fields.ts';
import { type KindName, type RuleOf, type Rules, refOf } from '../rules.ts';

export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Which of its addresses, by name. */
  readonly address?: string | undefined;
}

export type Place =
  /** A subject on our bus: a Broker, a Channel, the beginning of a Sequence or a Parallel. */
  | { readonly kind: 'bus'; readonly rule: RuleRef; readonly address: Address; readonly url: string }
  /** Something that is done in this process. */
  | { readonly kind: 'work'; readonly rule: RuleRef & { readonly kind: 'EventTransform' | 'JobSink' } }
  /** An EventListener: in this process if it listens here, else by HTTP. */
  | { readonly kind: 'listener'; readonly namespace: string; readonly name: string; readonly url: string }
  | { readonly kind: 'url'; readonly url: string; readonly caCerts?: string | undefined }
  /** An object that the API server is asked about; `path` is resolved against its address. */
  | {
      readonly kind: 'object';
      readonly ref: ObjectRef;
      readonly path: string | undefined;
      readonly caCerts?: string | undefined;
      /** True for a kind that we run ourselves, of which no rule is loaded. */
      readonly isOurs: boolean;
    }
  | { readonly kind: 'nowhere'; readonly problem: string };

/** `namespace` is that of the rule that names the destination. */
export function placeOf({ ref, uri, CACerts: caCerts }: Destination, namespace: string, rules: Rules): Place {
  if (!ref)
    return uri === undefined
      ? { kind: 'nowhere', problem: 'there is neither a ref nor a uri' }
      : placeOfUrl(uri, namespace, rules, caCerts);
  const { apiVersion = '', kind = '', name = '', address } = ref;
  const missing = Object.entries({ apiVersion, kind, name }).find(([, value]) => value === '')?.[0];
  if (missing !== undefined) return { kind: 'nowhere', problem: `its ref has no ${missing}` };
  if (uri !== undefined && isAbsolute(uri)) return { kind: 'nowhere', problem: `beside its ref, "${uri}" is no path but a whole URL` };
  const where = ref.namespace || namespace;
  const { group } = groupVersion(apiVersion);
  if (group === 'triggers.tekton.dev' && kind === 'EventListener') return listenerPlace(where, name, uri);
  const ours = addressables.find((one) => one.kind === kind && one.groups.includes(group));
  const found = ours && rules.find<KindName>(ours.kind, where, name);
  if (found && !isForeign(found)) return ofOurs(found, uri, namespace, rules);
  return {
    kind: 'object',
    ref: { apiVersion, kind, name, namespace: where, address },
    path: uri,
    caCerts,
    isOurs: ours !== undefined && !found,
  };
}

function ofOurs(rule: Pick<RuleOf<KindName>, 'kind' | 'metadata'>, uri: string | undefined, namespace: string, rules: Rules): Place {
  const ref = refOf(rule);
  const { kind } = ref;
  if (kind === 'EventTransform' || kind === 'JobSink') return { kind: 'work', rule: { ...ref, kind } };
  const url = urlOf(ref);
  // A path beside the ref of a Broker leads to where it leads at the ingress, which may be another Broker.
  if (uri !== undefined) return placeOfUrl(new URL(uri, url).href, namespace, rules);
  return { kind: 'bus', rule: ref, address: addressOf(kind as KindName, ref.name), url };
}

const ingress = 'http://broker-ingress.knative-eventing.svc.cluster.local';

/** What Knative would call it, which is how our own are recognised in URLs. */
const urlOf = ({ kind, namespace, name }: RuleRef): string =>
  kind === 'Broker'
    ? `${ingress}/${namespace}/${name}`
    : `http://${name}-kn-${kind === 'InMemoryChannel' ? 'channel' : kind.toLowerCase()}.${namespace}.svc.cluster.local`;

const listenerHost = /^el-([a-z0-9][a-z0-9.-]*?)(?:\.([a-z0-9-]+)(?:\.svc(?:\.cluster\.local)?)?)?$/;

/** The EventListener whose Service a host is, as it is called from `namespace`. */
export function listenerAt(hostname: string, namespace: string): { readonly namespace: string; readonly name: string } | undefined {
  const [, name, of = namespace] = listenerHost.exec(hostname) ?? [];
  return name === undefined ? undefined : { namespace: of, name };
}

function placeOfUrl(text: string, namespace: string, rules: Rules, caCerts?: string | undefined): Place {
  if (hostOf(text) === undefined) return { kind: 'nowhere', problem: `"${text}" is no whole URL` };
  const { hostname, pathname } = new URL(text);
  const listener = listenerAt(hostname, namespace);
  if (listener) return { kind: 'listener', ...listener, url: text };
  if (/^broker-ingress\.[a-z0-9-]+(?:\.svc(?:\.cluster\.local)?)?$/.test(hostname)) {
    const [, where = '', name = '', ...more] = pathname.split('/');
    const broker = more.length === 0 ? rules.find('Broker', where, name) : undefined;
    if (broker && !isForeign(broker)) return { kind: 'bus', rule: refOf(broker), address: addressOf('Broker', name), url: text };
  }
  return { kind: 'url', url: text, caCerts };
}

function listenerPlace(namespace: string, name: string, path: string | undefined): Place {
  const url = `http://el-${name}.${namespace}.svc.cluster.local:8080`;
  return { kind: 'listener', namespace, name, url: path === undefined ? url : new URL(path, url).href };
}
