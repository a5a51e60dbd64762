import { expect, test } from 'vitest';
import { test as runCommand, type TestFlags } from '../../src/cli/commands/test.ts';
import { showError } from '../../src/cli/errors.ts';
import { remembered, rulesFolder } from '../support/commands.ts';

const sensor = `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: { name: keeper, namespace: playground }
spec:
  dependencies:
    - name: thing
      eventSourceName: es
      eventName: things
      filters:
        data:
          - { path: body.name, type: string, value: ["^web"] }
        time: { start: "08:00:00", stop: "18:00:00" }
  triggers:
    - template:
        name: keep
        k8s:
          operation: update
          source:
            resource: { apiVersion: v1, kind: ConfigMap, metadata: { name: kept }, data: { name: "", color: "" } }
          parameters:
            - { src: { dependencyName: thing, dataKey: body.name }, dest: data.name }
            - { src: { dependencyName: thing, dataKey: body.color, value: grey }, dest: data.color }
            - { src: { dependencyName: thing, dataKey: body.size }, dest: data.size }
`;

const flags: TestFlags = { watch: false, coverage: false, output: 'text' };

async function run(tests: string, { more = {}, ...rest }: Partial<TestFlags> & { more?: Record<string, string> } = {}) {
  using rules = rulesFolder({ 'sensor.yaml': sensor, 'sensor.test.yaml': tests, ...more });
  const output = remembered();
  const code = await runCommand([rules.folder], { ...flags, ...rest }, output).catch((thrown: unknown) => rules.shown(showError(thrown)));
  return { code, text: rules.shown(output.text()) };
}

/** A file of one test, at noon, with one event for the dependency `thing`. */
const one = (data: string, expectation: string, more = ''): string => `now: 2026-01-31T12:00:00Z
tests:
  - name: a claim
    ${more}
    given:
      - { dependency: thing, data: ${data} }
    expect:
${expectation.replace(/^/gm, '      ')}
`;

const web = '{ body: { name: web, size: 5 } }';

/** What is below the name of the test, without what was never tried. */
const details = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('        '))
    .map((line) => line.slice(8));

test('a test that holds is a line, and what was never tried follows', async () => {
  const { code, text } = await run(one(web, 'fires: [keep]'));

  expect(text).toBe(`sensor.test.yaml
  ok    a claim
never tried in Sensor playground/keeper:
  sensor.yaml:11:13  filters.data[0] of dependency thing never refused one
  sensor.yaml:12:15  filters.time of dependency thing never refused one
  sensor.yaml:22:15  the parameter data.color of trigger keep never had a value
1 passed, 0 failed`);
  expect(code).toBe(0);
});

test('with --coverage a part that was never tried fails', async () => {
  expect((await run(one(web, 'fires: [keep]'), { coverage: true })).code).toBe(1);
});

test('what was tried both ways is not listed', async () => {
  const tests = `tests:
  - name: others stay out
    now: 2026-01-31T12:00:00Z
    given: [{ dependency: thing, data: { body: { name: db } } }]
    expect: { fires: [] }
  - name: the night is free
    given: [{ dependency: thing, data: { body: { name: web } } }]
    expect: { fires: [] }
  - name: a color is kept
    now: 2026-01-31T12:00:00Z
    given: [{ dependency: thing, data: { body: { name: web, size: 5, color: red } } }, { dependency: thing, data: ${web} }]
    expect: { fires: [keep, keep] }
`;
  const { code, text } = await run(tests, { coverage: true });

  expect(text).toBe(`sensor.test.yaml
  ok    others stay out
  ok    the night is free
  ok    a color is kept
3 passed, 0 failed`);
  expect(code).toBe(0);
});

test('what fired instead is told with the reasons', async () => {
  const { code, text } = await run(one('{ body: { name: db, size: 5 } }', 'fires: [keep]'));

  expect(details(text)).toEqual([
    'sensor.test.yaml:8:14  fired nothing; expected keep',
    '  thing: filters.data[0]: body.name is "db", wanted "^web"',
  ]);
  expect(code).toBe(1);
});

