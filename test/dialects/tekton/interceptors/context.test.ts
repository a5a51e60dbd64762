import { expect, test } from 'vitest';
import { TestClock } from '../../../support/clock.ts';
import { accessSecret, kubeWithSecret } from '../../../support/secrets.ts';
import { asked } from './world.ts';

const selector = { name: 'access', key: 'token' };

test('a Secret is read once in five seconds, and byte for byte', async () => {
  const clock = new TestClock();
  const kube = kubeWithSecret({ token: 'old\n' });
  await using world = asked(kube, 'playground', clock);
  const read = async () => (await world.context()).secrets.secret(selector);

  const first = [await read(), await read()];
  kube.put(accessSecret({ token: 'new' }));
  await clock.turn(4_999);
  const kept = await read();
  await clock.turn(1);

  expect([...first, kept, await read()]).toEqual(['old\n', 'old\n', 'old\n', 'new']);
  expect(kube.calls).toHaveLength(2);
});

test('each namespace has its own', async () => {
  const kube = kubeWithSecret({ token: 'x' }, 'playground');
  await using world = asked(kube, 'elsewhere');

  await expect((await world.context()).secrets.secret(selector)).rejects.toMatchObject({ code: 'CONFIG_SECRET' });
});
