import { afterEach, beforeEach, expect, test } from 'vitest';
import { answerWith } from '../../../src/cli/display/answer.ts';
import type { CloudEvent } from '../../../src/core/cloudevents/cloud-event.ts';
import { createRoutes, type OpenRoute } from '../../../src/core/http/routes.ts';
import { TestClock } from '../../support/clock.ts';

let taken: CloudEvent[];
let open: OpenRoute;
beforeEach(async () => {
  taken = [];
  const routes = createRoutes({ host: '127.0.0.1', clock: new TestClock() });
  open = await routes.open({ port: 0, path: '/{any:(?s:.*)}', owner: 'test', answer: answerWith((event) => taken.push(event)) });
});
afterEach(() => open[Symbol.asyncDispose]());

async function call(headers: Record<string, string>, body?: string, { method = 'POST', path = '/' } = {}) {
  const answer = await fetch(`http://127.0.0.1:${open.port}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}
const binary = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/s', 'ce-type': 't', 'content-type': 'application/json' };
const whole = (id: string) => ({ specversion: '1.0', id, source: '/s', type: 't', data: { a: 1 } });

test('events are taken in each form, on each path', async () => {
  expect((await call(binary, '{"a":1}')).status).toBe(202);
  expect((await call({ 'content-type': 'application/cloudevents+json' }, JSON.stringify(whole('2')), { path: '/some/where' })).status).toBe(
    202,
  );
  expect((await call({ 'content-type': 'application/cloudevents-batch+json' }, JSON.stringify([whole('3'), whole('4')]))).status).toBe(202);

  expect(taken.map(({ id, data }) => [id, data?.json])).toEqual(['1', '2', '3', '4'].map((id) => [id, { a: 1 }]));
});

test.each([
  [
    'no event',
    { 'content-type': 'application/json' },
    '{}',
    'this is no CloudEvent: it has neither the header Ce-Specversion nor the content type application/cloudevents+json',
  ],
  ['a broken one', { 'content-type': 'application/cloudevents+json' }, '{', /^this CloudEvent cannot be read: /],
  ['one that lacks something', { ...binary, 'ce-id': '' }, '{}', /^this CloudEvent is not whole: /],
])('who sends %s is told so', async (_, headers, body, said) => {
  const answer = await call(headers, body);

  expect(answer.status).toBe(400);
  if (typeof said === 'string') expect(answer.text).toBe(said);
  else expect(answer.text).toMatch(said);
  expect(taken).toEqual([]);
});

test('who asks whether it may send, may; who only looks is told how', async () => {
  expect((await call({}, undefined, { method: 'OPTIONS' })).headers.get('webhook-allowed-origin')).toBe('*');
  expect(await call({}, undefined, { method: 'GET' })).toMatchObject({ status: 405, text: 'events come by POST' });
});
