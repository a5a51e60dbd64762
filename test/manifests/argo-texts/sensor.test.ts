import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json/json.ts';
import { errorsOf } from './errors-of.ts';

/** What Argo’s validation says is said in its words, beside whatever else we find. */
const dependency = { name: 'd', eventSourceName: 'es', eventName: 'ev' };
const src = { dependencyName: 'd', dataKey: 'a' };
const payload = [{ src, dest: 'a' }];
const object = { resource: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } } };

const withFilters = (filters: JsonObject, beside: JsonObject = {}): JsonObject => ({
  dependencies: [{ ...dependency, ...beside, filters }],
  triggers: [{ template: { name: 't', log: {} } }],
});
const withTrigger = (template: JsonObject, beside: JsonObject = {}): JsonObject => ({
  dependencies: [dependency],
  triggers: [{ template: { name: 't', ...template }, ...beside }],
});
const k8s = (block: JsonObject): JsonObject => withTrigger({ k8s: { operation: 'create', source: object, ...block } });
const dlq = (of: JsonObject, atLeastOnce = true): JsonObject => withTrigger({ log: {} }, { atLeastOnce, dlqTrigger: of });

test.each<[string, JsonObject]>([
  ['no event dependencies found', { triggers: [{ template: { name: 't', log: {} } }] }],
  ['no triggers found', { dependencies: [dependency] }],
  ['event dependency must define a name', { ...withTrigger({ log: {} }), dependencies: [{ ...dependency, name: '' }] }],
  [
    'event dependency must define the EventSourceName',
    { ...withTrigger({ log: {} }), dependencies: [{ ...dependency, eventSourceName: '' }] },
  ],
  ['event dependency must define the EventName', { ...withTrigger({ log: {} }), dependencies: [{ ...dependency, eventName: '' }] }],
  [
    'logical operator xor not supported',
    withFilters({ exprLogicalOperator: 'xor', exprs: [{ expr: 'a == 1', fields: [{ name: 'a', path: 'a' }] }] }),
  ],
  ['logical operator xor not supported', withFilters({ dataLogicalOperator: 'xor', data: [{ path: 'a', type: 'string', value: ['x'] }] })],
  [
    'logical operator xor not supported',
    withFilters({ data: [{ path: 'a', type: 'string', value: ['x'] }] }, { filtersLogicalOperator: 'xor' }),
  ],
  [
    'one of expr filters is not valid (expr and fields must be not empty)',
    withFilters({ exprs: [{ expr: '', fields: [{ name: 'a', path: 'a' }] }] }),
  ],
  ['one of expr filters is not valid (expr and fields must be not empty)', withFilters({ exprs: [{ expr: 'a == 1', fields: [] }] })],
  ['one of expr filters is not valid (expr and fields must be not empty)', withFilters({ exprs: [{ expr: 'a == 1' }] })],
  [
    'one of expr filters is not valid (path and name in a field must be not empty)',
    withFilters({ exprs: [{ expr: 'a == 1', fields: [{ name: 'a', path: '' }] }] }),
  ],
  [
    'one of expr filters is not valid (path and name in a field must be not empty)',
    withFilters({ exprs: [{ expr: 'a == 1', fields: [{ path: 'a' }] }] }),
  ],
  ['comparator == not supported', withFilters({ data: [{ path: 'a', type: 'string', comparator: '==', value: ['x'] }] })],
  [
    'one of data filters is not valid (type, path and value must be not empty)',
    withFilters({ data: [{ path: 'a', type: '', value: ['x'] }] }),
  ],
  [
    'one of data filters is not valid (type, path and value must be not empty)',
    withFilters({ data: [{ path: '', type: 'string', value: ['x'] }] }),
  ],
  [
    'one of data filters is not valid (type, path and value must be not empty)',
    withFilters({ data: [{ path: 'a', type: 'string', value: [] }] }),
  ],
  ['one of data filters is not valid (type, path and value must be not empty)', withFilters({ data: [{ path: 'a', type: 'string' }] })],
  ['one of data filters is not valid (value must be not empty)', withFilters({ data: [{ path: 'a', type: 'string', value: ['x', ''] }] })],
  ['no fields specified in ctx filter (aka all events will be discarded)', withFilters({ context: {} })],
  [
    "invalid timezone 'Mars/Base': unknown time zone Mars/Base",
    withFilters({ time: { start: '08:00:00', stop: '09:00:00', timezone: 'Mars/Base' } }),
  ],
  [
    "invalid event time filter: stop '08:00:00' is equal to start '08:00:00",
    withFilters({ time: { start: '08:00:00', stop: '08:00:00' } }),
  ],
  ["trigger template can't be nil", { dependencies: [dependency], triggers: [{}] }],
  ['trigger must define a name', withTrigger({ name: '', log: {} })],
  [
    'duplicate trigger name: t',
    { dependencies: [dependency], triggers: [{ template: { name: 't', log: {} } }, { template: { name: 't', log: {} } }] },
  ],
  ['invalid conditionsReset: it needs byTime.cron, the times at which it happens', withTrigger({ log: {}, conditionsReset: [{}] })],
  ['k8s trigger does not contain an absolute action', k8s({ source: null })],
  ['unknown operation type replace', k8s({ operation: 'replace' })],
  ["parameter source can't be empty", k8s({ parameters: [{ dest: 'a' }] })],
  ["parameter dependency name can't be empty", k8s({ parameters: [{ src: { dataKey: 'a' }, dest: 'a' }] })],
  ["parameter destination can't be empty", k8s({ parameters: [{ src }] })],
  ['parameter operation merge is invalid', k8s({ parameters: [{ src, dest: 'a', operation: 'merge' }] })],
  ["parameter destination can't be empty", withTrigger({ log: {} }, { parameters: [{ src }] })],
  ['argoWorkflow trigger does not contain an absolute action', withTrigger({ argoWorkflow: { operation: 'submit' } })],
  ['unknown operation type ', withTrigger({ argoWorkflow: { source: object } })],
  ['unknown operation type delete', withTrigger({ argoWorkflow: { source: object, operation: 'delete' } })],
  ['server URL is not specified', withTrigger({ http: { method: 'GET' } })],
  ['only GET, DELETE, PATCH, POST and PUT methods are supported', withTrigger({ http: { url: 'http://x', method: 'HEAD' } })],
  ["parameter source can't be empty", withTrigger({ http: { url: 'http://x', payload: [{ dest: 'a' }] } })],
  ["parameter destination can't be empty", withTrigger({ http: { url: 'http://x', parameters: [{ src }] } })],
  ['broker url must not be empty', withTrigger({ kafka: { topic: 't', payload } })],
  ['payload must not be empty', withTrigger({ kafka: { url: 'x:1', topic: 't' } })],
  ['topic must not be empty', withTrigger({ kafka: { url: 'x:1', payload } })],
  ["nats server url can't be empty", withTrigger({ nats: { subject: 's', payload } })],
  ["nats subject can't be empty", withTrigger({ nats: { url: 'nats://x', payload } })],
  ["payload can't be nil", withTrigger({ nats: { url: 'nats://x', subject: 's' } })],
  ["slack token can't be empty", withTrigger({ slack: { channel: 'c', message: 'm' } })],
  ["host can't be empty", withTrigger({ email: { port: 25, from: 'a@b.co', to: ['a@b.co'], subject: 's', body: 'b' } })],
  [
    'port: 70000, port should be between 0-65535',
    withTrigger({ email: { host: 'h', port: 70000, from: 'a@b.co', to: ['a@b.co'], subject: 's' } }),
  ],
  [
    'port: -1, port should be between 0-65535',
    withTrigger({ email: { host: 'h', port: -1, from: 'a@b.co', to: ['a@b.co'], subject: 's' } }),
  ],
  ['custom trigger gRPC server url is not defined', withTrigger({ custom: { spec: { a: 'b' } } })],
  ["trigger body can't be empty", withTrigger({ custom: { serverURL: 'x:1' } })],
  [
    "certSecret can't be nil when the trigger server connection is secure",
    withTrigger({ custom: { serverURL: 'x:1', spec: { a: 'b' }, secure: true } }),
  ],
  [
    'resource labels are not specified',
    withTrigger({ k8s: { operation: 'create', source: object } }, { policy: { k8s: { backoff: { steps: 1 } } } }),
  ],
  ['list of allowed response status is not specified', withTrigger({ http: { url: 'http://x' } }, { policy: { status: {} } })],
  [
    'to use dlqTrigger, trigger.atLeastOnce must be set to true',
    withTrigger({ log: {} }, { dlqTrigger: { template: { name: 'q', log: {} }, atLeastOnce: true } }),
  ],
  ['atLeastOnce must be set to true within the dlqTrigger', dlq({ template: { name: 'q', log: {} } })],
  ['server URL is not specified', dlq({ template: { name: 'q', http: {} }, atLeastOnce: true })],
  ["trigger template can't be nil", dlq({ atLeastOnce: true })],
])('Sensor: %s', (text, spec) => {
  expect(errorsOf('Sensor', spec)).toContain(text);
});
