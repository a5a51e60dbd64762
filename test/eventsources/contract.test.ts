import { eventSourceKind } from '../../eventsources/kind.ts';
import { eventSources } from '../../eventsources/registry.ts';
import type { KubeObject } from '../../src/core/kube/kube.ts';
import { eventSourceContract, type Fact, type World } from '../contracts/event-source.ts';
import type { TestClock } from '../support/clock.ts';
import { randomNumbers } from '../support/random.ts';
import { amqpWorld } from './amqp/world.ts';
import { calendarWorld } from './calendar/world.ts';
import { CollectionKube } from './collection-kube.ts';
import { emitterWorld } from './emitter/world.ts';
import { fileWorld } from './file/world.ts';
import { mqttWorld } from './mqtt/world.ts';
import { redisWorld } from './redis/world.ts';
import { redisStreamWorld } from './redisStream/world.ts';
import { webhookWorld } from './webhook/world.ts';

type Type = (typeof eventSources)[number]['type'];

/** A type without a world does not compile. */
const worlds: Record<Type, (clock: TestClock) => World | Promise<World>> = {
  resource: resourceWorld,
  calendar: calendarWorld,
  file: fileWorld,
  webhook: webhookWorld,
  redis: redisWorld,
  redisStream: redisStreamWorld,
  mqtt: mqttWorld,
  emitter: emitterWorld,
  amqp: amqpWorld,
};

for (const { type } of eventSources) eventSourceContract(type, worlds[type]);

/** Services that come, change and go, some of them more than once under the same name. */
function resourceWorld(): World {
  const collection = new CollectionKube();
  const random = randomNumbers(3);
  const entry = { version: 'v1', resource: 'services', eventTypes: ['ADD', 'UPDATE', 'DELETE'] };
  const kube = {
    ...collection.kube,
    resource: collection.resource,
    list: collection.list.bind(collection),
    watch: collection.watch.bind(collection),
  };
  return {
    source: eventSourceKind.schema.parse({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'EventSource',
      metadata: { name: 'es', namespace: 'playground' },
      spec: { resource: { services: entry } },
    }),
    deps: { kube },
    remembers: 'states',
    happen() {
      const name = ['a', 'b', 'c', 'd'][Math.floor(random() * 4)]!;
      const object = collection.objects.get(name);
      if (!object) return stateOf(collection.add(name));
      if (random() < 0.5) return stateOf(collection.change(name, {}));
      collection.delete(name);
      return endOf(object);
    },
    read(event) {
      const { type, body } = event.data!.json as unknown as { type: string; body: KubeObject };
      return type === 'DELETE' ? endOf(body) : stateOf(body);
    },
    isLastWord(subject, fact) {
      const object = collection.objects.get(subject);
      return object ? fact === stateOf(object).fact : (fact ?? 'gone').endsWith('gone');
    },
    hang() {
      kube.resource = () => new Promise(() => {});
    },
  };
}

const stateOf = ({ metadata }: KubeObject): Fact => ({ subject: metadata.name, fact: `${metadata.uid} is ${metadata.resourceVersion}` });
const endOf = ({ metadata }: KubeObject): Fact => ({ subject: metadata.name, fact: `${metadata.uid} is gone` });