test('what fired without being expected is told', async () => {
  const { text } = await run(one(web, 'fires: []'));

  expect(details(text)).toEqual(['sensor.test.yaml:8:14  fired keep; expected nothing']);
});

test('of objects the named fields count, and null says that one must be absent', async () => {
  const good = await run(one(web, 'fires: [{ trigger: keep, object: { data: { color: grey, size: "5", other: null } } }]'));
  const bad = await run(one(web, 'fires: [{ trigger: keep, object: { data: { color: red, size: null, other: x } } }]'));

  expect(good.code).toBe(0);
  expect(details(bad.text)).toEqual([
    'sensor.test.yaml:8:57  keep: data.color is "grey", expected "red"',
    'sensor.test.yaml:8:68  keep: data.size is "5", and must not be there',
    'sensor.test.yaml:8:81  keep: data.other is not there, expected "x"',
  ]);
});

test('objectIs compares the whole', async () => {
  const whole = '{ apiVersion: v1, kind: ConfigMap, metadata: { name: kept }, data: { name: web, color: grey, size: "5" } }';
  const good = await run(one(web, `fires: [{ trigger: keep, objectIs: ${whole} }]`));
  const bad = await run(one(web, `fires: [{ trigger: keep, objectIs: ${whole.replace(', color: grey', '')} }]`));

  expect(good.code).toBe(0);
  expect(details(bad.text)).toEqual(['sensor.test.yaml:8:109  keep: data.color is "grey", and is not expected']);
});

test('the result is the object as the cluster then has it', async () => {
  const there = 'existing: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: kept }, data: { name: old, mine: kept } }]';
  const good = await run(one(web, 'fires: [{ trigger: keep, result: { data: { name: web, mine: kept } } }]', there));
  const bad = await run(one(web, 'fires: [{ trigger: keep, result: { data: { mine: null } } }]', there));
  const unknown = await run(one(web, 'fires: [{ trigger: keep, result: {} }]'));

  expect(good.code).toBe(0);
  expect(details(bad.text)).toEqual(['sensor.test.yaml:8:56  keep: data.mine is "kept", and must not be there']);
  expect(details(unknown.text)).toEqual([
    'sensor.test.yaml:8:40  keep: the result is not known, because nothing says what the cluster holds; add `existing: []` for an empty one',
  ]);
});

test('reasons are compared by a part of their text or by an expression', async () => {
  const db = '{ body: { name: db, size: 5 } }';
  const good = await run(one(db, 'because: { thing: ["filters.data[0]", "/is \\"d.\\", wanted/"] }'));
  const bad = await run(one(db, 'because: { thing: too small }'));
  const none = await run(one(web, 'because: { thing: too small, keep: x, nobody: y }'));

  expect(good.code).toBe(0);
  expect(details(bad.text)).toEqual([
    'sensor.test.yaml:8:25  thing: filters.data[0]: body.name is "db", wanted "^web"',
    '  expected too small',
  ]);
  expect(details(none.text)).toEqual([
    'sensor.test.yaml:8:25  thing gave no reason: it let the event pass',
    '  expected too small',
    'sensor.test.yaml:8:42  keep gave no reason: it fired',
    '  expected x',
    'sensor.test.yaml:8:53  nobody gave no reason: nothing came to it',
    '  expected y',
  ]);
});

test('an error that nobody expected fails the test, and one that was expected must happen', async () => {
  const unusable = '{ body: { name: web } }';
  const surprise = await run(one(unusable, 'fires: []'));
  const expected = await run(one(unusable, 'fires: []\nerrors: [path "body.size" does not exist]'));
  const absent = await run(one(web, 'errors: [no such thing]'));

  expect(details(surprise.text)).toEqual([
    'sensor.test.yaml:3:11  trigger keep: sensor.yaml:23:56  path "body.size" does not exist in the event of dependency "thing"',
  ]);
  expect(expected.code).toBe(0);
  expect((await run(one(unusable, 'because: { keep: body.size }'))).code).toBe(0);
  expect(details(absent.text)).toEqual(['sensor.test.yaml:8:16  there was no error "no such thing"']);
});

