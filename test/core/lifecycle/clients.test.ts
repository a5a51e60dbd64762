import { expect, test } from 'vitest';
import { Clients } from '../../../src/core/lifecycle/clients.ts';

function opener() {
  const happened: string[] = [];
  const open = (name: string) => async () => {
    happened.push(`open ${name}`);
    return { name, [Symbol.asyncDispose]: async () => void happened.push(`close ${name}`) };
  };
  return { happened, open };
}

test('a client is opened once for all who ask for it, and closed with the store', async () => {
  const { happened, open } = opener();
  const clients = new Clients();

  const [one, other] = await Promise.all([clients.get('a', open('a')), clients.get('a', open('a'))]);
  await clients[Symbol.asyncDispose]();

  expect(one).toBe(other);
  expect(happened).toEqual(['open a', 'close a']);
});

test('one that could not be opened is opened again', async () => {
  const { happened, open } = opener();
  await using clients = new Clients();

  await expect(clients.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  await clients.get('a', open('a'));

  expect(happened).toEqual(['open a']);
});

test('one that is dropped is closed, and opened again', async () => {
  const { happened, open } = opener();
  await using clients = new Clients();

  await clients.get('a', open('first'));
  await clients.drop('a');
  await clients.get('a', open('second'));

  expect(happened).toEqual(['open first', 'close first', 'open second']);
});

test('of very many, the one that nobody has asked for longest is closed', async () => {
  const { happened, open } = opener();
  await using clients = new Clients();

  for (let index = 0; index < 64; index++) await clients.get(`${index}`, open(`${index}`));
  await clients.get('0', open('0 again'));
  await clients.get('64', open('64'));
  await new Promise(setImmediate);

  expect(happened.filter((what) => what.startsWith('close'))).toEqual(['close 1']);
});
