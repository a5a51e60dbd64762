/** What listens for people and programs on the same machine: nobody else gets in, whatever they know. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as plainly } from 'node:http';
import { request as encrypted } from 'node:https';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDoor } from '../../src/cli/decisions/door.ts';
import { startLocalCluster } from '../../src/cli/local-cluster/index.ts';

interface Place {
  /** A URL that answers 200 to who may ask it. */
  readonly url: string;
  readonly token: string;
  readonly ca?: string;
  readonly body?: string;
  close(): Promise<void>;
}

async function localApi(): Promise<Place> {
  const { server, token, ca, close } = await startLocalCluster();
  return { url: `${server}/api/v1/namespaces/default/secrets`, token, ca, close };
}

async function door(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-door-'));
  const file = join(folder, 'bus.json');
  const opened = await openDoor(file);
  return {
    ...(JSON.parse(readFileSync(file, 'utf8')) as { url: string; token: string }),
    body: '{"name":"rules"}',
    async close() {
      await opened[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

describe.each([
  ['the local Kubernetes API', localApi],
  ['the way into a running process', door],
])('%s', (_name, open) => {
  let place: Place;
  beforeAll(async () => {
    place = await open();
  });
  afterAll(() => place.close());

  const status = (headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const { url, ca, body } = place;
      const send = url.startsWith('https') ? encrypted : plainly;
      send(url, { headers, ca, method: body ? 'POST' : 'GET', agent: false, servername: 'localhost' }, (answer) => {
        answer.resume();
        resolve(answer.statusCode!);
      })
        .on('error', reject)
        .end(body);
    });
  const right = () => ({ authorization: `Bearer ${place.token}` });
  const port = () => new URL(place.url).port;

  test('is for who has the token', async () => {
    expect(await status(right())).toBe(200);
    expect(await status({})).toBe(401);
    expect(await status({ authorization: 'Bearer ' })).toBe(401);
    expect(await status({ authorization: `Bearer ${place.token}x` })).toBe(401);
    expect(await status({ authorization: place.token })).toBe(401);
  });

  test('is called by a name of this machine: a page whose own name leads here gets nothing, with the token too', async () => {
    for (const host of ['localhost', `localhost:${port()}`, '127.0.0.1:1', '[::1]']) expect(await status({ ...right(), host })).toBe(200);
    for (const host of ['evil.example', `evil.example:${port()}`, 'localhost.evil.example', '127.0.0.1.evil.example'])
      expect(await status({ ...right(), host })).toBe(403);
  });

  test('listens on the loopback only', async () => {
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((one) => one !== undefined && !one.internal && one.family === 'IPv4');
    for (const { address } of others as { address: string }[])
      await expect(
        new Promise((resolve, reject) => connect(Number(port()), address, () => resolve('open')).on('error', reject)),
      ).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
