import kafkajs, { type KafkaMessage } from 'kafkajs';
import { expect, test } from 'vitest';
import { Clients } from '../../../src/core/lifecycle/clients.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { buildEvent } from '../../support/build-sensor.ts';
import { makeMutualCertificates } from '../../support/client-certificates.ts';
import { type FiringOptions, prepareFirst } from '../../support/compile-sensor.ts';
import { eventually } from '../../support/eventually.ts';
import { filesOf } from '../../support/files.ts';
import { type Kafka, startKafka } from '../../support/kafka.ts';
import { accessSecret, kubeWithSecret, secretKey } from '../../support/secrets.ts';

/** Fires a `kafka` trigger that writes the event's `a` to the topic "things"; one store of connections for as long as the test lasts. */
function firing(kafka: Kafka, clients: Clients, block: object = {}) {
  const payload = [{ src: { dependencyName: 'dep', dataKey: 'a' }, dest: 'a' }];
  const spec = { triggers: [{ template: { name: 'tell', kafka: { url: kafka.broker, topic: 'things', payload, ...block } } }] };
  return async (options: FiringOptions = {}, data: object = { a: 'x' }) =>
    (await prepareFirst(spec, buildEvent('e1', { data }), { clients, clock: systemClock, ...options })).fire();
}

interface Read {
  readonly headers: KafkaMessage['headers'];
  readonly partition: number;
  readonly key: string | undefined;
  readonly value: string | undefined;
}

/** The first messages of a topic, as many as are asked for. */
async function messagesOf(kafka: Kafka, count: number, topic = 'things'): Promise<Read[]> {
  const client = new kafkajs.Kafka({ brokers: [kafka.broker], logLevel: kafkajs.logLevel.NOTHING });
  const consumer = client.consumer({ groupId: 'reader', maxWaitTimeInMs: 50 });
  const read: Read[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ partition, message: { key, value, headers } }) => {
      read.push({ partition, key: key?.toString(), value: value?.toString(), headers });
    },
  });
  await eventually(() => read.length >= count);
  await consumer.disconnect();
  return read;
}

test('a message that was written is there, with its key and headers', async () => {
  await using kafka = await startKafka({ partitions: 4 });
  await using clients = new Clients();
  const secureHeaders = [{ name: 'token', valueFrom: { secretKeyRef: secretKey('token') } }];
  const block = { partitioningKey: 'k', headers: { plain: 'p', token: 'other' }, secureHeaders };

  expect(await firing(kafka, clients, block)({ kube: kubeWithSecret({ token: 't0ken' }) })).toEqual({
    summary: 'written to the topic things',
  });

  const [message] = await messagesOf(kafka, 1);
  expect(message).toEqual({
    // FNV-1a of "k", as Argo's client does it.
    partition: 2,
    key: 'k',
    value: '{"a":"x"}',
    headers: { plain: Buffer.from('p'), token: Buffer.from('t0ken') },
  });
});

test('many firings at once are all written, in their order', async () => {
  await using kafka = await startKafka();
  await using clients = new Clients();
  const fire = firing(kafka, clients, { compress: true });
  const names = Array.from({ length: 1200 }, (_, index) => `n${index}`);

  await Promise.all(names.map((a, index) => fire({ id: `f${index}` }, { a })));

  const values = (await messagesOf(kafka, names.length)).map(({ value }) => JSON.parse(value!).a);
  expect(values).toEqual(names);
});

test('the partition that is asked for is taken, and one that is not there refused', async () => {
  await using kafka = await startKafka({ partitions: 3 });
  await using clients = new Clients();

  await firing(kafka, clients, { partition: 2, requiredAcks: 1 })();

  expect((await messagesOf(kafka, 1))[0]).toMatchObject({ partition: 2 });
  await expect(firing(kafka, clients, { partition: 7 })()).rejects.toMatchObject({
    code: 'REMOTE_RECEIVER',
    message: `${kafka.broker} refused: the topic has no partition 7`,
    retry: 'backoff',
  });
});

test('a message that the broker does not take is given up, and those beside it are written', async () => {
  await using kafka = await startKafka();
  await using clients = new Clients();
  const fire = firing(kafka, clients);
  await fire();

  const outcomes = await Promise.allSettled([
    fire({}, { a: 'first' }),
    fire({ id: 'f2' }, { a: 'second' }),
    fire({ id: 'f3' }, { a: 'x'.repeat(2 * 1024 * 1024) }),
    fire({ id: 'f4' }, { a: 'third' }),
  ]);

  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect((outcomes[2] as PromiseRejectedResult).reason).toMatchObject({ code: 'REMOTE_RECEIVER', retry: 'never' });
  expect((await messagesOf(kafka, 4)).map(({ value }) => JSON.parse(value!).a)).toEqual(['x', 'first', 'second', 'third']);
});

test('a message for a partition that is not there does not hold up those that travel with it', async () => {
  await using kafka = await startKafka();
  await using clients = new Clients();
  const fire = firing(kafka, clients);
  const astray = firing(kafka, clients, { partition: 7 });
  await fire();

  const outcomes = await Promise.allSettled([fire({}, { a: 'first' }), astray(), fire({ id: 'f3' }, { a: 'second' })]);

  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect((await messagesOf(kafka, 3)).map(({ value }) => JSON.parse(value!).a)).toEqual(['x', 'first', 'second']);
});

test.each(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'])(
  'a password is shown by %s; a wrong one that is mended counts at the next attempt',
  async (mechanism) => {
    await using kafka = await startKafka({ user: `${mechanism}:joe:s:cret` });
    await using clients = new Clients();
    const kube = kubeWithSecret({ user: 'joe', password: 'wrong' });
    const sasl = { mechanism, userSecret: secretKey('user'), passwordSecret: secretKey('password') };
    const fire = firing(kafka, clients, { sasl });

    await expect(fire({ kube })).rejects.toMatchObject({ code: 'REMOTE_RECEIVER_AUTH', retry: 'backoff' });
    kube.put(accessSecret({ user: 'joe', password: 's:cret' }));
    expect(await fire({ kube })).toEqual({ summary: 'written to the topic things' });
  },
);

test('a broker whose certificate is in a Secret is trusted, others are not', async () => {
  const { ca, server } = makeMutualCertificates();
  using files = filesOf(server);
  await using kafka = await startKafka({ tls: files });
  await using clients = new Clients();
  const kube = kubeWithSecret({ ca });

  expect(await firing(kafka, clients, { tls: { caCertSecret: secretKey('ca') } })({ kube })).toEqual({
    summary: 'written to the topic things',
  });
  await expect(firing(kafka, clients, { tls: { enabled: true } })({ kube })).rejects.toMatchObject({ code: 'UNREACHABLE_RECEIVER' });
});

test('a broker that is down at the start and comes later, or goes and comes back, is used when it is there', async () => {
  await using kafka = await startKafka();
  await using clients = new Clients();
  const fire = firing(kafka, clients);
  await kafka.kill();

  await expect(fire()).rejects.toMatchObject({ code: 'UNREACHABLE_RECEIVER', retry: 'backoff' });
  await kafka.restart();
  expect(await fire()).toEqual({ summary: 'written to the topic things' });
  await kafka.restart();
  expect(await eventually(fire)).toEqual({ summary: 'written to the topic things' });
});
