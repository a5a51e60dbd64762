import { describe, expect, test } from 'vitest';
import { Clients } from '../../../../src/core/lifecycle/clients.ts';
import { buildEvent } from '../../../support/build-sensor.ts';
import { TestClock } from '../../../support/clock.ts';
import { compiledSensor, type FiringOptions, findingTexts, prepareFirst, prepareOf } from '../../../support/compile-sensor.ts';
import { memoryKube } from '../../../support/memory-kube.ts';
import { type Received, startReceiver } from '../../../support/receiver.ts';
import { accessSecret, kubeWithSecret } from '../../../support/secrets.ts';

const calling = (http: object, rest: object = {}) => ({ triggers: [{ template: { name: 'call', http }, ...rest }] });
const fromData = (dataKey: string, dest: string, more: object = {}) => ({ src: { dependencyName: 'dep', dataKey, ...more }, dest });
const literal = (value: string, dest: string) => ({ src: { dependencyName: 'dep', value }, dest });

/** What arrives for one firing of this block. */
async function arrived(block: object, data: object = {}, options: FiringOptions = {}): Promise<Received> {
  await using receiver = await startReceiver();
  const url = receiver.url + ((block as { url?: string }).url ?? '/');
  const action = await prepareFirst(calling({ ...block, url }), buildEvent('e1', { data }), options);
  await action.fire();
  return receiver.received[0]!;
}

