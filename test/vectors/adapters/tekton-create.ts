import type { Firing } from '../../../sensors/triggers/trigger.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { createAll, objectsOf } from '../../../src/dialects/tekton/create/index.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { type Adapter, attempt, type Case } from '../adapter.ts';

const known = ['tekton.dev/v1 PipelineRun', 'tekton.dev/v1 TaskRun', 'tekton.dev/v1beta1 PipelineRun', 'tekton.dev/v1beta1 TaskRun'];

/** Creates the resource as the only one of a firing, at an API server that knows the kinds which the vectors name. */
export const tektonCreate: Adapter = {
  compare: { wantError: 'failed' },
  async run({ resource, trigger, triggerNamespace, eventListener, eventID }) {
    const kube = memoryKube();
    const { kind } = kube;
    kube.kind = (apiVersion, name) => {
      if ([...known, 'v1 ConfigMap'].includes(`${apiVersion} ${name}`)) return kind(apiVersion, name);
      throw new EngineError('REMOTE_KUBE_UNKNOWN_KIND', { apiVersion, kind: name });
    };
    const firing: Firing = {
      id: 'f1',
      sensor: eventListener,
      namespace: triggerNamespace,
      trigger,
      events: new Map(),
      orderKey: undefined,
    };
    const { error } = await attempt(async () => {
      const cause = { eventListener, trigger, namespace: triggerNamespace, eventId: eventID };
      await createAll(objectsOf([resource], cause, firing), { kube, firing, signal: new AbortController().signal });
    });
    const [, namespace, plural] = /\/namespaces\/([^/]+)\/(.+)$/.exec(kube.calls[0] ?? '') ?? [];
    const sent = kube.sent[0]?.body as KubeObject | undefined;
    return {
      want: sent && withoutOurs(sent, resource, namespace),
      wantTarget: sent && { apiVersion: sent.apiVersion, resource: plural, namespace },
      wantError: error,
    };
  },
};

/** Without the firing that it bears, and without a namespace that only says again what the path says. */
function withoutOurs(sent: KubeObject, resource: Case, inPath: string | undefined): unknown {
  const { namespace, annotations, ...metadata } = sent.metadata;
  const { 'sensorium.io/firing': _, ...others } = annotations ?? {};
  const isRepeated = namespace === inPath && resource['metadata']?.namespace === undefined;
  return {
    ...sent,
    metadata: {
      ...metadata,
      ...(isRepeated ? {} : { namespace }),
      ...(Object.keys(others).length > 0 || resource['metadata']?.annotations ? { annotations: others } : {}),
    },
  };
}
