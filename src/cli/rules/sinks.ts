import type { Kube, KubeObject } from '../../core/kube/kube.ts';
import { groupVersion } from '../../core/kube/resource-path.ts';
import type { Workbench } from '../workbench.ts';
import type { Sink } from './follow-files.ts';
import { lookedAt } from './looked-at.ts';

const fieldManager = 'sensorium-files';

/** Objects go to an API server, by server-side apply; who watches that server runs the rules among them. */
export function apiSink(kube: Kube): Sink {
  const target = async (object: KubeObject) => {
    const type = await kube.kind(object.apiVersion, object.kind);
    const namespace = type.namespaced ? (object.metadata.namespace ?? kube.namespace) : undefined;
    return { type, namespace, name: object.metadata.name };
  };
  return {
    async set(object) {
      const { type, namespace } = await target(object);
      await kube.apply(type, namespace === undefined ? object : { ...object, metadata: { ...object.metadata, namespace } }, {
        fieldManager,
        force: true,
      });
    },
    async remove(object) {
      const { type, namespace, name } = await target(object);
      await kube.delete(type, { name, namespace });
    },
  };
}

/** Rules run in the workbench; objects of other kinds are left to kubectl. */
export function workbenchSink(workbench: Workbench): Sink {
  return {
    async set(object, rule) {
      const known = rule ?? lookedAt(object);
      if (known) await workbench.set(known);
    },
    async remove({ apiVersion, kind, metadata }) {
      await workbench.remove({
        group: groupVersion(apiVersion).group,
        kind,
        metadata: { ...metadata, namespace: metadata.namespace ?? '' },
      });
    },
  };
}
