import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { eventually } from '../../support/eventually.ts';
import { runCalled } from '../called-source.ts';
import { findingsOf } from '../findings-of.ts';
import { providerServer } from '../provider-server.ts';
import { hmac } from '../provider-worlds.ts';

const webhook = { endpoint: '/hook', port: '12000', method: 'POST' };
const secret = { name: 's', key: 'k' };
const entry = { webhook, organizations: ['example'], events: ['push'] };
const signed = { ...entry, webhookSecret: secret };
const ok = { status: 200, text: 'success' };

test('a delivery has its kind and its id added to the body, and nothing else is changed', async () => {
  await using source = await runCalled('github', { ...entry, metadata: { team: 'a' } });
  const headers = { 'x-github-event': 'push', 'x-github-delivery': '72d3162e' };

  expect(await source.call({ body: '{ "ref": "refs/heads/main", "size": 12345678901234567890 }', headers })).toEqual(ok);
  expect(await source.call({ body: '{}' })).toEqual(ok);

  const texts = (await source.events()).map(({ data }) => data!.text);
  expect(texts).toEqual([
    '{"headers":{"X-Github-Delivery":["72d3162e"],"X-Github-Event":["push"]},' +
      '"body":{"ref":"refs/heads/main","size":12345678901234567890,"X-GitHub-Event":"push","X-GitHub-Delivery":"72d3162e"},"metadata":{"team":"a"}}',
    '{"headers":{},"body":{"X-GitHub-Event":"","X-GitHub-Delivery":""},"metadata":{"team":"a"}}',
  ]);
});

test('a delivery as a form has its JSON in the field payload, and is signed as it was sent', async () => {
  await using source = await runCalled('github', signed);
  const body = `payload=${encodeURIComponent('{"ref":"a b"}')}`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-hub-signature-256': `sha256=${hmac('sha256', body)}` };

  expect(await source.call({ body, headers })).toEqual(ok);
  expect(await source.payloads()).toMatchObject([{ body: { ref: 'a b' } }]);
});

test('GitHub’s own example of a signature is right', async () => {
  await using source = await runCalled('github', signed, { secret: "It's a Secret to Everybody" });
  const headers = { 'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17' };

  expect(await source.call({ body: 'Hello, World!', headers })).toMatchObject({
    status: 400,
    text: expect.stringMatching(/^the body is not JSON: /),
  });
});

const body = '{"a":1}';

test.each([
  [{}, 'missing signature'],
  [{ 'x-hub-signature-256': 'abc' }, 'the signature cannot be read'],
  [{ 'x-hub-signature-256': `md5=${hmac('md5', body)}` }, 'the signature cannot be read'],
  [{ 'x-hub-signature-256': `sha256=${hmac('sha256', '{"a":2}')}` }, 'payload signature check failed'],
  [{ 'x-hub-signature-256': `sha256=${hmac('sha256', body).slice(1)}` }, 'payload signature check failed'],
  [{ 'x-hub-signature-256': 'sha256=00', 'x-hub-signature': `sha1=${hmac('sha1', body)}` }, 'payload signature check failed'],
])('with a secret, %o is refused: %s', async (headers, text) => {
  await using source = await runCalled('github', signed);

  expect(await source.call({ body, headers: headers as Record<string, string> })).toEqual({ status: 400, text });
  expect(await source.events()).toEqual([]);
});

test('the older signature is taken where there is no newer one', async () => {
  await using source = await runCalled('github', signed);

  expect(await source.call({ body, headers: { 'x-hub-signature': `sha1=${hmac('sha1', body)}` } })).toEqual(ok);
});

test.each([
  ['[1]', 'the body is no JSON object'],
  ['"x"', 'the body is no JSON object'],
  ['', 'the body is empty, and JSON is expected'],
])('a body %s is refused: %s', async (body, text) => {
  await using source = await runCalled('github', entry);

  expect(await source.call({ body })).toEqual({ status: 400, text });
});

test('a delivery that GitHub sends again is the same event', async () => {
  await using source = await runCalled('github', entry);
  const headers = { 'x-github-delivery': '1' };
  await source.call({ body, headers });
  await source.call({ body, headers });

  expect(await source.events()).toHaveLength(1);
});

const managed = (url: string, more: object = {}) => ({
  ...signed,
  webhook: { ...webhook, url: 'https://hooks.test/' },
  organizations: undefined,
  repositories: [{ owner: 'example', names: ['web'] }],
  apiToken: secret,
  githubBaseURL: `${url}/api/v3`,
  githubUploadURL: url,
  ...more,
});
const config = { url: 'https://hooks.test/hook', content_type: 'json', insecure_ssl: '0', secret: 'secret' };
const wanted = { active: true, events: ['push'], config };

test('a webhook that is missing is made, and taken away at the end', async () => {
  await using api = await providerServer((what) => (what.startsWith('GET') ? { json: [] } : { json: { id: 7 } }));
  await using source = await runCalled('github', managed(api.url, { deleteHookOnFinish: true }));
  expect(await source.heard.seen('hookRegistered')).toMatchObject({ of: 'repos/example/web', done: 'made' });
  source.kube.refuse = () => new EngineError('UNREACHABLE_KUBE', { server: 'https://test', reason: 'we are stopping' });
  await source.stop();

  expect(api.said()).toEqual([
    'GET /api/v3/repos/example/web/hooks?per_page=100',
    'POST /api/v3/repos/example/web/hooks',
    'DELETE /api/v3/repos/example/web/hooks/7',
  ]);
  expect(api.asked[1]!.body).toEqual({ name: 'web', ...wanted });
  expect(api.asked[1]!.headers).toMatchObject({ authorization: 'Bearer secret', accept: 'application/vnd.github+json' });
});

