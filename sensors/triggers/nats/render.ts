import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { Json } from '../../../src/core/json/json.ts';
import { hideCredentials } from '../../../src/core/nats/servers.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { type Pieces, piecemeal } from '../../../src/core/time/pieces.ts';
import { type Block, compileBlock } from '../parameters/block.ts';
import { compilePayload, type Payload } from '../parameters/payload.ts';
import type { Firing } from '../trigger.ts';
import { check } from './check.ts';
import { type NatsSpec, natsSpec } from './spec.ts';

export type Ready = Block<{ readonly spec: NatsSpec; readonly payload: Payload }>;

/** What a firing would publish. */
export interface Rendered extends Pick<NatsSpec, 'url' | 'subject' | 'auth' | 'tls'> {
  readonly body: string;
  readonly jetstream: boolean;
}

export function compile(spec: NatsSpec, clock: Clock): Ready {
  const make = (read: NatsSpec) => ({ spec: read, payload: compilePayload(read.payload, { clock }) });
  return compileBlock(spec, { schema: natsSpec, check: (read) => check(read, []), make }, clock);
}

/** Throws EngineError EVENT_*. */
export const render = piecemeal(function* (ready: Ready, _loaded: Json | undefined, { events }: Firing): Pieces<Rendered> {
  const { spec, payload } = yield* ready.pieces(events);
  const { url, subject, auth, tls, jetstream = false } = spec;
  if (!isSubject(subject))
    throw new EngineError('EVENT_RENDERED_INVALID', { problem: `nats.subject: "${subject}" is no subject to publish on` });
  return { url, subject, auth, tls, jetstream, body: (yield* payload.pieces(events)) ?? '' };
});

/** Words joined by dots, without the wildcards of subscriptions. */
const isSubject = (text: string): boolean => /^[^\s.]+(?:\.[^\s.]+)*$/.test(text) && !/(?:^|\.)[*>](?:\.|$)/.test(text);

export const describe = ({ subject, url }: Rendered): string => `publish on ${subject} at ${hideCredentials(url)}`;
