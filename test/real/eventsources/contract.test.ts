import { connect } from '@nats-io/transport-node';
import kafkajs from 'kafkajs';
import { eventSourceContract, type World } from '../../contracts/event-source.ts';
import { numbered, sourceOf, told } from '../../eventsources/messages/world.ts';
import { startKafka } from '../../support/kafka.ts';
import { startNats } from '../../support/nats.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

/** The sources whose servers are too much to imitate in a test, on real ones. */
eventSourceContract('nats', natsWorld);
eventSourceContract('kafka', kafkaWorld);

async function natsWorld(): Promise<World> {
  const server = await startNats();
  const proxy = await startTcpProxy(server.port);
  const sender = await connect({ servers: server.url });
  return {
    source: sourceOf('nats', { url: `nats://127.0.0.1:${proxy.port}`, subject: '*', jsonBody: true }),
    remembers: false,
    happen: numbered((subject, text) => sender.publish(subject, text)),
    read: told('subject'),
    hang: () => proxy.stall(true),
    async close() {
      await sender.close();
      await proxy[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function kafkaWorld(): Promise<World> {
  const server = await startKafka();
  const client = new kafkajs.Kafka({ brokers: [server.broker], logLevel: kafkajs.logLevel.NOTHING });
  const sender = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await sender.connect();
  await sender.send({ topic: 'world', messages: [{ key: 'a', value: '-1' }] });
  const proxy = await startTcpProxy(Number(server.broker.split(':')[1]));
  let url = server.broker;
  const source = sourceOf('kafka', { url, topic: 'world', partition: '0', jsonBody: true });
  const sent: Promise<unknown>[] = [];
  const next = numbered((key, value) => void sent.push(sender.send({ topic: 'world', messages: [{ key, value }] })));
  return {
    get source() {
      return url === server.broker ? source : sourceOf('kafka', { url, topic: 'world', partition: '0' });
    },
    remembers: 'messages',
    async happen() {
      const fact = await next();
      await Promise.all(sent.splice(0));
      return fact;
    },
    read: told('key'),
    hang() {
      proxy.stall(true);
      url = `127.0.0.1:${proxy.port}`;
    },
    async close() {
      await sender.disconnect();
      await proxy[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
