import { shownSecureValue } from '../../../src/core/access/secure-header.ts';
import type { Json } from '../../../src/core/json/json.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { type Pieces, piecemeal } from '../../../src/core/time/pieces.ts';
import { type Block, compileBlock } from '../parameters/block.ts';
import { compilePayload, type Payload } from '../parameters/payload.ts';
import type { Firing } from '../trigger.ts';
import { check } from './check.ts';
import { type KafkaSpec, kafkaSpec } from './spec.ts';

export type Ready = Block<{ readonly spec: KafkaSpec; readonly payload: Payload }>;

/** What a firing would write. What is in Secrets is not in it: that is read when it is sent. */
export interface Rendered {
  readonly spec: KafkaSpec;
  readonly value: string;
}

export function compile(spec: KafkaSpec, clock: Clock): Ready {
  const make = (read: KafkaSpec) => ({ spec: read, payload: compilePayload(read.payload, { clock }) });
  return compileBlock(spec, { schema: kafkaSpec, check: (read) => check(read, []), make }, clock);
}

/** Throws EngineError EVENT_*. */
export const render = piecemeal(function* (ready: Ready, _loaded: Json | undefined, { events }: Firing): Pieces<Rendered> {
  const { spec, payload } = yield* ready.pieces(events);
  return { spec, value: (yield* payload.pieces(events)) ?? '' };
});

export const describe = ({ spec: { topic, url } }: Rendered): string => `write to the topic ${topic} at ${url}`;

export function show({ spec: { url, topic, partitioningKey: key, partition, headers = {}, secureHeaders = [] }, value }: Rendered): Json {
  const secure = Object.fromEntries(secureHeaders.map((header) => [header.name ?? '', shownSecureValue(header)]));
  return {
    url,
    topic,
    ...(key === undefined ? {} : { key }),
    ...(partition === undefined ? {} : { partition }),
    headers: { ...headers, ...secure },
    value,
  };
}
