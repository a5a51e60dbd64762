import { expect, test } from 'vitest';
import { eventSourceKind } from '../../../eventsources/kind.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { checkRule } from '../../../src/manifests/check.ts';
import { runCalled } from '../called-source.ts';

const entry = { endpoint: '/hook', port: '12000', method: 'POST' };
const ok = { status: 200, text: 'success' };

test('what is posted becomes an event, with every digit and in the order in which it was written', async () => {
  await using source = await runCalled('webhook', { ...entry, metadata: { team: 'a' } });

  expect(await source.call({ body: '{ "z": 12345678901234567890, "a": "<" }', headers: { 'x-b': '2', 'x-a': '1' } })).toEqual(ok);

  const [event] = await source.events();
  expect(event).toMatchObject({ source: 'es', subject: 'calls', type: 'webhook', datacontenttype: 'application/json' });
  expect(event!.data!.text).toBe(
    '{"header":{"X-A":["1"],"X-B":["2"]},"body":{"z":12345678901234567890,"a":"\\u003c"},"metadata":{"team":"a"}}',
  );
});

test.each([
  ['GET', { query: 'a=1&a=2&b=x+%C3%A4&bad=%zz' }, { a: ['1', '2'], b: ['x ä'] }],
  ['HEAD', { query: 'a=1' }, { a: ['1'] }],
  ['PUT', { body: '[1]' }, [1]],
  ['PATCH', { body: '"x"' }, 'x'],
  ['DELETE', { body: '{"a":1}' }, { a: 1 }],
  ['DELETE', { query: 'id=7' }, { id: ['7'] }],
  ['POST', { body: 'a=1&a=&b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, { a: ['1', ''], b: [''] }],
  ['POST', { body: 'a=%C3%A4', headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' } }, { a: ['ä'] }],
])('%s with %o has the body %o', async (method, request, body) => {
  await using source = await runCalled('webhook', { ...entry, method });

  expect(await source.call({ method, ...request })).toEqual(ok);
  expect(await source.payloads()).toMatchObject([{ body }]);
});

test.each([
  [{ method: 'GET' }, 400, 'http method does not match'],
  [{ body: '' }, 400, 'the body is empty, and JSON is expected'],
  [{ body: '{"a":' }, 400, 'the body is not JSON: it ends too early'],
  [{ body: '{}'.padEnd(2000) }, 413, 'the body has 2000 bytes, and no more than 1000 are taken'],
  [{ body: 'a=%zz', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 500, 'the form cannot be read at "a=%zz"'],
])('%o is refused with %i: %s', async (request, status, text) => {
  await using source = await runCalled('webhook', { ...entry, maxPayloadSize: 1000 });

  expect(await source.call(request)).toMatchObject({ status, text });
  expect(await source.events()).toEqual([]);
  expect(source.heard.of('callRefused')).toEqual([{ eventsource: 'es', event: 'calls', status: `${status}`, reason: text }]);
});

test('refusals for one reason are told once and counted always', async () => {
  await using source = await runCalled('webhook', entry);
  await source.call({ method: 'GET' });
  await source.call({ method: 'GET' });
  await source.call({ body: '' });

  expect(source.heard.of('callRefused').map(({ reason }) => reason)).toEqual([
    'http method does not match',
    'the body is empty, and JSON is expected',
  ]);
  expect(source.heard.of('callRefusedAgain')).toHaveLength(1);
});

const authSecret = { name: 's', key: 'k' };

test.each([
  [undefined, 401, 'Invalid Authorization Header'],
  ['Basic c2VjcmV0', 401, 'Invalid Authorization Header'],
  ['bearer secret', 401, 'Invalid Authorization Header'],
  ['Bearer ', 401, 'Invalid Auth token'],
  ['Bearer secretly', 401, 'Invalid Auth token'],
  ['Bearer secret', 200, 'success'],
])('with a token in a Secret, Authorization %s is answered with %i', async (authorization, status, text) => {
  await using source = await runCalled('webhook', { ...entry, authSecret });

  const answer = await source.call({ body: '{}', headers: authorization === undefined ? {} : { authorization } });

  expect(answer).toMatchObject({ status, text });
  expect(await source.payloads()).toEqual(status === 200 ? [{ header: { Authorization: ['*** Masked Auth Secret ***'] }, body: {} }] : []);
});

test('a Secret that is not there, or is empty, lets nobody in', async () => {
  await using missing = await runCalled('webhook', { ...entry, authSecret: { name: 'nothing', key: 'k' } });
  await using empty = await runCalled('webhook', { ...entry, authSecret }, { secret: '' });
  const headers = { authorization: 'Bearer ' };

  expect(await missing.call({ body: '{}', headers })).toMatchObject({ status: 500, text: 'Error loading auth token' });
  for (let twice = 0; twice < 2; twice++)
    expect(await empty.call({ body: '{}', headers })).toMatchObject({ status: 500, text: 'Error loading auth token' });
  expect(missing.heard.of('callRefused')[0]!['reason']).toMatch(
    /^Error loading auth token: Secret playground\/nothing has no readable key "k": /,
  );
});

test('a token is read for many calls at once, a changed one counts after 10 s, and the last one while the API server is away', async () => {
  await using source = await runCalled('webhook', { ...entry, authSecret });
  const status = async (token: string) => (await source.call({ body: '{}', headers: { authorization: `Bearer ${token}` } })).status;
  await Promise.all([status('secret'), status('secret'), status('secret')]);
  expect(source.kube.calls).toHaveLength(1);

  source.kube.put({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'playground' }, data: { k: 'bmV3' } });
  expect([await status('secret'), await status('new')]).toEqual([200, 401]);
  await source.clock.turn(10_000);
  expect([await status('secret'), await status('new')]).toEqual([401, 200]);

  source.kube.refuse = () => new EngineError('UNREACHABLE_KUBE', { server: 'https://test', reason: 'it is away' });
  await source.clock.turn(60_000);
  expect([await status('secret'), await status('new')]).toEqual([401, 200]);
});

test('a call is answered when the bus has the event, not before', async () => {
  await using source = await runCalled('webhook', entry);
  source.takeBusAway(true);
  let answered = false;
  const calling = source.call({ body: '{}' }).finally(() => {
    answered = true;
  });
  await source.clock.turn(1000);
  expect(answered).toBe(false);

  source.takeBusAway(false);
  await source.clock.turn(5000);

  expect(await calling).toEqual(ok);
});

test('a bus that stays away is 503 after 10 s, and is not asked any more for that call', async () => {
  await using source = await runCalled('webhook', entry);
  source.takeBusAway(true);
  const calling = source.call({ body: '{}' });
  await source.clock.turn(10_000);

  expect(await calling).toEqual({ status: 503, text: 'failed to record event', headers: { 'Retry-After': '5' } });
  source.takeBusAway(false);
  await source.clock.turn(60_000);
  expect(await source.events()).toEqual([]);
});

test('an event that is larger than the bus takes is 413 with both numbers, one that it can never carry 500', async () => {
  await using source = await runCalled('webhook', entry);
  source.refuse(new EngineError('EVENT_TOO_LARGE', { actual: 2_000_000, limit: 1_000_000 }));
  expect(await source.call({ body: '{}' })).toEqual({ status: 413, text: 'the event has 2000000 bytes, the bus takes 1000000' });

  source.refuse(new EngineError('REMOTE_BUS_NAME', { name: 'es', reason: 'on purpose' }));
  expect(await source.call({ body: '{}' })).toEqual({ status: 500, text: 'failed to record event' });
  expect(source.heard.of('callRefused')[1]!['reason']).toBe('failed to record event: the bus cannot carry the name "es": on purpose');
});

test('a bus that is full is waited for as one that is away', async () => {
  await using source = await runCalled('webhook', entry);
  source.refuse(new EngineError('REMOTE_BUS_FULL', { stream: 'default' }));
  const calling = source.call({ body: '{}' });
  await source.clock.turn(1000);
  source.refuse(undefined);
  await source.clock.turn(5000);

  expect(await calling).toEqual(ok);
});

test('who calls while it stops is told to come again', async () => {
  await using source = await runCalled('webhook', entry);
  source.takeBusAway(true);
  const calling = source.call({ body: '{}' });
  await source.clock.turn(100);
  const stopping = source.stop();
  await source.clock.turn(700);

  expect(await calling).toMatchObject({ status: 503, headers: { 'Retry-After': '5' } });
  await stopping;
});

test('a call in work when it stops is not refused while the bus may take it', async () => {
  await using source = await runCalled('webhook', entry);
  source.takeBusAway(true);
  const calling = source.call({ body: '{}' });
  await source.clock.turn(50);
  const stopping = source.stop();
  source.takeBusAway(false);
  await source.clock.turn(600);

  expect(await calling).toEqual(ok);
  await stopping;
});

test('calls on one route are worked side by side', async () => {
  await using source = await runCalled('webhook', entry);
  source.takeBusAway(true);
  const first = source.call({ body: '{"n":1}' });
  await source.clock.turn(50);
  source.takeBusAway(false);

  expect(await source.call({ body: '{"n":2}' })).toEqual(ok);
  await source.clock.turn(10_000);
  expect(await first).toEqual(ok);
});

test('a delivery that comes again is one event, another body or no name is another', async () => {
  await using source = await runCalled('webhook', entry);
  const named = { 'idempotency-key': '1' };
  for (const headers of [
    named,
    named,
    { 'ce-id': '1', 'ce-source': '/x' },
    { 'ce-id': '1', 'ce-source': '/y' },
    { 'x-request-id': '1' },
    { 'x-request-id': '1' },
  ])
    await source.call({ body: '{"n":1}', headers: headers as Record<string, string> });
  await source.call({ body: '{"n":2}', headers: named });

  expect(await source.events()).toHaveLength(6);
});

test('a trace is carried on, and nothing that only looks like one', async () => {
  await using source = await runCalled('webhook', entry);
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  await source.call({ body: '1', headers: { traceparent } });
  await source.call({ body: '2', headers: { traceparent: 'x\r\ny' } });

  expect((await source.events()).map(({ extensions }) => extensions['traceparent'])).toEqual([traceparent, undefined]);
});

test('what the filter drops is a success for the caller', async () => {
  await using source = await runCalled('webhook', { ...entry, filter: { expression: 'body.total > 100' } });

  expect(await source.call({ body: '{"total":1}' })).toEqual(ok);
  expect(await source.call({ body: '{"total":101}' })).toEqual(ok);
  expect(await source.payloads()).toMatchObject([{ body: { total: 101 } }]);
});

test.each([
  [{ port: '1' }, ["error endpoint: endpoint can't be empty"]],
  [{ endpoint: '/a' }, ["error port: port can't be empty"]],
  [{ endpoint: '/a', port: 12000 }, ['error port: port is text, so write it in quotes: "12000"']],
  [
    { endpoint: '/a', port: 'http', method: 'POST' },
    ['error port: failed to parse server port http. err: strconv.Atoi: parsing "http": invalid syntax'],
  ],
  [{ endpoint: '/a', port: '70000', method: 'POST' }, ['error port: there is no port 70000; ports go from 1 to 65535']],
  [{ endpoint: 'a', port: '1', method: 'POST' }, ['warning endpoint: a path begins with a slash, so this one is never called']],
  [{ endpoint: '/{a:[}', port: '1', method: 'POST' }, [expect.stringMatching(/^error endpoint: regular expression /)]],
  [{ endpoint: '/a', port: '1' }, ['warning : without a method every call is refused']],
  [{ endpoint: '/a', port: '1', method: 'post' }, ['warning method: no call has the method post: methods are in capitals']],
  [
    { endpoint: '/a', port: '1', method: 'POST', serverCertSecret: { name: 'a', key: 'b' } },
    ['error serverCertSecret: TLS needs both serverCertSecret and serverKeySecret'],
  ],
])('of %o it is said: %o', (spec, said) => {
  const { kind, group, version } = eventSourceKind;
  const object = { apiVersion: `${group}/${version}`, kind, metadata: { name: 'es' }, spec: { webhook: { calls: spec } } };
  const { findings } = checkRule(object as never)!;

  expect(findings.map(({ severity, path, message }) => `${severity} ${path.slice(3).join('.')}: ${message}`)).toEqual(said);
});

test('two entries with one port and path are refused, whatever their types', () => {
  const { kind, group, version } = eventSourceKind;
  const object = {
    apiVersion: `${group}/${version}`,
    kind,
    metadata: { name: 'es' },
    spec: { webhook: { one: entry, two: entry, three: { ...entry, port: '1' } } },
  };
  const { findings } = checkRule(object as never)!;

  expect(findings.map(({ message }) => message)).toEqual([
    '"one" has the path /hook of port 12000 already, so "two" would never be called',
  ]);
});
