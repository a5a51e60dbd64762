/** "Bad input", row by row: what is said, whole; that a rule beside it goes on; and what becomes of the event. */
import { describe, expect, test } from 'vitest';
import { type LocalCluster, startLocalCluster } from '../../src/cli/local-cluster/index.ts';
import { openKube } from '../../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../../src/core/kube/kube.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import { noKube } from '../support/build-sensor.ts';
import { eventually } from '../support/eventually.ts';
import { type Fault, startFaultyApi } from '../support/faulty-api.ts';
import { configMaps } from '../support/kinds.ts';
import { record } from '../support/record.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { tokenConfig } from '../support/token-config.ts';
import { widgetsOf } from '../support/widgets.ts';
import { startBeside } from './neighbours.ts';

const sensor = (spec: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: bad}
spec:
${spec.replace(/^(?=.)/gm, '  ')}`;
const dependencies = 'dependencies: [{name: dep, eventSourceName: es, eventName: things}]\n';
const show = 'triggers: [{template: {name: show, log: {}}}]\n';

const withJq = (program: string): string =>
  `dependencies: [{name: dep, eventSourceName: es, eventName: things, transform: {jq: '${program}'}}]\n${show}`;
const filtered = `dependencies:
- name: dep
  eventSourceName: es
  eventName: things
  filters: {data: [{path: a, type: string, value: ['1']}]}
${show}`;
/** Makes a ConfigMap "made" with a value of the event in it. */
const making = (src: string, dest: string, more = ''): string => `${dependencies}triggers:
- template:
    name: make
    k8s:
      operation: create
      source:
        resource:
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: made}
          ${more}
      parameters: [{src: {dependencyName: dep, ${src}}, dest: ${dest}}]
