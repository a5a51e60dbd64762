import { AckPolicy, DeliverPolicy, type JetStreamManager, type JsMsg, jetstream } from '@nats-io/jetstream';
import { headers, nanos } from '@nats-io/transport-node';
import { argoDurable } from '../../sensors/takeover/argo-names.ts';
import { otherClient } from './open-bus.ts';

/** A trigger of Argo's that waits for events of the EventSource "es", named like its dependencies; several wait for each other. */
export interface ArgoTrigger {
  readonly name: string;
  readonly dependencies: readonly string[];
}

export interface LittleArgo extends AsyncDisposable {
  /** Ends after the message that each trigger works. */
  stop(): Promise<void>;
  /** Ends at once: what was taken is not acknowledged. */
  crash(): Promise<void>;
}

/** Times of the durables, short so that a crash is over soon. In milliseconds. */
const ackWait = 1_000;

/** The stream as Argo's controller has it made. */
export async function makeArgoStream(url: string): Promise<void> {
  await using client = await clientOf(url);
  await client.manager.streams.add({
    name: 'default',
    subjects: ['default.*.*'],
    max_msgs: 50_000,
    duplicate_window: nanos(300_000),
    num_replicas: 1,
  });
}

/** Publishes as Argo's event sources do. */
export async function publishAsArgo(url: string, events: readonly { id: string; subject: string }[]): Promise<void> {
  await using client = await clientOf(url);
  for (const { id, subject } of events) {
    const data_base64 = Buffer.from(JSON.stringify({ id })).toString('base64');
    const envelope = { specversion: '1.0', id, source: 'es', type: 'test', subject, datacontenttype: 'application/json', data_base64 };
    await client.js.publish(`default.es.${subject}`, JSON.stringify({ ...envelope, time: new Date().toISOString() }), { msgID: id });
  }
}

/** Argo's durable for a trigger and dependency, made as its client makes it, and refused as its client refuses it. */
export async function argoConsumer(manager: JetStreamManager, sensor: string, trigger: string, dependency: string): Promise<string> {
  const durable = argoDurable(sensor, trigger, dependency);
  const found = await manager.consumers.info('default', durable).catch(() => undefined);
  if (found) {
    const { deliver_policy, ack_policy, filter_subject } = found.config;
    if (deliver_policy !== DeliverPolicy.New || ack_policy !== AckPolicy.Explicit || filter_subject !== `default.es.${dependency}`)
      throw new Error(`configuration requests otherwise: ${JSON.stringify(found.config)}`);
    return durable;
  }
  await manager.consumers.add('default', {
    durable_name: durable,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.New,
    filter_subject: `default.es.${dependency}`,
    ack_wait: nanos(ackWait),
  });
  return durable;
}

/** What Argo's sensor does on its bus, with triggers that only say what they fire. */
export async function startLittleArgo(
  url: string,
  { sensor, triggers }: { sensor: string; triggers: readonly ArgoTrigger[] },
  fired: (trigger: string, events: Readonly<Record<string, string>>) => void,
): Promise<LittleArgo> {
  const client = await clientOf(url);
  const bucket = await openBucket(client, sensor);
  const life = { stopping: false, crashed: false };
  const loops: Promise<void>[] = [];
  for (const { name: trigger, dependencies } of triggers) {
    let last = Promise.resolve();
    for (const dependency of dependencies) {
      const durable = await argoConsumer(client.manager, sensor, trigger, dependency);
      const consumer = await client.js.consumers.get('default', durable);
      const worked = new Set<number>();
      const work = async (message: JsMsg): Promise<void> => {
        // On a slow machine an acknowledgement can take longer than `ackWait`. Argo would fire again; here it would hide what is tried.
        if (worked.has(message.seq)) return void (await message.ackAck());
        worked.add(message.seq);
        const { id } = message.json<{ id: string }>();
        if (dependencies.length === 1) fired(trigger, { [dependency]: id });
        else {
          const held: Record<string, string> = { [dependency]: id };
          for (const other of dependencies) if (other !== dependency) Object.assign(held, await bucket.get(`${trigger}/${other}`, other));
          if (Object.keys(held).length < dependencies.length)
            await bucket.put(`${trigger}/${dependency}`, {
              StreamSeq: message.seq,
              Timestamp: message.time.toISOString(),
              Event: message.json(),
            });
          else {
            fired(trigger, held);
            for (const one of dependencies) await bucket.remove(`${trigger}/${one}`);
          }
        }
        if (!life.crashed) await message.ackAck();
      };
      loops.push(
        (async () => {
          while (!life.stopping && !life.crashed) {
            const message = await consumer.next({ expires: 1_000 }).catch(() => null);
            if (!message) continue;
            const turn = last.then(() => (life.crashed ? undefined : work(message)));
            last = turn;
            await turn;
          }
        })(),
      );
    }
  }
  const crash = async (): Promise<void> => {
    life.crashed = true;
    await client.nats.close();
    await Promise.allSettled(loops);
  };
  return {
    async stop() {
      life.stopping = true;
      await Promise.allSettled(loops);
      await client.nats.close();
    },
    crash,
    [Symbol.asyncDispose]: crash,
  };
}

type Client = Awaited<ReturnType<typeof clientOf>>;

async function clientOf(url: string) {
  const client = await otherClient({ url });
  return { ...client, js: jetstream(client.nats) };
}

/** Argo's bucket of a sensor, as its client makes it and writes to it. */
async function openBucket({ js, manager }: Client, name: string) {
  const stream = `KV_${name}`;
  await manager.streams.info(stream).catch(() =>
    manager.streams.add({
      name: stream,
      subjects: [`$KV.${name}.>`],
      max_msgs_per_subject: 1,
      allow_rollup_hdrs: true,
      deny_delete: true,
      num_replicas: 1,
    }),
  );
  return {
    async get(key: string, dependency: string): Promise<Record<string, string>> {
      const found = await manager.streams.getMessage(stream, { last_by_subj: `$KV.${name}.${key}` }).catch(() => null);
      if (!found || found.data.length === 0) return {};
      return { [dependency]: found.json<{ Event: { id: string } }>().Event.id };
    },
    async put(key: string, value: object): Promise<void> {
      await js.publish(`$KV.${name}.${key}`, JSON.stringify({ ConsumerSeq: 1, ...value }));
    },
    async remove(key: string): Promise<void> {
      const marker = headers();
      marker.set('KV-Operation', 'DEL');
      await js.publish(`$KV.${name}.${key}`, '', { headers: marker });
    },
  };
}
