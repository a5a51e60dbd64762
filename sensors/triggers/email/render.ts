import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { Json } from '../../../src/core/json/json.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { type Pieces, piecemeal } from '../../../src/core/time/pieces.ts';
import { type Block, compileBlock } from '../parameters/block.ts';
import type { Firing } from '../trigger.ts';
import { check } from './check.ts';
import { type EmailSpec, emailSpec } from './spec.ts';

export type Ready = Block<EmailSpec>;

/** What a firing would send: the same mail to each address. */
export interface Rendered {
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
  readonly password: EmailSpec['smtpPassword'];
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

export const compile = (spec: EmailSpec, clock: Clock): Ready =>
  compileBlock(spec, { schema: emailSpec, check: (read) => check(read, []), make: (read) => read }, clock);

/** Throws EngineError EVENT_*. */
export const render = piecemeal(function* (ready: Ready, _loaded: Json | undefined, { events }: Firing): Pieces<Rendered> {
  const { host, port, username, smtpPassword, from, to = [], subject = '', body = '' } = yield* ready.pieces(events);
  const sender = from || username || '';
  if (to.length === 0) throw invalid('email.to: there is no address');
  const wrong = [sender, ...to].find((address) => !isAddress(address));
  if (wrong !== undefined) throw invalid(`"${wrong}" is no mail address`);
  return {
    host,
    port: port || 587,
    user: username || undefined,
    password: smtpPassword,
    from: sender,
    to: [...new Set(to)],
    subject,
    text: body,
  };
});

/** `name@host`, alone or as in `A Name <name@host>`; whether it is right, only its server knows. */
const isAddress = (text: string): boolean => /^(?:[^<>\r\n]*<)?[^\s<>@,;]+@[^\s<>@,;]+>?$/.test(text);

const invalid = (problem: string): EngineError => new EngineError('EVENT_RENDERED_INVALID', { problem });

export const describe = ({ to, host }: Rendered): string => `send a mail to ${to.join(', ')} by ${host}`;
