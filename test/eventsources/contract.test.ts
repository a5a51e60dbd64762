import type { eventSources } from '../../eventsources/registry.ts';
import type { KubeObject } from '../../src/core/kube/kube.ts';
import { eventSourceContract, type Fact, type World } from '../contracts/event-source.ts';
import type { TestClock } from '../support/clock.ts';
import { eventSourceOf } from '../support/event-source.ts';
import { randomNumbers } from '../support/random.ts';
import { amqpWorld } from './amqp/world.ts';
import { calendarWorld } from './calendar/world.ts';
import { CollectionKube } from './collection-kube.ts';
import { emitterWorld } from './emitter/world.ts';
import { fileWorld } from './file/world.ts';
import { genericWorld } from './generic/world.ts';
import { minioWorld } from './minio/world.ts';
import { mqttWorld } from './mqtt/world.ts';
import { nsqWorld } from './nsq/world.ts';
import {
  bitbucketserverWorld,
  bitbucketWorld,
  gerritWorld,
  githubWorld,
  gitlabWorld,
  slackWorld,
  snsWorld,
  storageGridWorld,
  stripeWorld,
} from './provider-worlds.ts';
import { redisWorld } from './redis/world.ts';
import { redisStreamWorld } from './redisStream/world.ts';
import { sqsWorld } from './sqs/world.ts';
import { webhookWorld } from './webhook/world.ts';

type Type = (typeof eventSources)[number]['type'];

/** Those whose server is a real one: see `test/real/eventsources/contract.test.ts`. */
type Elsewhere = 'nats' | 'kafka';

/** A type without a world does not compile. */
const worlds: Record<Exclude<Type, Elsewhere>, (clock: TestClock) => World | Promise<World>> = {
  resource: resourceWorld,
  calendar: calendarWorld,
  file: fileWorld,
  webhook: webhookWorld,
  redis: redisWorld,
  redisStream: redisStreamWorld,
  mqtt: mqttWorld,
  emitter: emitterWorld,
  amqp: amqpWorld,
  nsq: nsqWorld,
  github: githubWorld,
  gitlab: gitlabWorld,
  bitbucket: bitbucketWorld,
  bitbucketserver: bitbucketserverWorld,
  gerrit: gerritWorld,
  slack: slackWorld,
  stripe: stripeWorld,
  storageGrid: storageGridWorld,
  sns: snsWorld,
  generic: genericWorld,
  sqs: sqsWorld,
  minio: minioWorld,
};

for (const [type, world] of Object.entries(worlds)) eventSourceContract(type, world);

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
    source: eventSourceOf({ resource: { services: entry } }),
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
