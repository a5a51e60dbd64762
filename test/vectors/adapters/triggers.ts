import { merge } from '../../../sensors/triggers/k8s/merge.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { isObject } from '../../../src/core/json/json.ts';
import { buildEvent } from '../../support/build-sensor.ts';
import { prepareFirst } from '../../support/compile-sensor.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { record } from '../../support/record.ts';
import { type Adapter, attempt } from '../adapter.ts';
import { argoEvent } from './argo-event.ts';

/** Fires once, as the sensor's runner does, at an API server that holds the object or not. */
export const k8sTrigger: Adapter = {
  compare: { error: 'failed' },
  async run({ input: { operation, liveObject, resource, policy, sensorNamespace = 'sensors', exists, putStatus } }) {
    const kube = memoryKube();
    if (exists) kube.put({ ...resource, metadata: { namespace: sensorNamespace, ...resource.metadata } });
    kube.refuse = (call) => (putStatus === 409 && call.startsWith('PUT') ? new EngineError('CONFLICT_KUBE') : undefined);
    const trigger = { template: { name: 'act', k8s: { operation, source: { resource }, liveObject } }, policy };
    const { error } = await attempt(async () => {
      const action = await prepareFirst({ triggers: [trigger] }, buildEvent('1'), { kube, namespace: sensorNamespace });
      await action.fire();
    });
    const written = kube.sent.findLast(({ body }) => body !== undefined);
    return {
      calls: kube.calls,
      labelsAdded: labelsOf(written?.body).filter((label) => !labelsOf(resource).includes(label)),
      contentType: written?.contentType,
      ok: error === null,
      error,
    };
  },
};

const labelsOf = (object: unknown): string[] => {
  const metadata = isObject(object) ? object['metadata'] : undefined;
  return isObject(metadata) && isObject(metadata['labels']) ? Object.keys(metadata['labels']) : [];
};

export const k8sUpdateMerge: Adapter = {
  run: ({ live, template }) => ({ result: merge(live, template), error: null }),
};

export const logTrigger: Adapter = {
  async run({ datacontenttype, data }) {
    const { tell, of } = record();
    const action = await prepareFirst({}, argoEvent({ context: { datacontenttype }, data })!, { tell });
    await action.fire();
    return { msg: of('eventLogged')[0]?.['payload'] };
  },
};