describe('what is sent', () => {
  test('is an empty POST unless said otherwise, with the firing’s id', async () => {
    const { method, path, headers, body } = await arrived({});

    expect({ method, path, body }).toEqual({ method: 'POST', path: '/', body: '' });
    expect(headers).toEqual({
      host: expect.stringMatching(/^127/),
      connection: 'keep-alive',
      'User-Agent': 'sensorium',
      'Idempotency-Key': 'f1',
      'content-length': '0',
    });
  });

  test('has the payload as its body, with any method', async () => {
    const payload = [fromData('a', 'x'), fromData('n', 'y', { useRawData: true })];

    expect(await arrived({ method: 'GET', payload }, { a: 'ä', n: 1.5 })).toMatchObject({ method: 'GET', body: '{"x":"ä","y":1.5}' });
  });

  test('can be changed by parameters of the block itself', async () => {
    const block = { url: '/', parameters: [{ ...fromData('id', 'url'), operation: 'append' }, fromData('how', 'method')] };

    expect(await arrived(block, { id: 'things/7?a=b', how: 'DELETE' })).toMatchObject({ method: 'DELETE', path: '/things/7?a=b' });
  });

  test('has its headers verbatim; the later setting of a name counts', async () => {
    const { headers } = await arrived(
      {
        headers: { 'X-mIxEd': 'a', 'X-Two': 'static', 'X-Three': 'static' },
        dynamicHeaders: [fromData('h', 'x-two'), fromData('none', 'X-None', { value: '' }), fromData('h', 'X-Three')],
        secureHeaders: [{ name: 'X-Three', valueFrom: { secretKeyRef: { name: 'access', key: 'token' } } }],
      },
      { h: 'dynamic' },
      { kube: kubeWithSecret({ token: 't0ken' }) },
    );

    expect(headers).toMatchObject({ 'X-mIxEd': 'a', 'x-two': 'dynamic', 'X-None': '', 'X-Three': 't0ken' });
    expect(Object.keys(headers)).not.toContain('X-Two');
  });

  test('has user and password from a Secret, before any other word on who we are', async () => {
    const { headers } = await arrived(
      {
        headers: { authorization: 'mine' },
        basicAuth: { username: { name: 'access', key: 'user' }, password: { name: 'access', key: 'password' } },
      },
      {},
      { kube: kubeWithSecret({ user: 'joe', password: 's:cret' }) },
    );

    expect(headers).toMatchObject({ Authorization: `Basic ${Buffer.from('joe:s:cret').toString('base64')}` });
    expect(headers).not.toHaveProperty('authorization');
  });

  test.each([
    ['joe:s%3Acret', 'joe:s:cret'],
    ['joe%zz', 'joe%zz:'],
  ])('has the user of the URL: %s', async (user, shown) => {
    await using receiver = await startReceiver();

    await (await prepareFirst(calling({ url: `http://${user}@${receiver.host}/a` }), buildEvent('e1'))).fire();

    expect(receiver.received[0]!.headers).toMatchObject({ Authorization: `Basic ${Buffer.from(shown).toString('base64')}` });
  });

  test('has the host that is asked for, and nothing that belongs to the connection', async () => {
    const { headers } = await arrived({ host: 'virtual.example', headers: { Host: 'x', 'Content-Length': '99', Expect: '100-continue' } });

    expect(headers).toMatchObject({ host: 'virtual.example', 'content-length': '0' });
    expect(headers).not.toHaveProperty('Expect');
  });

  test('leaves the author’s own key alone, and hands on the trace of the event', async () => {
    await using receiver = await startReceiver();
    const event = {
      ...buildEvent('e1'),
      extensions: { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', tracestate: 'a=b' },
    };
    const own = calling({ url: receiver.url, headers: { 'idempotency-key': 'mine' } });

    await (await prepareFirst(own, event)).fire();

    expect(receiver.received[0]!.headers).toMatchObject({
      'idempotency-key': 'mine',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      tracestate: 'a=b',
    });
    expect(receiver.received[0]!.headers).not.toHaveProperty('Idempotency-Key');
  });

  test('a dependency that is absent leaves its header and its part of the body out', async () => {
    const absent = { src: { dependencyName: 'other', dataKey: 'a' }, dest: 'X-Other' };

    const { headers, body } = await arrived({ dynamicHeaders: [absent], payload: [absent, literal('b', 'c')] });

    expect(headers).not.toHaveProperty('X-Other');
    expect(body).toBe('{"c":"b"}');
  });
});

describe('what it would do', () => {
  const block = {
    url: 'https://joe:hidden@example.com/a?key=hidden',
    headers: { 'X-Api-Key': 'hidden', Cookie: 'hidden', Plain: 'shown' },
    secureHeaders: [{ name: 'X-Secure', valueFrom: { configMapKeyRef: { name: 'texts', key: 'a' } } }],
    payload: [literal('b', '')],
  };

  test('is shown without what proves who we are', async () => {
    const { summary, rendered } = await prepareFirst(calling(block), buildEvent('e1'));

    expect(summary).toBe('POST https://example.com/a');
    expect(rendered).toEqual({
      method: 'POST',
      url: 'https://example.com/a?key=hidden',
      headers: {
        'User-Agent': 'sensorium',
        'Idempotency-Key': 'f1',
        'X-Api-Key': '<hidden>',
        Cookie: '<hidden>',
        Plain: 'shown',
        'X-Secure': '<a of the ConfigMap texts>',
        Authorization: '<hidden>',
      },
      body: 'b',
    });
  });

  test('is not known when the URL is none', async () => {
    const rendered = prepareFirst(calling({ url: 'x', parameters: [fromData('u', 'url')] }), buildEvent('e1', { data: { u: 'ftp://a' } }));

    await expect(rendered).rejects.toMatchObject({
      code: 'EVENT_RENDERED_INVALID',
      message: 'after its parameters the trigger is not valid: http.url: "ftp://a/" is no http or https URL',
    });
  });
});

describe('an answer', () => {
  const firing = async (status: number, policy?: object, headers: Record<string, string> = {}) => {
    await using receiver = await startReceiver((_, response) => void response.writeHead(status, headers).end('so\n  it is'));
    const spec = calling({ url: `${receiver.url}/a?key=hidden` }, policy ? { policy: { status: policy } } : {});
    const action = await prepareFirst(spec, buildEvent('e1'), { clock: new TestClock() });
    const told = await Promise.resolve(action.fire()).catch((thrown) => ({
      code: thrown.code,
      message: thrown.message,
      retry: thrown.retry,
    }));
    return JSON.parse(JSON.stringify(told).replaceAll(receiver.host, 'HOST'));
  };

  test.each([200, 204, 299, 304])('%i is a success', async (status) => {
    expect(await firing(status)).toMatchObject({ summary: `POST http://HOST/a: ${status}`, detail: { status } });
  });

  test('is kept with the outcome', async () => {
    expect(await firing(200)).toEqual({ summary: 'POST http://HOST/a: 200', detail: { status: 200, body: 'so\n  it is' } });
  });

  test.each([408, 425, 429, 500, 503])('%i is tried again', async (status) => {
    expect(await firing(status)).toEqual({
      code: 'REMOTE_HTTP',
      message: `POST http://HOST/a: the answer was ${status}: so it is`,
      retry: 'backoff',
    });
  });

  test.each([400, 401, 404, 422])('%i is the last word', async (status) => {
    expect(await firing(status)).toMatchObject({ code: 'REMOTE_HTTP', retry: 'never' });
  });

  test('says when to come again', async () => {
    expect(await firing(429, undefined, { 'Retry-After': '7' })).toMatchObject({ retry: { after: 7000 } });
    expect(await firing(503, undefined, { 'Retry-After': 'Sat, 18 Jul 2026 12:00:03 GMT' })).toMatchObject({ retry: { after: 3000 } });
    expect(await firing(404, undefined, { 'Retry-After': '7' })).toMatchObject({ retry: 'never' });
  });

  test.each<[number, number[]]>([
    [404, [200, 404]],
    [500, [500]],
  ])('%i is a success where the policy allows %j', async (status, allow) => {
    expect(await firing(status, { allow })).toMatchObject({ summary: `POST http://HOST/a: ${status}` });
  });

  test.each<[number, number[]]>([
    [200, [300]],
    [200, []],
    [404, [200]],
  ])('%i is a failure where the policy allows %j', async (status, allow) => {
    expect(await firing(status, { allow })).toEqual({
      code: 'REMOTE_POLICY',
      message: `policy application resulted in failure. http response status ${status} is not allowed`,
      retry: 'backoff',
    });
  });
});

describe('Secrets', () => {
  const secure = (url: string) =>
    calling({ url, secureHeaders: [{ name: 'X-Token', valueFrom: { secretKeyRef: { name: 'access', key: 'token' } } }] });

  test('are not in what a target sends back', async () => {
    await using receiver = await startReceiver(
      ({ headers }, response) => void response.writeHead(400).end(`no such token: ${headers['X-Token']}`),
    );
    const action = await prepareFirst(secure(receiver.url), buildEvent('e1'), { kube: kubeWithSecret({ token: 't0ken' }) });

    await expect(action.fire()).rejects.toThrow(`POST ${receiver.url}/: the answer was 400: no such token: <hidden>`);
  });

  test('are read once in ten seconds, and at once when the target refuses them', async () => {
    let status = 200;
    await using receiver = await startReceiver((_, response) => void response.writeHead(status).end());
    const kube = kubeWithSecret({ token: 'old' });
    const clock = new TestClock();
    const clients = new Clients();
    const { compiled } = compiledSensor(secure(receiver.url));
    const prepared = () => prepareOf(compiled!, buildEvent('e1'), { kube, clock, clients });
    const fire = () =>
      prepared()
        .then((action) => action.fire())
        .catch(() => {});

    await fire();
    kube.put(accessSecret({ token: 'new' }));
    await fire();
    status = 401;
    await fire();
    await fire();

    expect(receiver.received.map(({ headers }) => headers['X-Token'])).toEqual(['old', 'old', 'old', 'new']);
    expect(kube.calls).toHaveLength(2);
    status = 200;
    await clock.turn(10_000);
    await fire();
    expect(kube.calls).toHaveLength(3);
    await clients[Symbol.asyncDispose]();
  });

  test('that are not there are waited for', async () => {
    await expect((await prepareFirst(secure('http://127.0.0.1:1'), buildEvent('e1'), { kube: memoryKube() })).fire()).rejects.toMatchObject(
      {
        code: 'CONFIG_SECRET',
        retry: 'backoff',
      },
    );
  });
});

describe('a block', () => {
  test.each<[object, string[]]>([
    [{}, ['error spec.triggers.0.template.http.url: server URL is not specified']],
    [{ url: '' }, ['error spec.triggers.0.template.http.url: server URL is not specified']],
    [
      { url: 'http://a', method: 'HEAD' },
      ['error spec.triggers.0.template.http.method: only GET, DELETE, PATCH, POST and PUT methods are supported'],
    ],
    [{ url: 'a' }, ['warning spec.triggers.0.template.http.url: "a" is no http or https URL']],
    [
      { url: 'http://a', headers: { host: 'b', 'Content-length': '1' } },
      [
        'warning spec.triggers.0.template.http.headers.host: the header host has no effect: `host` beside `headers` sets it',
        'warning spec.triggers.0.template.http.headers.Content-length: the header Content-length has no effect: it belongs to the connection',
      ],
    ],
    [
      { url: 'http://a', tls: {} },
      [
        'error spec.triggers.0.template.http.tls: invalid tls config, please configure either caCertSecret, or clientCertSecret and clientKeySecret, or both',
      ],
    ],
    [
      { url: 'http://a', dynamicHeaders: [{ src: { dependencyName: 'depp' }, dest: 'a' }] },
      ['warning spec.triggers.0.template.http.dynamicHeaders.0.src.dependencyName: there is no dependency "depp" (did you mean "dep"?)'],
    ],
  ])('%j', (block, findings) => {
    expect(findingTexts(compiledSensor(calling(block)).findings)).toEqual(findings);
  });

  test('a policy needs its list', () => {
    expect(findingTexts(compiledSensor(calling({ url: 'http://a' }, { policy: { status: {} } })).findings)).toEqual([
      'error spec.triggers.0.policy.status.allow: list of allowed response status is not specified',
    ]);
  });
});
