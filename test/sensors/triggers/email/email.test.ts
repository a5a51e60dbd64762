import { describe, expect, test } from 'vitest';
import { Clients } from '../../../../src/core/lifecycle/clients.ts';
import { buildEvent } from '../../../support/build-sensor.ts';
import { TestClock } from '../../../support/clock.ts';
import { compiledSensor, type FiringOptions, findingTexts, prepareFirst } from '../../../support/compile-sensor.ts';
import { eventually } from '../../../support/eventually.ts';
import { startMailServer } from '../../../support/mail-server.ts';
import { accessSecret, kubeWithSecret, secretKey } from '../../../support/secrets.ts';
import { startTinyServer } from '../../../support/tiny-server.ts';

const mailing = (email: object) => ({ triggers: [{ template: { name: 'tell', email } }] });
const addressed = { from: 'cluster@a.example', to: ['joe@b.example'], subject: 'Hi', body: 'Hello' };

const fire = async (block: object, options: FiringOptions = {}, data: object = {}) =>
  (await prepareFirst(mailing({ ...addressed, ...block }), buildEvent('e1', { data }), options)).fire();

test('each address gets a mail of its own, over a connection that is kept', async () => {
  await using server = await startMailServer();
  await using clients = new Clients();
  const { host, port } = server;
  const to = ['joe@b.example', 'Ann Example <ann@b.example>', 'joe@b.example'];

  expect(await fire({ host, port, to }, { clients })).toEqual({ summary: 'sent to joe@b.example, Ann Example <ann@b.example>' });

  expect(server.mails.map((mail) => mail.to)).toEqual([['joe@b.example'], ['ann@b.example']]);
  expect(server.connections).toBe(1);
  expect(server.mails[0]!.text).toContain('From: cluster@a.example\r\nTo: joe@b.example\r\nSubject: Hi\r\n');
  expect(server.mails[0]!.text).toContain('Content-Type: text/plain; charset=utf-8');
  expect(server.mails[0]!.text).toContain('\r\n\r\nHello');
});

test('parameters of the block are obeyed, and data cannot add headers', async () => {
  await using server = await startMailServer();
  await using clients = new Clients();
  const parameters = [{ src: { dependencyName: 'dep', dataKey: 'title' }, dest: 'subject' }];

  await fire({ ...server, parameters }, { clients }, { title: 'Hi\r\nBcc: spy@c.example\r\n\r\nOther' });

  expect(server.mails).toHaveLength(1);
  expect(server.mails[0]!.to).toEqual(['joe@b.example']);
  expect(server.mails[0]!.text).not.toMatch(/^Bcc:/m);
});

test('a mail that is sent again is told by its id; of two firings they differ', async () => {
  await using server = await startMailServer();
  const { host, port } = server;
  for (const id of ['f1', 'f1', 'f2']) {
    await using clients = new Clients();
    await fire({ host, port }, { clients, id });
  }

  const ids = server.mails.map(({ text }) => /^Message-ID: (<\w{32}@sensorium>)\r$/m.exec(text)![1]);
  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).not.toBe(ids[0]);
});

test('an address that is refused leaves the others their mail, and another attempt sends what is missing', async () => {
  let full = true;
  await using server = await startMailServer({ refuse: (address) => (full && address === 'full@b.example' ? 452 : undefined) });
  await using clients = new Clients();
  const { host, port } = server;
  const block = { host, port, to: ['joe@b.example', 'full@b.example', 'ann@b.example'] };

  await expect(fire(block, { clients })).rejects.toMatchObject({
    code: 'REMOTE_RECEIVER',
    message: `${host}:${port} refused: full@b.example: Can't send mail - all recipients were rejected: 452 not this one`,
    retry: 'backoff',
  });
  full = false;
  await fire(block, { clients, attempt: 2 });

  expect(server.mails.flatMap((mail) => mail.to)).toEqual(['joe@b.example', 'ann@b.example', 'full@b.example']);
});

test('an address that is refused for good is the last word', async () => {
  await using server = await startMailServer({ refuse: (address) => (address === 'gone@b.example' ? 550 : undefined) });
  await using clients = new Clients();
  const { host, port } = server;

  await expect(fire({ host, port, to: ['gone@b.example', 'joe@b.example'] }, { clients })).rejects.toMatchObject({ retry: 'never' });
  expect(server.mails.flatMap((mail) => mail.to)).toEqual(['joe@b.example']);
});

