/**
 * JobSink: a Job for each event, and the event in a Secret that it finds as a file. Both have names that are made of the event, so that
 * one that comes again makes nothing new.
 */

import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';
import { writeStructured } from '../../../core/cloudevents/write.ts';
import { EngineError } from '../../../core/errors/engine-error.ts';
import { stableId } from '../../../core/event/stable-id.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import type { Kube, KubeObject } from '../../../core/kube/kube.ts';
import type { Around, Target } from '../delivery/index.ts';
import type { RuleOf } from '../rules.ts';

const folder = '/etc/jobsink-event';
const volume = 'jobsink-event';

/** Takes events by making Jobs of them. Rejects with what the API server says. */
export const jobSinkTarget = (rule: RuleOf<'JobSink'>): Target => ({
  kind: 'here',
  name: `JobSink ${rule.metadata.name}`,
  async take(event, around) {
    await makeJob(rule, event, around);
    return undefined;
  },
});

async function makeJob(rule: RuleOf<'JobSink'>, event: CloudEvent, { kube, signal }: Around): Promise<void> {
  const job = jobFor(rule, event);
  const { uid = '' } = (await createdOnce(kube, job, signal)).metadata;
  await createdOnce(kube, secretFor(job, uid, event), signal);
}

/** The Job as the rule has it, with the event's file in each of its containers. */
export function jobFor({ metadata: { name, namespace }, spec: { job = {} } }: RuleOf<'JobSink'>, event: CloudEvent): KubeObject {
  const own = isObject(job['metadata'] as Json) ? (job['metadata'] as JsonObject) : {};
  const spec = (job['spec'] ?? {}) as JsonObject;
  const template = (spec['template'] ?? {}) as JsonObject;
  const pod = (template['spec'] ?? {}) as JsonObject;
  const labels = { ...(isObject(own['labels']) ? own['labels'] : {}), 'sinks.knative.dev/job-sink': name };
  const id = `${name.slice(0, 50).replace(/[-.]+$/, '')}-${stableId(event.source, event.id).slice(0, 12)}`;
  const withFile = (containers: Json | undefined): Json => (Array.isArray(containers) ? containers.map(withEventFile) : []);
  const { initContainers } = pod;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...own, name: id, namespace, labels: labels as Record<string, string> },
    spec: {
      ...spec,
      template: {
        ...template,
        spec: {
          restartPolicy: 'Never',
          ...pod,
          ...(initContainers === undefined ? {} : { initContainers: withFile(initContainers) }),
          containers: withFile(pod['containers']),
          volumes: [...(Array.isArray(pod['volumes']) ? pod['volumes'] : []), { name: volume, secret: { secretName: id } }],
        },
      },
    },
  };
}

function withEventFile(container: Json): Json {
  if (!isObject(container)) return container;
  const { env, volumeMounts } = container;
  return {
    ...container,
    env: [...(Array.isArray(env) ? env : []), { name: 'K_EVENT_PATH', value: `${folder}/event` }],
    volumeMounts: [...(Array.isArray(volumeMounts) ? volumeMounts : []), { name: volume, mountPath: folder, readOnly: true }],
  };
}

/** It goes with its Job. */
const secretFor = ({ metadata: { name, namespace = '', labels = {} } }: KubeObject, uid: string, event: CloudEvent): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace, labels, ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name, uid, controller: true }] },
  type: 'Opaque',
  data: { event: Buffer.from(String(writeStructured(event).body), 'utf8').toString('base64') },
});

/** What is there already was made for this event before. */
async function createdOnce(kube: Kube, object: KubeObject, signal: AbortSignal): Promise<KubeObject> {
  const type = await kube.kind(object.apiVersion, object.kind);
  try {
    return await kube.create(type, object, { signal });
  } catch (thrown) {
    if (!(thrown instanceof EngineError) || thrown.code !== 'REMOTE_KUBE_EXISTS') throw thrown;
    return await kube.get(type, object.metadata, { signal });
  }
}