test('a webhook that is there is given its secret once, and again when that or its events have changed', async () => {
  let events = ['push'];
  await using api = await providerServer((what) =>
    what.startsWith('GET')
      ? {
          json: [
            { id: 1, config: { url: 'https://x.test' } },
            { id: 8, active: true, events, config },
          ],
        }
      : { json: {} },
  );
  await using source = await runCalled('github', managed(api.url));
  const changes = () => api.asked.filter(({ what }) => !what.startsWith('GET')).map(({ what, body }) => [what, body]);
  const looks = async (count: number) => {
    const before = api.asked.filter(({ what }) => what.startsWith('GET')).length;
    await eventually(async () => {
      await source.clock.turn(600_000);
      return api.asked.filter(({ what }) => what.startsWith('GET')).length >= before + count;
    });
  };
  const patch = 'PATCH /api/v3/repos/example/web/hooks/8';
  await looks(3);
  expect(changes()).toEqual([[patch, wanted]]);

  source.kube.put({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'playground' }, data: { k: 'bmV3' } });
  await looks(3);
  expect(changes().slice(1)).toEqual([[patch, { ...wanted, config: { ...config, secret: 'new' } }]]);
  expect(source.heard.of('hookRegistered')).toEqual([]);

  events = ['push', 'issues'];
  await looks(1);
  await eventually(() => source.heard.of('hookRegistered').length > 0);
  expect(source.heard.of('hookRegistered')[0]).toMatchObject({ of: 'repos/example/web', done: 'changed' });
});

test('what GitHub refuses is told once and tried again, and calls are taken meanwhile', async () => {
  let isAllowed = false;
  await using api = await providerServer(() =>
    isAllowed ? { json: [{ id: 8, ...wanted }] } : { status: 403, json: { message: 'no rights' } },
  );
  await using source = await runCalled('github', managed(api.url));
  const failed = await source.heard.seen('hookFailed');
  await eventually(async () => {
    await source.clock.turn(5000);
    return api.asked.length > 2;
  });
  isAllowed = true;

  expect(String(failed['error'])).toContain('GET ');
  expect(String(failed['error'])).toMatch(/refused the credentials: .* is answered with 403: \{"message":"no rights"\}/);
  expect(source.heard.of('hookFailed')).toHaveLength(1);
  expect(await source.call({ body, headers: { 'x-hub-signature': `sha1=${hmac('sha1', body)}` } })).toEqual(ok);
});

test('one repository that is refused does not keep the others from their webhooks', async () => {
  await using api = await providerServer((what) =>
    what.includes('/broken/') ? undefined : what.startsWith('GET') ? { json: [] } : { json: { id: 1 } },
  );
  await using source = await runCalled('github', managed(api.url, { repositories: [{ owner: 'example', names: ['broken', 'web'] }] }));

  expect(await source.heard.seen('hookRegistered')).toMatchObject({ of: 'repos/example/web' });
  expect(source.heard.of('hookFailed')).toHaveLength(1);
});

test('an app signs for a token, and uses it for more than one request', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;
  const app = { apiToken: undefined, webhookSecret: undefined, githubApp: { privateKey: secret, appID: 12, installationID: 34 } };
  await using api = await providerServer((what) =>
    what.includes('access_tokens')
      ? { status: 201, json: { token: 'of-the-app' } }
      : what.startsWith('GET')
        ? { json: [] }
        : { json: { id: 7 } },
  );
  await using source = await runCalled('github', managed(api.url, app), { secret: pem });
  await source.heard.seen('hookRegistered');

  expect(api.said()).toEqual([
    'POST /api/v3/app/installations/34/access_tokens',
    'GET /api/v3/repos/example/web/hooks?per_page=100',
    'POST /api/v3/repos/example/web/hooks',
  ]);
  const [, claims] = api.asked[0]!.headers.authorization!.split('.');
  expect(JSON.parse(Buffer.from(claims!, 'base64url').toString())).toMatchObject({ iss: '12' });
  expect(api.asked[2]!.headers.authorization).toBe('Bearer of-the-app');
});

test('without credentials or a public address no webhook is made', async () => {
  await using api = await providerServer(() => ({ json: [] }));
  await using first = await runCalled('github', managed(api.url, { apiToken: undefined }));
  await using second = await runCalled('github', managed(api.url, { webhook }));
  await first.clock.turn(60_000);
  await second.clock.turn(60_000);

  expect(api.asked).toEqual([]);
});

test.each([
  [{ webhook, events: ['push'] }, 'error : either repositories or organizations is required'],
  [
    { ...signed, repositories: [{ owner: 'a', names: ['b'] }] },
    'error organizations: only one of repositories and organizations is allowed',
  ],
  [{ ...signed, events: undefined }, 'error events: events must be defined to create a github webhook'],
  [{ ...signed, contentType: 'xml' }, 'error contentType: content type must be "json" or "form"'],
  [{ ...signed, githubUploadURL: 'u' }, 'error githubUploadURL: githubBaseURL is required when githubUploadURL is set'],
  [{ ...signed, githubBaseURL: 'u' }, 'error githubBaseURL: githubUploadURL is required when githubBaseURL is set'],
  [{ ...signed, webhook: undefined }, 'error webhook: webhook says where it is called, and is missing'],
  [
    { ...signed, webhook: { ...webhook, port: 'x' } },
    'error webhook.port: failed to parse server port x. err: strconv.Atoi: parsing "x": invalid syntax',
  ],
  [entry, 'warning : no secret is checked, so anybody who knows the address can post events'],
])('of %o it is said: %s', (spec, said) => {
  expect(findingsOf('github', spec)).toContain(said);
});

test('the old form of one repository is taken', () => {
  expect(findingsOf('github', { ...signed, organizations: undefined, owner: 'a', repository: 'b' })).toEqual([]);
});
