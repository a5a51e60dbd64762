import { resource } from './resource/index.ts';

/** Every event source that is built. Schema, checks, docs and the runner follow from this list. */
export const eventSources = [resource] as const;

/** The other types that an Argo EventSource may hold: read, and refused with a sentence. */
export const notBuiltYet = [
  'webhook',
  'calendar',
  'file',
  'sftp',
  'kafka',
  'nats',
  'amqp',
  'mqtt',
  'redis',
  'redisStream',
  'nsq',
  'pulsar',
  'emitter',
  'generic',
  'sns',
  'sqs',
  'pubSub',
  'github',
  'gitlab',
  'bitbucket',
  'bitbucketserver',
  'gerrit',
  'slack',
  'stripe',
  'minio',
  'storageGrid',
  'hdfs',
  'azureEventsHub',
  'azureQueueStorage',
  'azureServiceBus',
  'mns',
] as const;
