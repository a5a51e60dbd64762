import { expect, test } from 'vitest';
import { KeptSecrets } from '../../src/core/access/kept-secrets.ts';
import { TestClock } from '../support/clock.ts';
import { accessSecret, kubeWithSecret, secretKey } from '../support/secrets.ts';

const start = () => {
  const kube = kubeWithSecret({ token: 'old' });
  const clock = new TestClock();
  return { kube, clock, secrets: new KeptSecrets(kube, 'playground', clock) };
};

test('however many ask, a value is read once in ten seconds', async () => {
  const { kube, clock, secrets } = start();
  const ask = () => secrets.secret(secretKey('token'));

  expect(await Promise.all([ask(), ask(), ask()])).toEqual(['old', 'old', 'old']);
  kube.put(accessSecret({ token: 'new' }));
  await clock.turn(9_999);
  expect(await ask()).toBe('old');
  await clock.turn(1);
  expect(await ask()).toBe('new');
  expect(kube.calls).toHaveLength(2);
});

test('what could not be read is asked for again, and what is forgotten too', async () => {
  const { kube, secrets } = start();
  const ask = () => secrets.secret(secretKey('other'));

  await expect(ask()).rejects.toThrow('has no readable key "other"');
  kube.put(accessSecret({ other: 'there' }));
  expect(await ask()).toBe('there');
  kube.put(accessSecret({ other: 'changed' }));
  secrets.forget();
  expect(await ask()).toBe('changed');
});
