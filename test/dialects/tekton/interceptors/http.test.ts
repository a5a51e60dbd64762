import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileInterceptors } from '../../../../src/dialects/tekton/interceptors/compile.ts';
import { readResponse } from '../../../../src/dialects/tekton/interceptors/http/response.ts';
import type { InterceptorObject } from '../../../../src/dialects/tekton/kinds/interceptor.ts';
import { kill } from '../../../support/child.ts';
import { TestClock } from '../../../support/clock.ts';
import { eventually } from '../../../support/eventually.ts';
import { memoryKube } from '../../../support/memory-kube.ts';
import { startReceiver } from '../../../support/receiver.ts';
import { startTinyServer } from '../../../support/tiny-server.ts';
import { asked, entryOf, interceptorWorld, outcomeOf, requestOf } from './world.ts';

const clusterInterceptor = (name: string, clientConfig: InterceptorObject['spec']['clientConfig']): InterceptorObject => ({
  apiVersion: 'triggers.tekton.dev/v1alpha1',
  kind: 'ClusterInterceptor',
  metadata: { name, namespace: '' },
  spec: { clientConfig },
});

/** A world in which the ClusterInterceptor "mine" is called there. */
const at = (url: string) =>
  interceptorWorld({ interceptorOf: (_, __, name) => (name === 'mine' ? clusterInterceptor(name, { url }) : undefined) });

const pushed = (branch: string) => requestOf({ header: { 'X-Pusher': 'mona' }, body: JSON.stringify({ ref: `refs/heads/${branch}` }) });

let server: ReturnType<typeof spawn>;
let port: string;