`;

describe('said when the rule is loaded, and refused; the rule beside it fires', () => {
  const rows: { name: string; file: string; said: string[] }[] = [
    {
      name: 'broken YAML',
      file: 'kind: Sensor\nmetadata: {name: bad\nspec: {}\n',
      said: ['bad.yaml:3:1  error  this is not valid YAML: } is missing: what was opened before is not closed here  CONFIG_YAML'],
    },
    {
      name: 'a tab',
      file: 'kind: Sensor\nmetadata:\n\tname: bad\n',
      said: ['bad.yaml:3:1  error  this is not valid YAML: a tab is used for indentation; YAML allows only spaces there  CONFIG_YAML'],
    },
    {
      name: 'no Kubernetes object',
      file: 'name: bad\n',
      said: [
        'bad.yaml:1:1  error  a rule file holds Kubernetes objects, but this document is an object without apiVersion and kind  CONFIG_NOT_AN_OBJECT\n  try: give it `apiVersion`, `kind` and `metadata.name`',
      ],
    },
    {
      name: 'a kind that is none of ours',
      file: sensor(dependencies + show).replace('Sensor', 'Sensr'),
      said: ['bad.yaml:2:7  error  unknown kind "Sensr" in argoproj.io/v1alpha1  CONFIG_UNKNOWN_KIND\n  try: did you mean Sensor?'],
    },
    {
      name: 'a version that is none of ours',
      file: sensor(dependencies + show).replace('v1alpha1', 'v1'),
      said: ['bad.yaml:1:13  error  unknown kind "Sensor" in argoproj.io/v1  CONFIG_UNKNOWN_KIND\n  try: apiVersion: argoproj.io/v1alpha1'],
    },
    {
      name: 'no name',
      file: sensor(dependencies + show).replace('{name: bad}', '{}'),
      said: ['bad.yaml:3:11  error  Sensor has no metadata.name  CONFIG_MISSING'],
    },
    {
      name: 'no spec',
      file: 'apiVersion: argoproj.io/v1alpha1\nkind: Sensor\nmetadata: {name: bad}\n',
      said: ['bad.yaml:1:1  error  spec is missing  CONFIG_MISSING'],
    },
    {
      name: 'a wrong type',
      file: sensor(`${dependencies}triggers: {template: {}}\n`),
      said: ['bad.yaml:6:13  error  no triggers found  CONFIG_WRONG_TYPE'],
    },
    {
      name: 'a wrong type deep inside',
      file: sensor(`${dependencies}triggers: [{template: {name: 7, log: {intervalSeconds: often}}}]\n`),
      said: [
        'bad.yaml:6:32  error  trigger must define a name  CONFIG_WRONG_TYPE',
        'bad.yaml:6:58  error  intervalSeconds must be a number, not the text "often"  CONFIG_WRONG_TYPE',
      ],
    },
    {
      name: 'two triggers in one template',
      file: sensor(`${dependencies}triggers: [{template: {name: two, log: {}, k8s: {operation: create}}}]\n`),
      said: [
        'bad.yaml:6:25  error  set exactly one of k8s, argoWorkflow, http, kafka, nats, slack, custom, log, email, tekton; found k8s, log  CONFIG_ONE_OF',
      ],
    },
    {
      name: 'no trigger in a template',
      file: sensor(`${dependencies}triggers: [{template: {name: none}}]\n`),
      said: [
        'bad.yaml:6:25  error  set exactly one of k8s, argoWorkflow, http, kafka, nats, slack, custom, log, email, tekton; found none  CONFIG_ONE_OF',
      ],
    },
    {
      name: 'a jq program that is none',
      file: sensor(
        `dependencies:\n- name: dep\n  eventSourceName: es\n  eventName: things\n  transform:\n    jq: |\n      .a = 1\n      | .b = (2\n${show}`,
      ),
      said: ['bad.yaml:12:18  error  jq: unexpected end of the program, expected `)`  CONFIG_JQ'],
    },
    {
      name: 'a jq function that nobody knows',
      file: sensor(`dependencies:\n- {name: dep, eventSourceName: es, eventName: things, transform: {jq: '.a | ascii_upcse'}}\n${show}`),
      said: ['bad.yaml:6:79  error  jq: function `ascii_upcse/0` is not defined  CONFIG_JQ\n  try: did you mean `ascii_upcase`?'],
    },
    {
      name: 'a regular expression that is none',
      file: sensor(
        `dependencies:\n- name: dep\n  eventSourceName: es\n  eventName: things\n  filters: {data: [{path: a, type: string, comparator: '=', value: ['a(b']}]}\n${show}`,
      ),
      said: [
        'bad.yaml:9:73  error  regular expression "a(b": missing closing ): `a(b`  CONFIG_REGEX\n  try: patterns are RE2, as in Go: no look-around and no back-references',
      ],
    },

    {
      name: 'a condition on a dependency that is not there',
      file: sensor(`${dependencies}triggers: [{template: {name: show, conditions: depp, log: {}}}]\n`),
      said: ['bad.yaml:6:50  error  there is no dependency "depp"  CONFIG_UNKNOWN_DEPENDENCY\n  try: did you mean "dep"?'],
    },
    {
      name: 'what is not supported',
      file: sensor(`${dependencies}triggers: [{template: {name: call, openWhisk: {host: 'http://127.0.0.1'}}}]\n`),
      said: [
        'bad.yaml:6:49  error  the trigger type `openWhisk` is not supported: its API is plain HTTP: call the action with an `http` trigger  CONFIG_UNSUPPORTED',
      ],
    },
    {
      name: 'two dependencies of one name',
      file: sensor(
        `dependencies:\n- {name: dep, eventSourceName: es, eventName: things}\n- {name: dep, eventSourceName: es, eventName: other}\n${show}`,
      ),
      said: ['bad.yaml:7:12  error  the dependency "dep" is there twice  CONFIG_DUPLICATE'],
    },
  ];

  test.each(rows)('$name', async ({ file, said }) => {
    await using rules = await startBeside(file, noKube);

    await rules.publish('e1', '{}');
    await rules.fired('good', 'e1');

    expect(rules.findings).toEqual(said);
    expect(rules.told.of('triggerFired').map((fields) => fields['sensor'])).toEqual(['good']);
    expect(rules.lines()).toEqual([]);
    expect(await rules.parked()).toEqual([]);
  });
});

test.each<[string, string, string]>([
  [
    'an unknown field',
    sensor(`${dependencies}triggers: [{template: {name: show, log: {intervalSecond: 5}}}]\n`),
    'bad.yaml:6:44  warning  unknown field "intervalSecond" is ignored  CONFIG_UNKNOWN_FIELD\n  try: did you mean "intervalSeconds"?',
  ],
  [
    'an unknown field at the top',
    `${sensor(dependencies + show)}  dependency: []\n`,
    'bad.yaml:7:3  warning  unknown field "dependency" is ignored  CONFIG_UNKNOWN_FIELD\n  try: did you mean "dependencies"?',
  ],
])('%s is said when the rule is loaded, left out, and the rule runs', async (_name, file, said) => {
  await using rules = await startBeside(file, noKube);

  await rules.publish('e1', '{}');
  await Promise.all([rules.fired('good', 'e1'), rules.fired('bad', 'e1')]);

  expect(rules.findings).toEqual([said]);
  expect(rules.lines()).toEqual([]);
});

describe('said when an event comes, which is set aside with its reason; the rule beside it fires', () => {
  const rows: { name: string; spec: string; data?: string; said: string }[] = [
    {
      name: 'a jq error',
      spec: withJq('.a + {}'),
      data: '{"a":1}',
      said: 'the jq program failed: cannot add: number (1) and object ({})  EVENT_TRANSFORM_FAILED',
    },
    {
      name: 'a jq program that never ends',
      spec: withJq('def f: f; f'),
      said: 'stopped after 5000000 steps: the jq program does not seem to end  EVENT_LIMIT',
    },
    {
      name: 'a jq program that makes more and more',
      spec: withJq('[range(infinite)]'),
      said: 'stopped after 33554432 bytes: the jq program builds too much  EVENT_LIMIT',
    },
    {
      name: 'a jq program that makes no object',
      spec: withJq('.a'),
      data: '{"a":1}',
      said: 'jq transformation output must be a JSON object, and it is a number  EVENT_TRANSFORM_FAILED',
    },
    {
      name: 'a jq program that makes nothing',
      spec: withJq('empty'),
      said: 'the jq program gave no output; a transform must give a JSON object  EVENT_TRANSFORM_FAILED',
    },
    {
      name: 'an event that is not JSON, for jq',
      spec: withJq('.'),
      data: 'no json',
      said: 'a transform needs a JSON object, and the event is not JSON: unexpected "n" at line 1, column 1, wanted a value  EVENT_TRANSFORM_FAILED',
    },
    {
      name: 'an event that is not JSON, for a filter',
      spec: filtered,
      data: 'no json',
      said: 'data filter error (the event is not JSON: unexpected "n" at line 1, column 1, wanted a value)  EVENT_FILTER_FAILED',
    },
    {
      name: 'an event that is not JSON, for a parameter',
      spec: making('dataKey: a', 'data.a'),
      data: 'no json',
      said: 'event data is not valid JSON  EVENT_PARAMETER',
    },
    {
      name: 'a path that is not there',
      spec: making('dataKey: body.a', 'data.a'),
      said: 'path "body.a" does not exist in the event of dependency "dep"  EVENT_PATH_MISSING',
    },
    {
      name: 'a text where only a text may stand',
      spec: making('dataKey: a', 'metadata.name.first'),
      data: '{"a":1}',
      said: 'after its parameters the trigger is not valid: metadata.name is not a text  EVENT_RENDERED_INVALID',
    },
    {
      name: 'a field that cannot be written',
      spec: making('dataKey: a', 'data.list.first.x', 'data: {list: []}'),
      data: '{"a":1}',
      said: `cannot set "data.list.first.x": cannot set array element for non-numeric key 'first'  EVENT_PARAMETER`,
    },
    {
      name: 'an object that loses its name',
      spec: making('dataKey: a', 'metadata.name'),
      data: '{"a":""}',
      said: 'after its parameters the trigger is not valid: name or generateName is required: the resource has neither in its metadata  EVENT_RENDERED_INVALID',
    },
  ];

  test.each(rows)('$name', async ({ spec, data = '{}', said }) => {
    await using rules = await startBeside(sensor(spec), noKube);

    await rules.publish('e1', data);
    await rules.fired('good', 'e1');
    const parked = await eventually(async () => ((await rules.parked()).length > 0 ? rules.parked() : undefined));

    expect(parked).toEqual([{ sensor: 'bad', reason: said, events: ['e1'] }]);
    expect(rules.findings.filter((line) => line.includes('error'))).toEqual([]);
    expect(rules.lines().map((line) => line.replace(/^\w+: /, ''))).toContain(said);
    expect(rules.told.of('triggerFired').map((fields) => fields['sensor'])).toEqual(['good']);
  });
});

const configMap = (name: string, a: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'team' },
  data: { a },
});
const open = (at: { server: string; ca?: string }, cluster: LocalCluster, tell = record().tell): Kube =>
  openKube(tokenConfig(at, cluster.token, 'team'), { tell, clock: systemClock });

describe('an answer of the API server', () => {
  const creates = /^POST .*configmaps$/;
  const busy = (status: number): Fault => ({
    status,
    headers: { 'retry-after': '1' },
    message: 'too many requests, please try again later',
  });
  const causes = [{ field: 'data.a', reason: 'FieldValueInvalid', message: 'Invalid value: "1": must not be 1' }];
  const make = making('dataKey: a', 'data.a');
  const updateLive = make.replace('operation: create', 'operation: update');
  const rows: { name: string; spec?: string; call?: RegExp; fault: Fault; times?: number; said: string; becomes: 'done' | 'parked' }[] = [
    {
      name: '403',
      fault: { status: 403, message: 'configmaps is forbidden: User "nobody" cannot create resource "configmaps"', reason: 'Forbidden' },
      said: 'create ConfigMap team/made: forbidden: User "nobody" cannot create resource "configmaps"  REMOTE_KUBE_FORBIDDEN',
      becomes: 'done',
    },
    {
      name: '401',
      fault: { status: 401, message: 'Unauthorized', reason: 'Unauthorized' },
      said: 'the API server at {server} refused the credentials  REMOTE_KUBE_UNAUTHORIZED',
      becomes: 'done',
    },
    {
      name: '409: somebody was faster',
      spec: updateLive,
      call: /^PUT/,
      fault: { status: 409, message: 'the object has been modified', reason: 'Conflict' },
      times: 6,
      said: 'update ConfigMap team/made: changed by somebody else meanwhile  CONFLICT_KUBE',
      becomes: 'done',
    },
    {
      name: '422',
      fault: { status: 422, message: 'ConfigMap "made" is invalid: data.a: Invalid value', reason: 'Invalid', causes },
      said: 'create ConfigMap team/made: data.a: Invalid value: "1": must not be 1  REMOTE_KUBE_INVALID',
      becomes: 'parked',
    },
    {
      name: '429',
      fault: busy(429),
      said: 'create ConfigMap team/made: 429 too many requests, please try again later  REMOTE_KUBE_BUSY',
      becomes: 'done',
    },
    {
      name: '503',
      fault: busy(503),
      said: 'create ConfigMap team/made: 503 too many requests, please try again later  REMOTE_KUBE_BUSY',
      becomes: 'done',
    },
    {
      name: '500',
      fault: { status: 500, message: 'etcdserver: request timed out' },
      said: 'create ConfigMap team/made: 500 etcdserver: request timed out  REMOTE_KUBE_BUSY',
      becomes: 'done',
    },
    {
      name: '400',
      fault: { status: 400, message: 'the request is bad' },
      said: 'create ConfigMap team/made: 400 the request is bad  REMOTE_KUBE_REFUSED',
      becomes: 'parked',
    },
    {
      name: '404: no such namespace',
      fault: { status: 404, message: 'namespaces "team" not found', reason: 'NotFound' },
      said: 'create ConfigMap team/made: namespaces "team" not found  REMOTE_KUBE_NOT_FOUND',
      becomes: 'done',
    },
  ];

  test.each(rows)('$name', async ({ spec = make, call = creates, fault, times = 3, said, becomes }) => {
    await using cluster = await startLocalCluster();
    await using api = await startFaultyApi(cluster);
    await using kube = open(api, cluster);
    if (call !== creates)
      await kube.create(configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'made', namespace: 'team' } });
    let left = times;
    api.faultFor = (asked) => (call.test(asked) && left-- > 0 ? fault : undefined);
    await using rules = await startBeside(sensor(spec), kube);

    await rules.publish('e1', '{"a":"1"}');
    await rules.fired('good', 'e1');
    if (becomes === 'done') await rules.fired('bad', 'e1');
    else await eventually(async () => (await rules.parked()).length > 0);

    const message = said.replace('{server}', api.server);
    const parked = becomes === 'parked' ? [{ sensor: 'bad', reason: message, events: ['e1'] }] : [];
    expect(await rules.parked()).toEqual(parked);
    expect(rules.lines()).toEqual(becomes === 'parked' ? [`firingParked: ${message}`] : [`attemptFailed: ${message}`]);
    await eventually(async () => (await rules.waiting('bad')) === 0);
    expect((await kube.list(configMaps, { namespace: 'team' })).items.map((one) => one['data'])).toEqual(
      becomes === 'done' ? [{ a: '1' }] : [],
    );
  });
});

test('an object that is there already and is not ours: parked, and left as it is', async () => {
  await using cluster = await startLocalCluster();
  await using kube = open(cluster, cluster);
  await kube.create(configMaps, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'made', namespace: 'team' },
    data: { a: 'theirs' },
  });
  await using rules = await startBeside(sensor(making('dataKey: a', 'data.a')), kube);

  await rules.publish('e1', '{"a":"1"}');
  await rules.fired('good', 'e1');
  await eventually(async () => (await rules.parked()).length > 0);

  const said = 'create ConfigMap team/made: already exists  REMOTE_KUBE_EXISTS';
  expect(await rules.parked()).toEqual([{ sensor: 'bad', reason: said, events: ['e1'] }]);
  expect(rules.lines()).toEqual([`firingParked: ${said}`]);
  expect((await kube.get(configMaps, { namespace: 'team', name: 'made' }))['data']).toEqual({ a: 'theirs' });
});

test('a kind that the API server does not know is waited for, and told once', async () => {
  await using cluster = await startLocalCluster();
  await using kube = open(cluster, cluster);
  const spec = making('dataKey: a', 'spec.a').replace('apiVersion: v1', 'apiVersion: example.com/v1').replace('ConfigMap', 'Widget');
  await using rules = await startBeside(sensor(spec), kube);

  await rules.publish('e1', '{"a":"1"}');
  await rules.fired('good', 'e1');
  await rules.told.seen('attemptFailedAgain');
  const said = 'the API server does not know kind "Widget" in example.com/v1  REMOTE_KUBE_UNKNOWN_KIND';
  expect(rules.lines()).toEqual([`attemptFailed: ${said}`]);

  await kube.create(await kube.kind('apiextensions.k8s.io/v1', 'CustomResourceDefinition'), widgetsOf('example.com'));
  await rules.fired('bad', 'e1');

  expect(rules.lines()).toEqual([`attemptFailed: ${said}`]);
  expect(await rules.parked()).toEqual([]);
});

test('an API server that is away: the firings wait in the queue, told once, and are done when it is back', async () => {
  await using cluster = await startLocalCluster();
  await using proxy = await startTcpProxy(Number(new URL(cluster.server).port));
  const server = `https://127.0.0.1:${proxy.port}`;
  const told = record();
  await using kube = open({ server, ca: cluster.ca }, cluster, told.tell);
  await proxy.cut();
  await using rules = await startBeside(sensor(making('dataKey: a', 'metadata.name')), kube);

  for (const id of ['e1', 'e2', 'e3']) await rules.publish(id, JSON.stringify({ a: `made-${id}` }));
  await rules.fired('good', 'e3');
  await rules.told.seen('attemptFailedAgain');
  await proxy.restore();
  for (const id of ['e1', 'e2', 'e3']) await rules.fired('bad', id);

  const said = `the API server at ${server} cannot be reached: connect ECONNREFUSED 127.0.0.1:${proxy.port}  UNREACHABLE_KUBE`;
  expect([...new Set(rules.lines())]).toEqual([`attemptFailed: ${said}`]);
  expect(told.of('kubeAway')).toHaveLength(1);
  expect(told.of('kubeBack')).toHaveLength(1);
  expect(await rules.parked()).toEqual([]);
  expect((await kube.list(configMaps, { namespace: 'team' })).items.map((one) => one.metadata.name)).toEqual([
    'made-e1',
    'made-e2',
    'made-e3',
  ]);
});

