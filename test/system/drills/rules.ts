import type { JsonObject } from '../../../src/core/json/json.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';

/** An object of Argo Events in the namespace `default`. */
export const rule = (kind: string, name: string, spec: JsonObject): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  spec,
});

/** The bus as Argo's controller makes it: three servers, 50,000 messages; `streamConfig` is what the author says of its stream. */
export const bus = (streamConfig?: string): KubeObject =>
  rule('EventBus', 'default', { jetstream: { version: 'latest', replicas: 3, ...(streamConfig === undefined ? {} : { streamConfig }) } });

/** An event source that is called: `POST /calls`. */
export const calls = (port: number): KubeObject =>
  rule('EventSource', 'calls', { webhook: { call: { port: String(port), endpoint: '/calls', method: 'POST' } } });

export const callUrl = (port: number): string => `http://127.0.0.1:${port}/calls`;

/** A dependency on those calls, with the filter and the transform of a usual rule. */
const onCalls: JsonObject = {
  name: 'call',
  eventSourceName: 'calls',
  eventName: 'call',
  filters: { data: [{ path: 'body.n', type: 'number', comparator: '>=', value: ['0'] }] },
  transform: { jq: '.body.seen = true' },
};

/** The number of a call, as a part of what is posted. */
export const numberOfCall: JsonObject = { src: { dependencyName: 'call', dataKey: 'body.n', useRawData: true }, dest: 'n' };

/** A trigger that posts the number of a call; `more` goes beside its template, `http` into its request. */
export const posting = (
  url: string,
  { name = 'post', more = {}, http = {} }: { name?: string; more?: JsonObject; http?: JsonObject } = {},
): JsonObject => ({
  template: {
    name,
    http: {
      url,
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      payload: [numberOfCall],
      ...http,
    },
  },
  ...more,
});

/** A sensor of those calls. */
export const onCall = (triggers: JsonObject[], { name = 'work', spec = {} }: { name?: string; spec?: JsonObject } = {}): KubeObject =>
  rule('Sensor', name, { dependencies: [onCalls], triggers, ...spec });
