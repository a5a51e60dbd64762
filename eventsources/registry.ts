import { amqp } from './amqp/index.ts';
import { bitbucket } from './bitbucket/index.ts';
import { bitbucketserver } from './bitbucketserver/index.ts';
import { calendar } from './calendar/index.ts';
import { emitter } from './emitter/index.ts';
import { file } from './file/index.ts';
import { generic } from './generic/index.ts';
import { gerrit } from './gerrit/index.ts';
import { github } from './github/index.ts';
import { gitlab } from './gitlab/index.ts';
import { kafka } from './kafka/index.ts';
import { minio } from './minio/index.ts';
import { mqtt } from './mqtt/index.ts';
import { nats } from './nats/index.ts';
import { nsq } from './nsq/index.ts';
import { redis } from './redis/index.ts';
import { redisStream } from './redisStream/index.ts';
import { resource } from './resource/index.ts';
import { slack } from './slack/index.ts';
import { sns } from './sns/index.ts';
import { sqs } from './sqs/index.ts';
import { storageGrid } from './storageGrid/index.ts';
import { stripe } from './stripe/index.ts';
import { webhook } from './webhook/index.ts';

/** Every event source that is built. Schema, checks, docs and the runner follow from this list. */
export const eventSources = [
  resource,
  webhook,
  calendar,
  file,
  redis,
  redisStream,
  mqtt,
  emitter,
  amqp,
  nats,
  kafka,
  nsq,
  github,
  gitlab,
  bitbucket,
  bitbucketserver,
  gerrit,
  slack,
  stripe,
  storageGrid,
  sns,
  generic,
  sqs,
  minio,
] as const;

/** The types of Argo Events that are read and refused for good: why, and what serves instead. */
export const unsupported = {
  sftp: 'mount the folder and use `file`, or post to a `webhook` when a file has come',
  pulsar: 'there is no client of Pulsar for Node without native code: let a Pulsar function post to a `webhook`',
  pubSub: 'it needs an account at Google: make a push subscription that posts to a `webhook`',
  hdfs: 'there is no kept client of HDFS for Node: let a job post to a `webhook` when a file has come',
  azureEventsHub: 'it needs an account at Microsoft: Event Hubs also speaks Kafka, so use `kafka`',
  azureQueueStorage: 'it needs an account at Microsoft: let an Event Grid subscription post to a `webhook`',
  azureServiceBus:
    'it needs an account at Microsoft: Service Bus also speaks AMQP 1.0 and Event Grid; let a subscription post to a `webhook`',
  mns: 'it needs an account at Alibaba: make an HTTP subscription of a topic that posts to a `webhook`',
} as const;
