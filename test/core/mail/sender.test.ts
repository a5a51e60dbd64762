import { expect, test } from 'vitest';
import { MailSender } from '../../../src/core/mail/sender.ts';
import { TestClock } from '../../support/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { startTinyServer } from '../../support/tiny-server.ts';

const mail = { from: 'a@example.com', to: 'b@example.com', subject: 's', text: 't', messageId: 'm' };

test.each([
  ['says nothing', ''],
  ['says no more than its greeting', '220 here\r\n'],
])('of a server that %s no connection is kept when the mail is given up', async (_, greeting) => {
  await using server = await startTinyServer((socket) => {
    socket.write(greeting);
    return () => {};
  });
  await using sender = await MailSender.open({ host: '127.0.0.1', port: server.port });
  const stop = new AbortController();
  const sending = sender.send(mail, { clock: new TestClock(), signal: stop.signal });
  sending.catch(() => {});
  await eventually(() => server.sockets.size === 1);

  stop.abort();

  await expect(sending).rejects.toThrow(`127.0.0.1:${server.port}`);
  await eventually(() => server.sockets.size === 0);
});