const source = `apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: es}
spec: {resource: {things: {version: v1, resource: configmaps, namespace: team, eventTypes: [ADD]}}}
`;

test('an object larger than the bus takes is told with both sizes, and a record of it is published', async () => {
  await using cluster = await startLocalCluster();
  await using kube = open(cluster, cluster);
  await using rules = await startBeside(source, kube);
  await eventually(() => rules.bench.missing().length === 0);

  const made = await kube.create(configMaps, configMap('large', 'x'.repeat(1_200_000)));
  await kube.create(configMaps, configMap('small', 'x'));
  const events = await eventually(() => {
    const fired = rules.told.of('triggerFired');
    return fired.length === 2 ? rules.told.of('eventLogged') : undefined;
  });

  const { object, actual, limit } = rules.told.of('eventTooLarge')[0]!;
  expect({ object, limit }).toEqual({ object: 'team/large', limit: 1_048_576 });
  expect(actual).toBeGreaterThan(1_200_000);
  expect(rules.lines()).toEqual(['eventTooLarge']);
  expect(JSON.parse(String(events[0]!['payload']))).toMatchObject({
    body: { kind: 'ConfigMap', metadata: { name: 'large', namespace: 'team', uid: made.metadata.uid }, tooLarge: { actual, limit } },
  });
  expect(JSON.parse(String(events[1]!['payload']))).toMatchObject({ body: { metadata: { name: 'small' }, data: { a: 'x' } } });
});