beforeAll(async () => {
  server = spawn(process.execPath, [join(import.meta.dirname, 'server.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  [port] = await once(createInterface(server.stdout!), 'line');
});
afterAll(() => kill(server));

test('an interceptor that is a process of its own is asked, and its answer is used', async () => {
  const entries = [entryOf('mine', { branches: ['main'] }), entryOf('cel', { filter: "extensions.branch == 'main'" })];
  const first = { ...pushed('main'), extensions: { earlier: [1] } };

  const outcome = await outcomeOf(entries, first, { world: at(`http://127.0.0.1:${port}/`) });

  expect(outcome).toMatchObject({
    kind: 'passed',
    extensions: {
      branch: 'main',
      by: 'mona',
      before: { earlier: [1] },
      context: { event_url: '/hooks?from=test', event_id: 'e1', trigger_id: 'namespaces/playground/triggers/build' },
    },
  });
});

test('its refusal stops the call, in its own words', async () => {
  const outcome = await outcomeOf([entryOf('mine', { branches: ['main'] })], pushed('topic'), { world: at(`http://127.0.0.1:${port}/`) });

  expect(outcome).toMatchObject({ kind: 'stopped', by: 'mine', at: 0, code: 9, message: 'branch topic is not built' });
});

test('it is found by the Service that its object names, or where that is called instead', async () => {
  const interceptorOf = () => clusterInterceptor('mine', { service: { name: 'branches', namespace: 'ci', path: 'check' } });
  await using receiver = await startReceiver((_, response) => void response.end('{"continue":true}'));
  const sinkOf = (namespace: string, name: string) => (`${namespace}/${name}` === 'ci/branches' ? `${receiver.url}/` : undefined);

  const outcome = await outcomeOf([entryOf('mine')], pushed('main'), { world: { interceptorOf, sinkOf } });

  expect(outcome.kind).toBe('passed');
  expect(receiver.received).toMatchObject([{ method: 'POST', path: '/check', headers: { 'Content-Type': 'application/json' } }]);
});

test.each([
  [500, {}, 'backoff'],
  [503, { 'retry-after': '7' }, { after: 7_000 }],
  [429, {}, 'backoff'],
  [404, {}, 'never'],
  [202, {}, 'never'],
])('an answer of %d %j is an error: tried again %j', async (status, headers, retry) => {
  await using receiver = await startReceiver((_, response) => void response.writeHead(status, headers).end('why'));

  const outcome = outcomeOf([entryOf('mine')], pushed('main'), { world: at(receiver.url) });

  await expect(outcome).rejects.toMatchObject({
    code: 'REMOTE_HTTP',
    retry,
    message: `POST ${receiver.url}/: the answer was ${status}${status < 400 ? ', and an interceptor answers with 200' : ': why'}`,
  });
});

test('one that is not there is tried again', async () => {
  const outcome = outcomeOf([entryOf('mine')], pushed('main'), { world: at('http://127.0.0.1:1/') });

  await expect(outcome).rejects.toMatchObject({ code: 'UNREACHABLE_RECEIVER', retry: 'backoff' });
});

test('one that hangs is given up after ten seconds', async () => {
  const clock = new TestClock();
  await using tiny = await startTinyServer(() => () => {});
  await using world = asked(memoryKube(), 'playground', clock);
  const [interceptor] = compileInterceptors([entryOf('mine')], at(`http://127.0.0.1:${tiny.port}/`)).interceptors;

  const answer = interceptor!.ask(pushed('main'), await world.context()).catch((thrown) => thrown);
  await eventually(() => tiny.sockets.size === 1);
  await clock.turn(9_999);
  await clock.turn(1);

  expect(await answer).toMatchObject({
    code: 'UNREACHABLE_RECEIVER',
    message: `127.0.0.1:${tiny.port} cannot be reached: it has not answered within 10 s`,
    retry: 'backoff',
  });
});

test('an answer that breaks off is no answer', async () => {
  await using receiver = await startReceiver((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"continue":true}', () => response.destroy());
  });

  await expect(outcomeOf([entryOf('mine')], pushed('main'), { world: at(receiver.url) })).rejects.toMatchObject({
    code: 'UNREACHABLE_RECEIVER',
  });
});

test.each([
  ['', 'it is empty'],
  ['<html>', 'it is no JSON but "<html>"'],
  ['[]', 'the whole must be a map, not a list'],
  ['{"continue":"yes"}', 'continue must be true or false, not the text "yes"'],
  ['{"continue":true,"extensions":[]}', 'extensions must be a map, not a list'],
  ['{"status":{"message":1}}', 'message must be a text, not 1'],
  [
    '{"status":{"code":"NOPE"}}',
    'status.code is neither a number from 0 to 16 nor one of the names that gRPC has for them, such as FAILED_PRECONDITION',
  ],
])('an answer of %j is rubbish, and tried again', async (text, reason) => {
  await using receiver = await startReceiver((_, response) => void response.end(text));

  await expect(outcomeOf([entryOf('mine')], pushed('main'), { world: at(receiver.url) })).rejects.toMatchObject({
    code: 'REMOTE_RECEIVER',
    message: `${receiver.host} refused: what it answers is none of an interceptor: ${reason}`,
    retry: 'backoff',
  });
});

test.each([
  ['{"continue":true}', { continue: true, extensions: {} }],
  ['{"Continue":true,"Extensions":{"a":12345678901234567890}}', { continue: true, extensions: { a: 12345678901234567890n } }],
  ['{"continue":true,"extensions":null,"status":{"code":0}}', { continue: true, extensions: {} }],
  ['{"continue":false,"status":{"code":"PERMISSION_DENIED","message":"no"}}', { continue: false, code: 7, message: 'no' }],
  ['{}', { continue: false, code: 0, message: 'it says no, and not why' }],
])('an answer is read as Go reads it: %s', (text, answer) => {
  expect(readResponse(text, 'server')).toEqual(answer);
});

test.each(['{"status":{"code":17}}', '{"status":{"code":"NOPE"}}', '{"status":{"code":1.5}}'])(
  'a code that is none is rubbish: %s',
  (text) => {
    expect(() => readResponse(text, 'server')).toThrow('what it answers is none of an interceptor: ');
  },
);
