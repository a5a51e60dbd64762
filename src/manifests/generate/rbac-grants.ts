import type { Need } from '../../core/kube/need.ts';
import { groupVersion } from '../../core/kube/resource-path.ts';
import { spellingsOf } from '../../core/schema/kind.ts';
import { dialectOf } from '../../dialects/index.ts';
import { needsOf } from '../needs.ts';
import type { Rule } from '../rule.ts';
import { isClusterWide, wellKnownKind } from './well-known-kinds.ts';

/** Something that an account has to be allowed. */
export interface Grant {
  /** Undefined in all namespaces, and for what lives in none. */
  readonly namespace: string | undefined;
  readonly group: string;
  readonly resource: string;
  readonly verbs: readonly string[];
  /** Only the objects of these names; all if left out. */
  readonly names?: readonly string[];
}

/** What a rule needs, and notes about what cannot be said without an API server. */
export function grantsOf(rule: Rule): { grants: Grant[]; notes: string[] } {
  const grants: Grant[] = [];
  const notes: string[] = [];
  for (const need of needsOf(rule)) {
    const grant = need.what === 'key' ? keyGrant(need) : accessGrant(need);
    if (typeof grant === 'string') notes.push(`${rule.kind} ${rule.metadata.name}: ${grant}`);
    else grants.push(grant);
  }
  return { grants, notes };
}

const keyGrant = ({ kind, namespace, name }: Extract<Need, { what: 'key' }>): Grant => ({
  namespace,
  group: '',
  resource: kind === 'Secret' ? 'secrets' : 'configmaps',
  verbs: ['get'],
  names: [name],
});

/** A text is a note. */
function accessGrant({ type, verbs, namespace, name }: Extract<Need, { what: 'access' }>): Grant | string {
  if ('resource' in type) {
    const { group, resource } = type;
    return { namespace: namespace === '' || isClusterWide(group, resource) ? undefined : namespace, group, resource, verbs };
  }
  const { group } = groupVersion(type.apiVersion);
  const known = wellKnownKind(group, type.kind);
  if (!known) return `${verbs.join(', ')} ${type.kind} of ${type.apiVersion}, whose plural only the API server knows`;
  const names = name === undefined ? {} : { names: [name] };
  return { namespace: known.isNamespaced ? namespace || undefined : undefined, group, resource: known.resource, verbs, ...names };
}

/** What a process needs that runs the rules of a cluster, of Argo's kinds and of the other systems that are among these: see `run --from-cluster`. */
export function fromClusterGrants(namespace: string | undefined, rules: readonly Rule[]): Grant[] {
  const others = [...new Set(rules.flatMap((rule) => dialectOf(rule) ?? []))];
  const read = ['get', 'list', 'watch'];
  const own = (where: string | undefined, group: string, resource: string): Grant[] => [
    { namespace: where, group, resource, verbs: read },
    { namespace: where, group, resource: `${resource}/status`, verbs: ['update'] },
  ];
  return [
    ...['eventbus', 'eventsources', 'sensors'].flatMap((resource) => own(namespace, 'argoproj.io', resource)),
    ...others
      .flatMap(({ kinds }) => kinds)
      .flatMap((kind) =>
        [...new Set(spellingsOf(kind).map(({ group }) => group))].flatMap((group) =>
          own(kind.isClusterWide ? undefined : namespace, group, kind.plural),
        ),
      ),
    ...others
      .flatMap(({ looksAt }) => looksAt)
      .map(({ group, resource }): Grant => ({ namespace: undefined, group, resource, verbs: read })),
    { namespace, group: '', resource: 'events', verbs: ['create', 'get', 'patch'] },
  ];
}
