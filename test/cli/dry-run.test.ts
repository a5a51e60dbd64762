import { expect, test } from 'vitest';
import { type DryRunFlags, dryRun } from '../../src/cli/commands/dry-run.ts';
import { showError } from '../../src/cli/errors.ts';
import { remembered, rulesFolder } from '../support/commands.ts';
import { kubeconfigOfNone } from '../support/kubeconfig.ts';

const sensor = `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: { name: keeper, namespace: playground }
spec:
  dependencies:
    - name: thing
      eventSourceName: es
      eventName: things
      transform:
        jq: .size = (.body.size | tonumber)
      filters:
        data:
          - { path: body.name, type: string, value: ["^web"] }
          - { path: body.kind, type: string, comparator: "!=", value: ["^Secret$"] }
    - name: call
      eventSourceName: hooks
      eventName: call
  triggers:
    - template:
        name: keep
        conditions: thing
        k8s:
          operation: update
          source:
            resource:
              apiVersion: v1
              kind: ConfigMap
              metadata: { name: kept }
              data: { name: "", size: "" }
          parameters:
            - { src: { dependencyName: thing, dataKey: body.name }, dest: data.name }
            - { src: { dependencyName: thing, dataKey: body.color, value: grey }, dest: data.color }
    - template:
        name: show
        conditions: call
        log: {}
`;

const usual = {
  event: [],
  with: [],
  output: 'text',
  verbose: false,
  eventFormat: 'binary',
  namespace: undefined,
} as unknown as DryRunFlags;

async function run(files: Record<string, string>, flags: Partial<DryRunFlags>, where = 'sensor.yaml') {
  using rules = rulesFolder({ 'sensor.yaml': sensor, ...files });
  const output = remembered();
  const paths = (names: readonly string[] = []) => names.map(rules.path);
  const code = await dryRun(
    rules.path(where),
    { ...usual, now: Date.parse('2026-01-31T12:00:00Z'), ...flags, event: paths(flags.event), with: paths(flags.with) },
    output,
  ).catch((thrown: unknown) => rules.shown(showError(thrown)));
  return { code, text: rules.shown(output.text()), warnings: rules.shown(output.warnings()) };
}

const event = (data: object, attributes: object = {}) =>
  JSON.stringify({ specversion: '1.0', id: 'e1', source: 'es', subject: 'things', type: 'resource', data, ...attributes });

test('an event that fires shows what would be sent, and which parameters had their default', async () => {
  const { code, text } = await run({ 'e.json': event({ body: { name: 'web', kind: 'Service', size: '5' } }) }, { event: ['e.json'] });

  expect(text).toBe(`event e1 of es/things  (e.json)
dependency thing  passed
  sensor.yaml:13:13  filters.data[0]  passes
  sensor.yaml:14:13  filters.data[1]  passes
trigger keep  fires: update ConfigMap playground/kept
  data.color has its default "grey": body.color gives nothing
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: kept
    data:
      name: web
      size: ""
      color: grey`);
  expect(code).toBe(0);
});

test('a refusal names the clause, what was found and wanted, and what the other clauses say', async () => {
  const { code, text } = await run({ 'e.json': event({ body: { name: 'db', kind: 'Secret', size: '5' } }) }, { event: ['e.json'] });

  expect(text).toBe(`event e1 of es/things  (e.json)
dependency thing  refused
  sensor.yaml:13:13  filters.data[0]: body.name is "db", wanted "^web"
  sensor.yaml:14:13  filters.data[1]  says no: body.kind is "Secret", wanted != "^Secret$"`);
  expect(code).toBe(1);
});

test('a path that does not exist comes with the nearest keys', async () => {
  const { text } = await run({ 'e.json': event({ body: { nmae: 'web', kind: 'x', size: '5' } }) }, { event: ['e.json'] });

  expect(text).toBe(`event e1 of es/things  (e.json)
dependency thing  refused
  sensor.yaml:13:13  filters.data[0]: data filter error (path 'body.name' does not exist)
    try: did you mean body.nmae?
  sensor.yaml:14:13  filters.data[1]  passes`);
});