test('an API server that is away when a source starts, and later for a while: told once each time, and no change is lost', async () => {
  await using cluster = await startLocalCluster();
  await using direct = open(cluster, cluster);
  await using proxy = await startTcpProxy(Number(new URL(cluster.server).port));
  const told = record();
  await using kube = open({ server: `https://127.0.0.1:${proxy.port}`, ca: cluster.ca }, cluster, told.tell);
  await proxy.cut();
  await using rules = await startBeside(source, kube);
  await told.seen('kubeAway');
  expect(rules.bench.missing()).toEqual(['EventSource team/es']);

  await direct.create(configMaps, configMap('first', '1'));
  await proxy.restore();
  await eventually(() => rules.told.of('triggerFired').length === 1 && rules.bench.missing().length === 0);
  await proxy.cut();
  await direct.create(configMaps, configMap('second', '2'));
  await eventually(() => told.of('kubeAway').length === 2);
  await proxy.restore();
  await eventually(() => rules.told.of('triggerFired').length === 2, 20_000);

  const unreachable = `the API server at https://127.0.0.1:${proxy.port} cannot be reached`;
  expect(told.of('kubeAway').map(({ error }) => String(error).split(': ')[1])).toEqual([unreachable, unreachable]);
  // An open watch that breaks is told too; whether it was open yet is the server's timing.
  expect(
    rules
      .lines()
      .map((line) => line.split(': ').slice(0, 2).join(': '))
      .join(),
  ).toBeOneOf(['', `watchLost: ${unreachable}`]);
  expect(rules.bench.missing()).toEqual([]);
});

test('a watch that the API server refuses is asked for until it agrees, and told once', async () => {
  await using cluster = await startLocalCluster();
  await using api = await startFaultyApi(cluster);
  await using direct = open(cluster, cluster);
  await using kube = open(api, cluster);
  api.faultFor = (asked) =>
    asked === 'GET /api/v1/namespaces/team/configmaps'
      ? { status: 403, reason: 'Forbidden', message: 'configmaps is forbidden: User "nobody" cannot list resource "configmaps"' }
      : undefined;
  await using rules = await startBeside(source, kube);
  await rules.told.seen('watchRefused');
  await direct.create(configMaps, configMap('first', '1'));
  api.faultFor = () => undefined;

  await eventually(() => rules.told.of('triggerFired').length === 1, 20_000);
  expect(rules.lines()).toEqual([
    'watchRefused: list configmaps in team: forbidden: User "nobody" cannot list resource "configmaps"  REMOTE_KUBE_FORBIDDEN',
  ]);
});