test('the payload is that behind the transform', async () => {
  const { text } = await run(one(web, 'payload: { thing: { body: { name: db } } }'));

  expect(details(text)).toEqual(['sensor.test.yaml:8:41  thing: body.name is "web", expected "db"']);
});

test('the time is the same on every day, and may be set', async () => {
  const night = one(web, 'fires: []\nbecause: { thing: "the event\'s time of day is 00:00:00" }').replace(/^now.*\n/, '');
  const early = one(web, 'fires: []\nbecause: { thing: "07:59:59" }', 'now: 2026-01-31T07:59:59Z');

  expect((await run(night)).code).toBe(0);
  expect((await run(early)).code).toBe(0);
});

test('events keep their order and what they change is there for the next', async () => {
  const tests = `
now: 2026-01-31T12:00:00Z
existing: []
tests:
  - name: made, then changed
    given:
      - { eventSourceName: es, eventName: things, data: ${web} }
      - { event: { source: es, subject: things, data: { body: { name: web2, size: 6, color: red } } } }
      - file: third.event.yaml
        dependency: thing
    expect:
      fires:
        - { trigger: keep, result: { data: { name: web, color: grey } } }
        - { trigger: keep, result: { data: { name: web2, color: red } } }
        - { trigger: keep, summary: "/^update ConfigMap playground/" }
`;
  const { code, text } = await run(tests, { more: { 'third.event.yaml': `${web}\n` } });

  expect(details(text)).toEqual([]);
  expect(code).toBe(0);
});

test('every mistake in a test file is told with its place, and its tests do not run', async () => {
  const { code, text } = await run(`
tests:
  - name: wrong
    given:
      - dependancy: thing
        data: 1
        file: x
    expect:
      fires: [{ tigger: keep }]
      because: { thing: 5 }
    now: noon
`);

  expect(text).toBe(`sensor.test.yaml:5:9  error  there is no field "dependancy" in a test  CONFIG_INVALID
  try: did you mean "dependency"?
sensor.test.yaml:9:15  error  trigger is missing  CONFIG_MISSING
sensor.test.yaml:9:17  error  there is no field "tigger" in a test  CONFIG_INVALID
  try: did you mean "trigger"?
sensor.test.yaml:10:25  error  this must be a text or a list of texts  CONFIG_WRONG_TYPE
0 passed, 0 failed`);
  expect(code).toBe(2);
});

test('what the schema cannot say is checked, too', async () => {
  const { code, text } = await run(`
tests:
  - name: wrong
    now: noon
    given:
      - { dependency: thing, eventName: x, data: 1, file: y }
    expect: { because: { thing: "/(/" } }
`);

  expect(text.replace(/\n {2}try.*/g, '')).toBe(`sensor.test.yaml:4:10  error  "noon" is no time  CONFIG_INVALID
sensor.test.yaml:6:9  error  an event is for a dependency, or from an event source, not both  CONFIG_INVALID
sensor.test.yaml:6:9  error  an event is given by one of data, event and file, not by data and file  CONFIG_INVALID
sensor.test.yaml:6:9  error  eventSourceName and eventName belong together  CONFIG_INVALID
sensor.test.yaml:7:34  error  regular expression "(": missing closing ): \`(\`  CONFIG_REGEX
0 passed, 0 failed`);
  expect(code).toBe(2);
});

test('an object that exists must say which it is', async () => {
  const { text } = await run(one(web, 'fires: [keep]', 'existing: [{ kind: ConfigMap }]'));

  expect(text).toBe(`sensor.test.yaml:4:16  error  apiVersion is missing  CONFIG_MISSING
sensor.test.yaml:4:16  error  metadata is missing  CONFIG_MISSING
0 passed, 0 failed`);
});

test('the type of an event is that of its EventSource, where that is among the rules', async () => {
  const filtered = sensor.replace('time: { start: "08:00:00", stop: "18:00:00" }', 'context: { type: webhook }');
  const source = `apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: { name: es, namespace: playground }
spec: { webhook: { things: { endpoint: /x, port: "1", method: POST } } }
`;
  const claim = one(web, 'fires: [keep]');

  const known = await run(claim, { more: { 'sensor.yaml': filtered, 'source.yaml': source } });
  const unknown = await run(claim, { more: { 'sensor.yaml': filtered } });

  expect(known.code).toBe(0);
  expect(details(unknown.text)).toEqual([
    'sensor.test.yaml:8:14  fired nothing; expected keep',
    '  thing: filters.context.type: type is "resource", wanted "webhook"',
  ]);
});