test('a transform that fails is told with its place', async () => {
  const { code, text } = await run({ 'e.json': event({ body: { name: 'web', size: 'big' } }) }, { event: ['e.json'] });

  expect(text).toMatch(/^ {2}sensor\.yaml:10:\d+ {2}transform\.jq: the jq program failed: tonumber cannot be applied to "big"/m);
  expect(code).toBe(1);
});

test('a parameter without a value and a default is told with its place and the nearest keys', async () => {
  const broken = sensor.replace('dataKey: body.color, value: grey', 'dataKey: body.colour');
  const { code, text } = await run(
    { 'sensor.yaml': broken, 'e.json': event({ body: { name: 'web', kind: 'x', size: '5', color: 'red' } }) },
    { event: ['e.json'] },
  );

  expect(text).toContain(`trigger keep  fails
  sensor.yaml:32:56  path "body.colour" does not exist in the event of dependency "thing"  EVENT_PATH_MISSING
    try: did you mean body.color?`);
  expect(code).toBe(1);
});

const good = event({ body: { name: 'web', kind: 'x', size: '5' } });

test('with the object that exists, the difference is shown', async () => {
  const existing = `apiVersion: v1
kind: ConfigMap
metadata: { name: kept, namespace: playground, resourceVersion: "7" }
data: { name: old, other: stays }
`;
  const { text } = await run({ 'e.json': good, 'have.yaml': existing }, { event: ['e.json'], with: ['have.yaml'] });

  expect(text.slice(text.indexOf('  updated'))).toBe(`  updated ConfigMap playground/kept
      …
        name: kept
        namespace: playground
      data:
    -   name: old
    +   name: web
        other: stays
    +   size: ""
    +   color: grey`);
});

test('an update that changes nothing says so', async () => {
  const existing = `apiVersion: v1
kind: ConfigMap
metadata: { name: kept, namespace: playground }
data: { name: web, size: "", color: grey }
`;
  const { text } = await run({ 'e.json': good, 'have.yaml': existing }, { event: ['e.json'], with: ['have.yaml'] });

  expect(text).toContain('  updated ConfigMap playground/kept\n    nothing changes in ConfigMap playground/kept');
});

test('an object that a create finds in its way is told', async () => {
  const { code, text } = await run(
    {
      'sensor.yaml': sensor.replace('operation: update', 'operation: create'),
      'e.json': good,
      'have.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: kept }\n',
    },
    { event: ['e.json'], with: ['have.yaml'] },
  );

  expect(text).toContain('  the cluster would refuse: create ConfigMap playground/kept: already exists\n');
  expect(code).toBe(1);
});

test('a payload alone is for the dependency that is named', async () => {
  const files = { 'd.yaml': 'body: { name: web, kind: x, size: "1" }\n' };

  const named = await run(files, { event: ['d.yaml'], dependency: 'thing' });
  const unnamed = await run(files, { event: ['d.yaml'] });
  const misspelt = await run(files, { event: ['d.yaml'], dependency: 'thin' });

  expect(named.text).toContain('event given-1 of es/things  (d.yaml)\ndependency thing  passed');
  expect(unnamed.code).toBe(
    'sensorium: nothing says which dependency d.yaml is for  CONFIG_MISSING\n  try: name one of thing, call: --dependency NAME, or `dependency: NAME` in a test',
  );
  expect(misspelt.code).toBe('sensorium: there is no dependency "thin"  CONFIG_UNKNOWN_DEPENDENCY\n  try: did you mean "thing"?');
});

test('an event that nobody listens to says so', async () => {
  const { code, text } = await run({ 'e.json': event({}, { source: 'other' }) }, { event: ['e.json'] });

  expect(text).toBe('event e1 of other/things  (e.json)\n  nobody listens: no dependency is for other/things');
  expect(code).toBe(1);
});

test('values of Secrets are hidden, in the payload and in what is sent', async () => {
  const data = { body: { name: 'web', kind: 'Secret2', size: '1', inner: { kind: 'Secret', data: { password: 'c2VjcmV0' } } } };
  const { text } = await run({ 'e.json': event(data) }, { event: ['e.json'], show: 'payload' });
  const asJson = await run({ 'e.json': event(data) }, { event: ['e.json'], output: 'json' });

  expect(text).toContain('password: <hidden>');
  expect(text + asJson.text).not.toContain('c2VjcmV0');
});

