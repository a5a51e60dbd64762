import type { lookup } from 'node:dns';
import { expect, test } from 'vitest';
import { HttpClient } from '../../../src/core/http/client.ts';
import { fetchText } from '../../../src/core/http/fetch-text.ts';
import { lookupOutside, MetadataAddress } from '../../../src/core/http/metadata.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { serve } from '../../support/http-server.ts';

const places = [
  ['http://169.254.169.254/latest/meta-data/iam/security-credentials/', '169.254.169.254'],
  ['http://[fd00:ec2::254]/latest/', 'fd00:ec2::254'],
  ['http://2852039166/', '169.254.169.254'],
  ['http://0xa9.0376.0xa9fe/', '169.254.169.254'],
  ['http://[::ffff:169.254.169.254]/', '::ffff:a9fe:a9fe'],
  ['http://169.254.170.2/v2/credentials', '169.254.170.2'],
] as const;
const why = 'is where a cloud tells the credentials of its machines, and no rule goes there';

const send = async (url: string) => {
  await using client = new HttpClient();
  return await client.send(
    { method: 'GET', url: new URL(url), headers: {} },
    { signal: AbortSignal.any([]), clock: systemClock, within: 5_000 },
  );
};

test.each(places)('neither a page nor a call of a trigger comes from %s', async (url, address) => {
  await expect(fetchText(url)).rejects.toMatchObject({
    code: 'CONFIG_FILE_MISSING',
    message: `cannot read ${new URL(url).href}: ${address} ${why}`,
    retry: 'never',
  });
  await expect(send(url)).rejects.toMatchObject({
    code: 'REMOTE_RECEIVER',
    message: `${new URL(url).host} refused: ${address} ${why}`,
    retry: 'never',
  });
});

test.each(places)('nor by a server that redirects to %s', async (location, address) => {
  await using server = await serve((_, response) => void response.writeHead(302, { location }).end());

  await expect(fetchText(`http://${server.host}/`)).rejects.toThrow(`${address} ${why}`);
  await expect(send(`http://${server.host}/`)).rejects.toThrow(`${address} ${why}`);
});

test.each([
  ['metadata.google.internal', [{ address: '169.254.169.254', family: 4 }]],
  [
    'my.own.name',
    [
      { address: '192.0.2.1', family: 4 },
      { address: 'fd00:ec2::254', family: 6 },
    ],
  ],
])('nor by the name %s', async (name, answers) => {
  const found = (ours: typeof answers) =>
    new Promise((resolve, reject) => {
      const dns = ((_name: string, _options: object, done: (error: null, all: object) => void) => done(null, ours)) as typeof lookup;
      lookupOutside(dns)(name, { all: true }, (error, all) => (error ? reject(error) : resolve(all)));
    });

  await expect(found(answers)).rejects.toThrow(MetadataAddress);
  expect(await found([{ address: '192.0.2.1', family: 4 }])).toEqual([{ address: '192.0.2.1', family: 4 }]);
});

test('a name that is looked up goes through this', async () => {
  await using server = await serve((_, response) => void response.end('there'));
  const { port } = new URL(`http://${server.host}`);

  expect(await fetchText(`http://localhost:${port}/`)).toBe('there');
  expect(await send(`http://localhost:${port}/`)).toMatchObject({ text: 'there' });
});