test('a wrong password is told, and one that was mended counts at the next attempt', async () => {
  await using server = await startMailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'joe' && password === 's3cret' ? done(null, { user: 'joe' }) : done(new Error('wrong')),
  });
  await using clients = new Clients();
  const kube = kubeWithSecret({ password: 'old' });
  const { host, port } = server;
  const block = { host, port, username: 'joe', smtpPassword: secretKey('password') };

  await expect(fire(block, { clients, kube })).rejects.toMatchObject({
    code: 'REMOTE_RECEIVER_AUTH',
    message: `${host}:${port} refused the credentials: Invalid login: 535 wrong`,
    retry: 'backoff',
  });
  kube.put(accessSecret({ password: 's3cret' }));
  expect(await fire(block, { clients, kube })).toEqual({ summary: 'sent to joe@b.example' });
});

test('a server that is not there, or that says nothing, can be tried again', async () => {
  const silent = await startTinyServer(() => () => {});
  const { port } = silent;
  const clock = new TestClock();
  await using clients = new Clients();

  const hung = fire({ host: '127.0.0.1', port }, { clients, clock }).catch((thrown) => thrown);
  await eventually(() => silent.sockets.size > 0);
  await clock.turn(45_000);
  await silent.close();

  expect(await hung).toMatchObject({
    code: 'UNREACHABLE_RECEIVER',
    message: `127.0.0.1:${port} cannot be reached: it has not taken the mail within 45 s`,
    retry: 'backoff',
  });
  await expect(fire({ host: '127.0.0.1', port }, { clients })).rejects.toMatchObject({
    code: 'UNREACHABLE_RECEIVER',
    message: `127.0.0.1:${port} cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}`,
  });
});

test('a server with a certificate that nobody vouches for gets no password', async () => {
  const seen: string[] = [];
  await using server = await startMailServer({
    disabledCommands: [],
    onAuth: ({ username }, _session, done) => {
      seen.push(String(username));
      done(null, { user: 'joe' });
    },
  });
  await using clients = new Clients();
  const { host, port } = server;

  await expect(
    fire({ host, port, username: 'joe', smtpPassword: secretKey('password') }, { clients, kube: kubeWithSecret({ password: 'p' }) }),
  ).rejects.toMatchObject({ code: 'UNREACHABLE_RECEIVER', message: expect.stringMatching(/certificate/) });
  expect(seen).toEqual([]);
});

describe('a block', () => {
  test.each<[object, string[]]>([
    [{ ...addressed, host: '' }, ["error spec.triggers.0.template.email.host: host can't be empty"]],
    [{ ...addressed, host: 'a', port: 70_000 }, ['error spec.triggers.0.template.email.port: port: 70000, port should be between 0-65535']],
  ])('%j', (block, findings) => {
    expect(findingTexts(compiledSensor(mailing(block)).findings)).toEqual(findings);
  });

  test.each<[object, string]>([
    [{ to: [] }, 'email.to: there is no address'],
    [{ to: ['joe'] }, '"joe" is no mail address'],
    [{ to: ['joe@b.example\r\nBcc: x@y'] }, '"joe@b.example\r\nBcc: x@y" is no mail address'],
    [{ from: '' }, '"" is no mail address'],
  ])('%j is never sent', async (block, problem) => {
    await expect(prepareFirst(mailing({ host: 'a', ...addressed, ...block }), buildEvent('e1'))).rejects.toMatchObject({
      code: 'EVENT_RENDERED_INVALID',
      message: `after its parameters the trigger is not valid: ${problem}`,
    });
  });
});

test('what would be sent is shown', async () => {
  const { summary, rendered } = await prepareFirst(mailing({ host: 'mail.example', ...addressed }), buildEvent('e1'));

  expect(summary).toBe('send a mail to joe@b.example by mail.example');
  expect(rendered).toEqual({
    host: 'mail.example',
    port: 587,
    from: 'cluster@a.example',
    to: ['joe@b.example'],
    subject: 'Hi',
    text: 'Hello',
  });
});
