import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { Json, JsonObject } from '../../../src/core/json/json.ts';
import { parseJson } from '../../../src/core/json/parse.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { type Pieces, piecemeal } from '../../../src/core/time/pieces.ts';
import { type Block, compileBlock } from '../parameters/block.ts';
import type { Firing } from '../trigger.ts';
import { check } from './check.ts';
import { type SlackSpec, slackSpec } from './spec.ts';

export type Ready = Block<SlackSpec>;

/** What a firing would post. */
export interface Rendered {
  /** Of `chat.postMessage`, without a thread. */
  readonly url: string;
  readonly token: SlackSpec['slackToken'];
  readonly message: JsonObject & { readonly channel: string };
  readonly threadKey: string | undefined;
  /** Messages in the thread are shown in the channel too. */
  readonly broadcast: boolean;
}

export const compile = (spec: SlackSpec, clock: Clock): Ready =>
  compileBlock(spec, { schema: slackSpec, check: (read) => check(read, []), make: (read) => read }, clock);

/** Throws EngineError EVENT_*. */
export const render = piecemeal(function* (ready: Ready, _loaded: Json | undefined, { events }: Firing): Pieces<Rendered> {
  const spec = yield* ready.pieces(events);
  const { channel = '', message, attachments, blocks, thread, sender, slackToken, baseURL = 'https://slack.com/api' } = spec;
  const name = channel.replace(/^#/, '');
  if (name === '') throw invalid('no slack channel provided');
  if (!message && !attachments && !blocks) throw invalid('no text to post: At least one of message/attachments/blocks should be provided');
  const url = `${baseURL.replace(/\/+$/, '')}/chat.postMessage`;
  if (!/^https?:/.test(url) || !URL.canParse(url)) throw invalid(`slack.baseURL: "${baseURL}" is no http or https URL`);
  return {
    url,
    token: slackToken,
    message: {
      channel: name,
      ...(message ? { text: message } : {}),
      ...(attachments ? { attachments: list('attachments', attachments) } : {}),
      ...(blocks ? { blocks: list('blocks', blocks) } : {}),
      ...(sender?.username ? { username: sender.username } : {}),
      ...(sender?.icon ? iconOf(sender.icon) : {}),
    },
    threadKey: thread?.messageAggregationKey || undefined,
    broadcast: thread?.broadcastMessageToChannel === true,
  };
});

function list(field: string, text: string): Json {
  let value: Json | undefined;
  try {
    value = parseJson(text);
  } catch {}
  if (!Array.isArray(value)) throw invalid(`slack.${field} is no JSON text of a list`);
  return value;
}

const iconOf = (icon: string): JsonObject => (/^:[^:\s]+:$/.test(icon) ? { icon_emoji: icon } : { icon_url: icon });

const invalid = (problem: string): EngineError => new EngineError('EVENT_RENDERED_INVALID', { problem });

export const describe = ({ message: { channel } }: Rendered): string => `post to the channel ${channel}`;

export const show = ({ url, message, threadKey }: Rendered): Json => ({ url, ...message, ...(threadKey ? { thread: threadKey } : {}) });
