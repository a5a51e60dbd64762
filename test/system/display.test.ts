import { CloudEvent, emitterFor, httpTransport, Mode } from 'cloudevents';
import { expect, test } from 'vitest';
import { startSensorium } from '../support/sensorium.ts';

const event = new CloudEvent({
  id: '1',
  source: '/s',
  type: 'made',
  zone: 'b',
  datacontenttype: 'application/json',
  data: { hello: 'world' },
  time: '2026-07-18T12:00:00.000Z',
});

async function started(...words: string[]) {
  const program = startSensorium(['display', '--host', '127.0.0.1', '--port', '0', ...words]);
  const [, port] = await program.seen(/listening on port (\d+); Ctrl-C ends it/);
  return { program, url: `http://127.0.0.1:${port}/`, [Symbol.asyncDispose]: () => program[Symbol.asyncDispose]() };
}

test.each([Mode.BINARY, Mode.STRUCTURED])('what the CloudEvents SDK sends in %s mode is printed as event viewers do', async (mode) => {
  await using display = await started();

  await emitterFor(httpTransport(display.url), { mode })(event);

  const [shown] = await display.program.seen(/☁️[^☁]*\n {2}\}\n/u);
  expect(shown.replace(/datacontenttype: .*/, 'datacontenttype: …')).toBe(`☁️  cloudevents.Event
Context Attributes,
  specversion: 1.0
  type: made
  source: /s
  id: 1
  time: 2026-07-18T12:00:00.000Z
  datacontenttype: …
Extensions,
  zone: b
Data,
  {
    "hello": "world"
  }
`);
});

test('as JSON it is one event a line', async () => {
  await using display = await started('-o', 'json');

  await emitterFor(httpTransport(display.url), { mode: Mode.BINARY })(event);

  const [, line] = await display.program.seen(/^(\{.*\})$/m);
  expect(JSON.parse(line!)).toMatchObject({ specversion: '1.0', id: '1', type: 'made', zone: 'b', data: { hello: 'world' } });
});

test('a call that is no event is refused, and said; SIGTERM ends it cleanly', async () => {
  await using display = await started();

  expect((await fetch(display.url, { method: 'POST', body: '{}' })).status).toBe(400);
  await display.program.seen(/refused a call: this is no CloudEvent/);

  expect(await display.program.stop()).toBe(0);
});

test('a port that is taken is an error', async () => {
  await using display = await started();
  const port = new URL(display.url).port;

  await using second = startSensorium(['display', '--host', '127.0.0.1', '--port', port]);

  expect(await second.ended).toBe(3);
  expect(second.output()).toContain(`cannot listen on 127.0.0.1:${port}: the port is in use`);
});
