import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { startListeners } from '../../dialects/tekton/listener-world.ts';
import type { Adapter, Answer, Case } from '../adapter.ts';

const groupsOf = (objects: readonly Case[]): string[] =>
  objects.flatMap(({ spec }) => (spec?.triggerGroups ?? []).map(({ name }: Case) => name));

const ours = (kind: string): boolean => !['Secret', 'ConfigMap'].includes(kind);

/**
 * The objects, and a real call of the listener's port; what became of it is read from the answer, and what was created from what the API
 * server was sent. Ids and texts of errors are ours: an outcome is told by its trigger, or by the group that was stopped.
 */
export const tektonEventListener: Adapter = {
  expected: ({ want, wantStatus, eventID, uid }) => ({
    status: wantStatus,
    outcomes: sorted(want.map((one: Case) => masked(plain(one), eventID, uid))),
  }),
  async run({ objects, request }: Case): Promise<Answer> {
    await using world = await startListeners(objects.filter(({ kind }: Case) => ours(kind)));
    for (const object of objects.filter(({ kind }: Case) => !ours(kind))) world.kube.put(withData(object));
    const headers = Object.entries(request.headers as Record<string, string[]>).flatMap(([name, values]) =>
      values.map((value) => [name, value] as [string, string]),
    );
    const answer = await fetch(`${await world.urlOf('my-el')}${request.path}?wait=5s`, {
      method: request.method,
      headers,
      body: request.body,
    });
    const { eventID, triggers = [] } = (await answer.json()) as Case;
    const notDone = triggers
      .filter(({ outcome }: Case) => outcome !== 'done')
      .map(({ trigger, outcome }: Case) => {
        const [group] = groupsOf(objects).filter((name) => trigger.startsWith(`${name}/`));
        const filtered = world.heard.of('eventFiltered').find(({ dependency }) => dependency === trigger);
        if (outcome === 'stopped' && group && String(filtered?.['at'] ?? group).startsWith(group)) return { group, outcome };
        return { trigger: trigger.replace(/#\d+$/, '').split('/').at(-1), outcome: outcome === 'failed' ? 'error' : outcome };
      });
    const once: Case[] = [
      ...notDone.filter(({ group }: Case) => !group),
      ...new Map<string, Case>(notDone.filter(({ group }: Case) => group).map((one: Case) => [one['group'], one])).values(),
    ];
    const created = world.created.map(({ object, as }) => createdAs(object, as ?? null, eventID));
    return { status: answer.status, outcomes: sorted([...once, ...created]) };
  },
};

const withData = ({ stringData = {}, ...rest }: Case): KubeObject =>
  ({
    ...rest,
    data: Object.fromEntries(
      Object.entries(stringData as Record<string, string>).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
    ),
  }) as unknown as KubeObject;

/** A created object without the definite name and the annotation that we give it. */
function createdAs(object: KubeObject, as: string | null, eventID: string): Case {
  const { name, namespace, annotations: _, ...metadata } = object.metadata;
  const shown = { ...object, metadata: { ...metadata, ...(metadata.generateName === undefined ? { name } : {}) } };
  const trigger = metadata.labels?.['triggers.tekton.dev/trigger'];
  return masked({ trigger, outcome: 'created', namespace, as, object: shown }, eventID);
}

const uuid = /\b[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}\b/g;

/** The same id for every event, and the same for every firing. */
const masked = (one: Case, eventID: string, uid?: string): Case =>
  JSON.parse(
    JSON.stringify(one)
      .replaceAll(`"${eventID}"`, '"EVENT"')
      .replaceAll(uid ?? uuid, 'UID'),
  ) as Case;

/** Without texts, and with the namespace once. */
function plain({ why: _, object, ...outcome }: Case): Case {
  if (!object) return outcome;
  const { namespace: __, ...metadata } = object.metadata;
  return { ...outcome, object: { ...object, metadata } };
}

const sorted = (outcomes: readonly Case[]): Case[] =>
  outcomes
    .map((one) => JSON.stringify(sortedKeys(one)))
    .sort()
    .map((text) => JSON.parse(text) as Case);

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sortedKeys(inner)]),
  );
}
