import { unsupported } from '../../../eventsources/registry.ts';
import { unsupportedTriggers } from '../../../sensors/triggers/registry.ts';
import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';
import { calledTypes, repeatedIn, templatesOf } from './rules.ts';

const parts = ['argo/validation'];

/** What is refused as a whole, or taken as a whole, whatever Argo says of what stands in it. */
export const wholeDifferences: readonly Difference[] = [
  {
    parts,
    when: ({ bus, kind, spec }) => bus === 'nats' || (kind === 'EventBus' && isWholeNats(spec.nats)),
    expected: () => ({ error: 'a bus on NATS Streaming is not supported: its makers ended it in 2023, for JetStream' }),
    because: '10.1, 10.3: NATS Streaming, which its makers gave up, is refused as a whole',
  },
  {
    parts,
    when: ({ kind, spec }) => kind === 'EventBus' && spec.kafka?.url,
    expected: () => ({
      error:
        'a bus on Kafka is not supported: it keeps no state and no order for each object; an event source and a trigger of type kafka are there',
    }),
    because: '10.3: a bus on Kafka is refused as a whole',
  },
  {
    parts,
    when: (one) => foreignSource(one) !== undefined,
    expected: (one) => {
      const type = foreignSource(one)!;
      return { error: `the event source type ${type} is not supported: ${unsupported[type]}` };
    },
    because: '10.2: a type that cannot run here is refused as a whole, whatever stands in it',
  },
  {
    parts,
    when: (one) => foreignTrigger(one) !== undefined,
    expected: (one) => {
      const type = foreignTrigger(one)!;
      return { error: `the trigger type \`${type}\` is not supported: ${unsupportedTriggers[type]}` };
    },
    because: '10.1: a type that cannot run here is refused as a whole, whatever stands in it',
  },
  {
    parts,
    when: ({ kind, spec }) =>
      kind === 'EventSource' && onePodTypes.some((type) => type in spec) && manyPodTypes.some((type) => type in spec),
    expected: ({ spec }) => {
      const name = repeatedIn([...onePodTypes, ...manyPodTypes].flatMap((type) => Object.keys(spec[type] ?? {})));
      return { error: name === undefined ? null : `more than one "${name}" found in the spec` };
    },
    because: '10.2: types may stand together as they like: each entry that needs one owner has its own, whatever process it is in',
  },
];

const isWholeNats = (nats: Case | undefined): boolean =>
  (nats?.['native'] && !nats['exotic']) || (!nats?.['native'] && nats?.['exotic']?.clusterID && nats['exotic'].url);

const foreignSource = ({ kind, spec }: Case): keyof typeof unsupported | undefined =>
  kind === 'EventSource' ? keysOf(unsupported).find((type) => type in spec) : undefined;

const foreignTrigger = (one: Case): keyof typeof unsupportedTriggers | undefined =>
  keysOf(unsupportedTriggers).find((type) => templatesOf(one).some((template) => type in template));

/** Those that Argo runs in one process at a time, and those that it runs in every replica. */
const onePodTypes = 'amqp calendar emitter file generic kafka minio mqtt nats nsq redis redisStream resource'.split(' ');
const manyPodTypes = [...calledTypes, 'webhook', 'sqs'];

const keysOf = <T extends object>(object: T): (keyof T)[] => Object.keys(object) as (keyof T)[];