test('the same comes as data', async () => {
  const { text } = await run({ 'e.json': event({ body: { name: 'db', kind: 'x', size: '5' } }) }, { event: ['e.json'], output: 'json' });

  expect(JSON.parse(text)).toEqual({
    sensor: 'playground/keeper',
    events: [
      {
        event: {
          id: 'e1',
          source: 'es',
          subject: 'things',
          type: 'resource',
          time: '2026-01-31T12:00:00.000Z',
          datacontenttype: 'application/json',
        },
        from: 'e.json',
        dependencies: [
          {
            dependency: 'thing',
            passed: false,
            at: 'filters.data[0]',
            place: 'sensor.yaml:13:13',
            because: 'body.name is "db", wanted "^web"',
            clauses: [
              { at: 'filters.data[0]', place: 'sensor.yaml:13:13', passed: false, because: 'body.name is "db", wanted "^web"' },
              { at: 'filters.data[1]', place: 'sensor.yaml:14:13', passed: true },
            ],
            payload: { body: { name: 'db', kind: 'x', size: '5' }, size: 5 },
          },
        ],
        triggers: [],
      },
    ],
  });
});

test('a rule that is refused is told as validate tells it', async () => {
  const { code, warnings } = await run({ 'sensor.yaml': sensor.replace('tonumber)', 'tonumbr)'), 'e.json': good }, { event: ['e.json'] });

  expect(warnings).toMatch(/^sensor\.yaml:10:\d+ {2}error {2}jq: /);
  expect(code).toBe(2);
});

test('of several Sensors one is chosen by its name', async () => {
  const files = { 'sensor.yaml': `${sensor}---\n${sensor.replace('name: keeper', 'name: second')}`, 'e.json': good };

  const chosen = await run(files, { event: ['e.json'], output: 'json' }, 'sensor.yaml#second');
  const open = await run(files, { event: ['e.json'] });
  const wrong = await run(files, { event: ['e.json'], name: 'secnd' });

  expect(JSON.parse(chosen.text).sensor).toBe('playground/second');
  expect(open.code).toBe(
    'sensorium: sensor.yaml holds several Sensors: keeper, second  CONFIG_MISSING\n  try: say which one: --name NAME, or sensor.yaml#NAME',
  );
  expect(wrong.code).toBe('sensorium: sensor.yaml holds no Sensor "secnd"  CONFIG_MISSING\n  try: did you mean "second"?');
});

test('what is wrong with the other Sensors of a file is not told', async () => {
  const other = sensor.replace('name: keeper', 'name: second').replace('tonumber)', 'tonumbr)');
  const files = { 'sensor.yaml': `${sensor}---\n${other}`, 'e.json': good };

  const chosen = await run(files, { event: ['e.json'], name: 'keeper' });
  const refused = await run(files, { event: ['e.json'], name: 'second' });

  expect([chosen.code, chosen.warnings]).toEqual([0, '']);
  expect([refused.code, refused.warnings]).toEqual([2, expect.stringMatching(/error {2}jq: /)]);
});

test('a file without an event says so', async () => {
  const { code, warnings } = await run({ 'e.yaml': '# nothing yet\n' }, { event: ['e.yaml'], dependency: 'thing' });

  expect([code, warnings]).toEqual([1, 'no event is in the files']);
});

test('an event file that is missing or broken is told', async () => {
  const missing = await run({}, { event: ['no.json'] });
  const broken = await run({ 'e.yaml': 'a: b\n c: d\n' }, { event: ['e.yaml'] });
  const none = await run({}, {});

  expect(missing.code).toBe('sensorium: cannot read no.json: there is no such file  CONFIG_FILE_MISSING\n  try: check the path');
  expect(broken.code).toMatch(/^sensorium: this is not valid YAML: .* \(e\.yaml:\d+:\d+\) {2}CONFIG_YAML$/);
  expect(none.code).toBe('sensorium: no event is given  CONFIG_MISSING\n  try: name a file with --event, or take events with --from-bus');
});

test('a cluster that cannot be reached ends it with 3', async () => {
  using place = rulesFolder({ config: kubeconfigOfNone });
  const { code, text } = await run({ 'e.json': good }, { event: ['e.json'], kubeconfig: place.path('config') });

  expect(text).toContain('  what would change is not known: the API server at http://127.0.0.1:9 cannot be reached');
  expect(code).toBe(3);
});
