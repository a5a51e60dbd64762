import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { artifactSpec, checkArtifact, loadArtifact } from '../../../../sensors/triggers/artifacts/index.ts';
import type { EngineError } from '../../../../src/core/errors/engine-error.ts';
import { serve } from '../../../support/http-server.ts';
import { accessSecret, secretKey } from '../../../support/secrets.ts';
import { triggerContext } from './context.ts';

const pod = (name: string) => `{"kind":"Pod","metadata":{"name":"${name}"}}`;
const named = (name: string) => ({ kind: 'Pod', metadata: { name } });
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'it was read',
    ({ code, message, hint }: EngineError) => `${code} ${message}${hint ? ` (${hint})` : ''}`,
  );

/** Answers as told; what it was asked is remembered. */
async function answering(
  answer: (headers: Record<string, unknown>) => { status?: number; text?: string; headers?: Record<string, string> },
) {
  const calls: { url: string; headers: Record<string, unknown> }[] = [];
  const server = await serve(({ url, headers }, response) => {
    calls.push({ url: url!, headers });
    const { status = 200, text = '', headers: more = {} } = answer(headers);
    response.writeHead(status, more).end(text);
  });
  return { ...server, calls };
}

test('a file is read again when it has changed, and is one object until then', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-artifact-'));
  const path = join(folder, 'pod.yaml');
  const context = triggerContext();
  writeFileSync(path, pod('first'));
  const first = await loadArtifact({ file: { path } }, context);

  expect(first).toEqual(named('first'));
  expect(await loadArtifact({ file: { path } }, context)).toBe(first);
  writeFileSync(path, pod('second'));
  expect(await loadArtifact({ file: { path } }, context)).toEqual(named('second'));
  writeFileSync(path, 'x'.repeat(1024 * 1024 + 1));
  expect(await refusal(loadArtifact({ file: { path } }, context))).toContain('it has more than 1048576 bytes');
  expect(await refusal(loadArtifact({ file: { path: '/dev/zero' } }, context))).toContain('cannot read /dev/zero: it is no file');
  rmSync(folder, { recursive: true });
});

test('a page with an ETag is asked whether it has changed, and sent only then', async () => {
  let version = 'first';
  await using server = await answering(({ 'if-none-match': known }) =>
    known === `"${version}"` ? { status: 304 } : { text: pod(version), headers: { etag: `"${version}"` } },
  );
  const context = triggerContext();
  const spec = { url: { path: `http://${server.host}/pod.yaml` } };

  const first = await loadArtifact(spec, context);
  expect(await loadArtifact(spec, context)).toBe(first);
  version = 'second';
  expect(await loadArtifact(spec, context)).toEqual(named('second'));
  expect(server.calls.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"first"', '"first"']);
});

test('a page with a time is asked by that, and one with neither once a minute', async () => {
  const changed = 'Sat, 18 Jul 2026 10:00:00 GMT';
  await using timed = await answering(({ 'if-modified-since': known }) =>
    known === changed ? { status: 304 } : { text: pod('timed'), headers: { 'last-modified': changed } },
  );
  await using plain = await answering(() => ({ text: pod('plain') }));
  const context = triggerContext();
  for (let time = 0; time < 3; time++) {
    expect(await loadArtifact({ url: { path: `http://${timed.host}/` } }, context)).toEqual(named('timed'));
    expect(await loadArtifact({ url: { path: `http://${plain.host}/` } }, context)).toEqual(named('plain'));
    await context.clock.turn(25_000);
  }

  expect([timed.calls.length, plain.calls.length]).toEqual([3, 1]);
  expect(await loadArtifact({ url: { path: `http://${plain.host}/` } }, context)).toEqual(named('plain'));
  expect(plain.calls.length).toBe(2);
});

const bucket = (endpoint: string, key = 'folder/pod.yaml') => ({
  s3: {
    endpoint,
    bucket: { name: 'rules', key },
    insecure: true,
    accessKey: secretKey('access'),
    secretKey: secretKey('secret'),
  },
});

test('an object in a bucket is asked for with a signature, and sent only when it has changed', async () => {
  await using server = await answering(({ 'if-none-match': known }) =>
    known === '"1"' ? { status: 304 } : { text: pod('first'), headers: { etag: '"1"' } },
  );
  const context = triggerContext();
  context.kube.put(accessSecret({ access: 'me', secret: 'hush' }));

  const first = await loadArtifact(bucket(server.host), context);
  expect(first).toEqual(named('first'));
  expect(await loadArtifact(bucket(server.host), context)).toBe(first);
  expect(server.calls.map(({ url }) => url)).toEqual(['/rules/folder/pod.yaml', '/rules/folder/pod.yaml']);
  expect(server.calls[0]!.headers['authorization']).toMatch(
    /^AWS4-HMAC-SHA256 Credential=me\/20260718\/us-east-1\/s3\/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=[0-9a-f]{64}$/,
  );
});

test('an object that cannot be had is refused in the words of the server, and never with the key', async () => {
  let answer = { status: 403, text: '<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>', headers: {} };
  await using server = await answering(() => answer);
  const context = triggerContext();
  expect(await refusal(loadArtifact(bucket(server.host), context))).toBe(
    'CONFIG_SECRET Secret playground/access has no readable key "access": it does not exist',
  );
  context.kube.put(accessSecret({ access: 'me', secret: 'hush' }));
  const name = `CONFIG_FILE_MISSING cannot read rules/folder/pod.yaml at ${server.host}`;

  expect(await refusal(loadArtifact(bucket(server.host), context))).toBe(`${name}: AccessDenied: Access Denied. (check the path)`);
  answer = { status: 400, text: '', headers: { 'x-amz-bucket-region': 'eu-west-1' } };
  expect(await refusal(loadArtifact(bucket(server.host), context))).toBe(`${name}: the answer was 400 (region: eu-west-1)`);
  answer = { status: 200, text: 'x'.repeat(1024 * 1024 + 1), headers: {} };
  expect(await refusal(loadArtifact(bucket(server.host), context))).toBe(`${name}: it has more than 1048576 bytes (check the path)`);
  expect(await refusal(loadArtifact(bucket('127.0.0.1:9'), context))).toMatch(
    /^CONFIG_FILE_MISSING cannot read rules\/folder\/pod.yaml at 127.0.0.1:9: 127.0.0.1:9 cannot be reached: /,
  );
});

test('a ConfigMap is asked each time, and parsed when it has changed', async () => {
  const context = triggerContext();
  const put = (text: string) =>
    context.kube.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'rules', namespace: 'playground' }, data: { pod: text } });
  const spec = { configmap: { name: 'rules', key: 'pod' } };
  put(pod('first'));
  const first = await loadArtifact(spec, context);

  expect(first).toEqual(named('first'));
  expect(await loadArtifact(spec, context)).toBe(first);
  put(pod('second'));
  expect(await loadArtifact(spec, context)).toEqual(named('second'));
});