test('a dependency that is not there is no event that nobody wanted', async () => {
  const { text } = await run(one(web, 'fires: []').replace('dependency: thing', 'dependency: thin'));

  expect(details(text)).toEqual(['sensor.test.yaml:3:11  there is no dependency "thin"', '  try: did you mean "thing"?']);
});

test('a broken rule is told once, and its tests do not run', async () => {
  const broken = sensor.replace('operation: update', 'operation: updat');
  const { code, text } = await run(one(web, 'fires: [keep]'), { more: { 'sensor.yaml': broken, 'b.test.yaml': one(web, 'fires: []') } });

  expect(text).toBe(
    'sensor.yaml:17:22  error  unknown operation type updat  CONFIG_WRONG_TYPE\n  try: did you mean update?\n0 passed, 0 failed',
  );
  expect(code).toBe(2);
});

test('tests are chosen by their names', async () => {
  const both = `${one(web, 'fires: [keep]')}${one(web, 'fires: []')
    .replace(/^[\s\S]*?tests:\n/, '')
    .replace('a claim', 'another one')}`;
  const { code, text } = await run(both, { testName: '/^a c/' });

  expect(text).toBe('sensor.test.yaml\n  ok    a claim\n1 passed, 0 failed');
  expect(code).toBe(0);
});

test('a name that no test has is no success', async () => {
  const { code } = await run(one(web, 'fires: [keep]'), { testName: 'a clame' });

  expect(code).toBe(
    'sensorium: no test in . has a name with a clame  CONFIG_MISSING\n  try: a text must stand in the name just so; /…/ is a regular expression',
  );
});

test('an empty test file is no success', async () => {
  expect((await run('')).code).toBe('sensorium: there is no test in .  CONFIG_MISSING');
});

test('a rule in the place of a test is told in one sentence', async () => {
  const { code, text } = await run(sensor);

  expect(text).toBe(
    'sensor.test.yaml:1:1  error  a test file holds `tests`, but this document is of kind Sensor  CONFIG_INVALID\n  try: tests are files named *.test.yaml beside the rules: sensorium test .\n0 passed, 0 failed',
  );
  expect(code).toBe(2);
});

test('results that cannot be written are told', async () => {
  const { code } = await run(one(web, 'fires: [keep]'), { junit: '/dev/null/no/j.xml' });

  expect(code).toBe('sensorium: cannot write /dev/null/no/j.xml: a file stands where a folder is needed  CONFIG_INVALID');
});

test('a folder without tests says so', async () => {
  using rules = rulesFolder({ 'sensor.yaml': sensor });

  await expect(runCommand([rules.folder], flags, remembered())).rejects.toMatchObject({
    code: 'CONFIG_MISSING',
    hint: 'tests are files named *.test.yaml beside the rules',
  });
});

test('the same comes as data and as JUnit XML', async () => {
  using place = rulesFolder({});
  const junit = place.path('junit.xml');
  const { text } = await run(one('{ body: { name: "<db>", size: 5 } }', 'fires: [keep]'), { output: 'json', junit });
  const { readFileSync } = await import('node:fs');
  const xml = readFileSync(junit, 'utf8').replace(/time="[^"]*"/, 'time=""');

  expect(JSON.parse(text)).toMatchObject({
    tests: [{ file: 'sensor.test.yaml', name: 'a claim', passed: false, failures: [{ place: 'sensor.test.yaml:8:14' }] }],
    findings: [],
    neverTried: [{ sensor: 'playground/keeper', place: 'sensor.yaml:11:13' }, {}, {}, {}],
  });
  expect(xml).toContain('tests="1" failures="1" errors="0"');
  expect(xml).toContain('<failure message="fired nothing; expected keep">');
  expect(xml).toContain('body.name is &#34;&#60;db&#62;&#34;');
});
