/**
 * The least Roles that rules need, for the accounts under which they run: what their sources watch, what their triggers change, and the
 * Secrets and ConfigMaps that they read.
 */
import type { JsonObject } from '../../core/json/json.ts';
import { toYaml } from '../../core/yaml/print.ts';
import type { Rule } from '../rule.ts';
import { fromClusterGrants, type Grant, grantsOf } from './rbac-grants.ts';

export interface RbacOptions {
  /** The account of one process that runs the rules of these namespaces, as `run --from-cluster` does; undefined for all of them. */
  readonly fromCluster?: { readonly account: Account; readonly namespaces: readonly string[] | undefined };
}

export interface Account {
  readonly namespace: string;
  readonly name: string;
}

const group = 'rbac.authorization.k8s.io';
const order = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'impersonate'];

/** YAML documents, with a comment for what cannot be said. Empty when the rules need nothing. */
export function rbacText(rules: readonly Rule[], options: RbacOptions = {}): string {
  const accounts = new Map<string, { account: Account; grants: Grant[]; notes: Set<string> }>();
  const of = (account: Account) => {
    const id = `${account.namespace}/${account.name}`;
    const one = accounts.get(id) ?? { account, grants: [], notes: new Set<string>() };
    accounts.set(id, one);
    return one;
  };
  const { fromCluster } = options;
  if (fromCluster)
    for (const namespace of fromCluster.namespaces ?? [undefined])
      of(fromCluster.account).grants.push(...fromClusterGrants(namespace, rules));
  for (const rule of rules.filter(({ kind }) => kind !== 'EventBus')) {
    const one = of(fromCluster?.account ?? accountOf(rule));
    for (const { grants, notes } of [rule, ...busOf(rule, rules)].map(grantsOf)) {
      one.grants.push(...grants);
      for (const note of notes) one.notes.add(note);
    }
  }
  const texts = [...accounts.values()].flatMap(({ account, grants, notes }) => {
    const documents = objectsOf(account, grants).map(toYaml);
    const comments = [...notes].map((note) => `# Not in here: ${note}.`);
    return [...documents.slice(0, 1).map((first) => [...comments, first].join('\n')), ...documents.slice(1)];
  });
  return texts.length === 0 ? '' : `${texts.join('\n---\n')}\n`;
}

function accountOf({ metadata, value }: Rule): Account {
  const { template } = (value as { spec: { template?: { serviceAccountName?: string } } }).spec;
  return { namespace: metadata.namespace, name: template?.serviceAccountName || 'default' };
}

/** The EventBus of a rule, where it is among them: whoever runs the rule reads its Secrets. */
function busOf({ metadata, value }: Rule, rules: readonly Rule[]): Rule[] {
  const { eventBusName = 'default' } = (value as { spec: { eventBusName?: string } }).spec;
  return rules.filter(
    (one) => one.kind === 'EventBus' && one.metadata.namespace === metadata.namespace && one.metadata.name === eventBusName,
  );
}

function objectsOf(account: Account, grants: readonly Grant[]): JsonObject[] {
  const subject = { kind: 'ServiceAccount', name: account.name, namespace: account.namespace };
  const own: JsonObject[] =
    account.name === 'default'
      ? []
      : [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account.name, namespace: account.namespace } }];
  const wide = grants.filter(({ namespace }) => namespace === undefined);
  const spaces = [...new Set(grants.flatMap(({ namespace }) => namespace ?? []))].sort();
  // What is allowed everywhere need not be allowed in one namespace again.
  const within = (namespace: string) =>
    without(
      grants.filter((grant) => grant.namespace === namespace),
      wide,
    );
  return [
    ...own,
    ...spaces.flatMap((namespace) => roleAndBinding(account.name, namespace, within(namespace), subject)),
    ...roleAndBinding(`${account.namespace}-${account.name}`, undefined, wide, subject),
  ];
}

function without(grants: readonly Grant[], wide: readonly Grant[]): Grant[] {
  return grants.flatMap((grant) => {
    const same = wide.filter((one) => one.group === grant.group && one.resource === grant.resource && !one.names);
    const verbs = grant.verbs.filter((verb) => !same.some((one) => one.verbs.includes(verb)));
    return verbs.length === 0 ? [] : [{ ...grant, verbs }];
  });
}

function roleAndBinding(name: string, namespace: string | undefined, grants: readonly Grant[], subject: JsonObject): JsonObject[] {
  if (grants.length === 0) return [];
  const kind = namespace === undefined ? 'ClusterRole' : 'Role';
  const metadata = namespace === undefined ? { name } : { name, namespace };
  const apiVersion = `${group}/v1`;
  return [
    { apiVersion, kind, metadata, rules: rulesOf(grants) },
    { apiVersion, kind: `${kind}Binding`, metadata, roleRef: { apiGroup: group, kind, name }, subjects: [subject] },
  ];
}

/** One rule for each resource, and for each set of verbs on named objects; resources of a group with the same verbs share one. */
function rulesOf(grants: readonly Grant[]): JsonObject[] {
  const all = new Map<string, { group: string; resource: string; verbs: Set<string>; names: Set<string> | undefined }>();
  for (const { group, resource, verbs, names } of grants) {
    const id = JSON.stringify([group, resource, names ? [...verbs].sort() : 'all']);
    const one = all.get(id) ?? { group, resource, verbs: new Set<string>(), names: names && new Set<string>() };
    for (const verb of verbs) one.verbs.add(verb);
    for (const name of names ?? []) one.names?.add(name);
    all.set(id, one);
  }
  const merged = new Map<string, { group: string; resources: string[]; verbs: string[]; names: string[] | undefined }>();
  for (const { group, resource, verbs, names } of all.values()) {
    const sorted = order.filter((verb) => verbs.has(verb));
    const id = names ? `${group}/${resource} ${[...names]} ${sorted}` : `${group} ${sorted}`;
    const one = merged.get(id) ?? { group, resources: [], verbs: sorted, names: names && [...names].sort() };
    one.resources.push(resource);
    merged.set(id, one);
  }
  return [...merged.values()]
    .toSorted((a, b) => `${a.group} ${a.resources} ${a.names ?? ''}`.localeCompare(`${b.group} ${b.resources} ${b.names ?? ''}`))
    .map(({ group, resources, verbs, names }) => ({
      apiGroups: [group],
      resources: resources.sort(),
      ...(names ? { resourceNames: names } : {}),
      verbs,
    }));
}