test('a firing that is stopped waits no longer, and the others have their answer', async () => {
  let go = () => {};
  const asked = new Promise<void>((resolve) => {
    go = resolve;
  });
  const context = triggerContext();
  const get = context.kube.get;
  const kube = { ...context.kube, get: async (...words: Parameters<typeof get>) => asked.then(() => get(...words)) };
  context.kube.put({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'rules', namespace: 'playground' },
    data: { pod: pod('first') },
  });
  const spec = { configmap: { name: 'rules', key: 'pod' } };
  const stop = new AbortController();
  const stopped = loadArtifact(spec, { ...context, kube, signal: stop.signal });
  const other = loadArtifact(spec, { ...context, kube });
  stop.abort(new Error('stopped'));

  await expect(stopped).rejects.toThrow('stopped');
  go();
  expect(await other).toEqual(named('first'));
});

test.each<[object, string[]]>([
  [{ git: { url: 'https://example.com/a.git', filePath: 'pod.yaml' } }, []],
  [{ git: { filePath: 'pod.yaml' } }, ['error git.url: the url of the repository must be specified']],
  [{ git: { url: '--upload-pack=x', filePath: 'x' } }, ['error git.url: "--upload-pack=x" is no place of a repository']],
  [{ git: { url: 'git@example.com:a.git' } }, ['error git.filePath: the path of the file in the repository must be specified']],
  ...['../x', '/x', '~/x', 'a\\x'].map((filePath): [object, string[]] => [
    { git: { url: 'git@example.com:a.git', filePath } },
    [`error git.filePath: "${filePath}" is no path of a file inside the repository`],
  ]),
  [
    { git: { url: 'ssh://a/b', filePath: 'x', githubApp: {} } },
    ['error git.githubApp: githubApp is not supported: it needs a service of GitHub for each token: give a token as `creds.password`'],
  ],
  [{ git: { url: 'ssh://a/b', filePath: 'x', creds: {} } }, ['error git.creds: creds needs username and password']],
  [
    { git: { url: 'ssh://a/b', filePath: 'x', insecureIgnoreHostKey: true } },
    ['warning git.insecureIgnoreHostKey: insecureIgnoreHostKey takes any host, so that whoever is in between can give another object'],
  ],
  [{ s3: {} }, ["error s3.accessKey: access key can't be empty", 'error s3.bucket: the key of the object in the bucket must be specified']],
  [bucket('http://minio:9000'), ['error s3.endpoint: "http://minio:9000" is no host and port']],
])('what is wrong with %j is told', (source, expected) => {
  const findings = checkArtifact(artifactSpec.parse(source));

  expect(findings.map(({ severity, path, message }) => `${severity} ${path.join('.')}: ${message}`)).toEqual(expected);
});
