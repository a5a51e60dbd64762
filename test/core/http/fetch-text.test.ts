import { expect, test } from 'vitest';
import { fetchText } from '../../../src/core/http/fetch-text.ts';
import { serve } from '../../support/http-server.ts';

test('gives the text of a page, also behind redirections, with user and password for its own host only', async () => {
  const asked: string[] = [];
  await using other = await serve((request, response) => {
    asked.push(`other ${request.url} ${request.headers.authorization}`);
    response.end('kind: Sensor\n');
  });
  await using server = await serve((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    response.writeHead(302, { location: `http://${other.host}/b?c=d` }).end();
  });

  expect(await fetchText(`http://joe:s%3Acret@${server.host}/a`)).toBe('kind: Sensor\n');
  expect(asked).toEqual([`/a Basic ${Buffer.from('joe:s:cret').toString('base64')}`, 'other /b?c=d undefined']);
});

test('what cannot be fetched is said, without the password', async () => {
  await using server = await serve((request, response) => {
    if (request.url === '/loop') response.writeHead(301, { location: '/loop' }).end();
    else if (request.url === '/large') response.write('x'.repeat(2000), () => response.write('y'));
    else if (request.url === '/declared') response.writeHead(200, { 'content-length': '2000' }).flushHeaders();
    else if (request.url === '/elsewhere') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    else if (request.url !== '/slow') response.writeHead(404).end();
  });
  const refusal = (path: string, more = {}) => fetchText(`http://joe:secret@${server.host}${path}`, more).catch((error) => error.message);
  const at = (path: string) => `cannot read http://${server.host}${path}`;

  expect(await refusal('/gone')).toBe(`${at('/gone')}: the server answered 404`);
  expect(await refusal('/loop')).toBe(`${at('/loop')}: it leads on more than 5 times`);
  expect(await refusal('/elsewhere')).toBe(`${at('/elsewhere')}: it leads to file://, which is not safe`);
  expect(await refusal('/large', { limit: 1999 })).toBe(`${at('/large')}: it has more than 1999 bytes`);
  expect(await refusal('/declared', { limit: 1999 })).toBe(`${at('/declared')}: it has more than 1999 bytes`);
  expect(await refusal('/slow', { within: 50 })).toBe(`${at('/slow')}: it did not come within 0.05 s`);
  await expect(fetchText('ftp://a')).rejects.toThrow('cannot read ftp://a/: it is no http or https URL');
});

test('a certificate that nobody vouches for is refused, unless verifying is given up; https never leads to http', async () => {
  await using plain = await serve((_, response) => void response.end('plain'));
  await using server = await serve(
    (request, response) => {
      if (request.url === '/down') response.writeHead(302, { location: `http://${plain.host}/` }).end();
      else response.end('safe');
    },
    { tls: true },
  );

  await expect(fetchText(`https://${server.host}/`)).rejects.toThrow(/: (unable to verify|self.signed certificate)/);
  expect(await fetchText(`https://${server.host}/`, { verify: false })).toBe('safe');
  await expect(fetchText(`https://${server.host}/down`, { verify: false })).rejects.toThrow(
    `it leads to http://${plain.host}, which is not safe`,
  );
});

test('an abort ends it with the reason of the signal', async () => {
  await using server = await serve(() => {});
  const controller = new AbortController();
  const fetching = fetchText(`http://${server.host}/`, { signal: controller.signal });

  controller.abort(new Error('enough'));

  await expect(fetching).rejects.toThrow('enough');
});
