import { describe, expect, test } from 'vitest';
import { Clients } from '../../../../src/core/lifecycle/clients.ts';
import { buildEvent } from '../../../support/build-sensor.ts';
import { compiledSensor, findingTexts, prepareFirst } from '../../../support/compile-sensor.ts';
import { type Received, startReceiver } from '../../../support/receiver.ts';
import { accessSecret, kubeWithSecret, secretKey } from '../../../support/secrets.ts';

const posting = (slack: object) => ({ triggers: [{ template: { name: 'tell', slack: { slackToken: secretKey('token'), ...slack } } }] });
const fromData = (dataKey: string, dest: string) => ({ src: { dependencyName: 'dep', dataKey }, dest });
const hello = { channel: '#news', message: 'Hello' };

/** A Slack that gives each message the next timestamp; `answer` may say something else. */
async function startSlack(answer?: (received: Received, count: number) => object | undefined) {
  const receiver = await startReceiver((received, response) => {
    const count = receiver.received.length;
    const { status = 200, headers = {}, ...body } = (answer?.(received, count) ?? { ok: true, ts: `${count}.0` }) as Record<string, never>;
    response.writeHead(status, headers).end(JSON.stringify(body));
  });
  const clients = new Clients();
  const kube = kubeWithSecret({ token: 't0ken' });
  return {
    receiver,
    kube,
    fire: async (block: object, data: object = {}) =>
      (await prepareFirst(posting({ baseURL: `${receiver.url}/api/`, ...block }), buildEvent('e1', { data }), { clients, kube })).fire(),
    messages: () => receiver.received.map(({ body }) => JSON.parse(body)),
    async [Symbol.asyncDispose]() {
      await clients[Symbol.asyncDispose]();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

test('a message is posted with the token of the Secret', async () => {
  await using slack = await startSlack();

  expect(await slack.fire(hello)).toEqual({ summary: 'posted to the channel news' });

  const [received] = slack.receiver.received;
  expect(received).toMatchObject({ method: 'POST', path: '/api/chat.postMessage', headers: { Authorization: 'Bearer t0ken' } });
  expect(slack.messages()).toEqual([{ channel: 'news', text: 'Hello' }]);
});

test('sender, attachments and blocks are handed on, and parameters of the block are obeyed', async () => {
  await using slack = await startSlack();
  const rich = { attachments: '[{"title":"A"}]', blocks: '[{"type":"divider"}]', parameters: [fromData('who', 'message')] };

  await slack.fire({ ...hello, ...rich, sender: { username: 'Bot', icon: ':eyes:' } }, { who: 'joe' });
  await slack.fire({ ...hello, sender: { icon: 'https://a/b.png' } });

  expect(slack.messages()).toEqual([
    {
      channel: 'news',
      text: 'joe',
      attachments: [{ title: 'A' }],
      blocks: [{ type: 'divider' }],
      username: 'Bot',
      icon_emoji: ':eyes:',
    },
    { channel: 'news', text: 'Hello', icon_url: 'https://a/b.png' },
  ]);
});

test('messages with one key go into one thread of their channel, also when they come at once', async () => {
  await using slack = await startSlack();
  const post = (channel: string, key: string) =>
    slack.fire({ channel, message: key, thread: { messageAggregationKey: key, broadcastMessageToChannel: true } });

  await Promise.all([post('news', 'a'), post('news', 'a'), post('news', 'b'), post('talk', 'a')]);
  await post('news', 'a');

  const threads = slack.messages().map(({ channel, text, thread_ts, reply_broadcast }) => [channel, text, thread_ts, reply_broadcast]);
  const begun = threads.filter(([, , thread]) => thread === undefined).map(([channel, key]) => `${channel} ${key}`);
  expect(begun.sort()).toEqual(['news a', 'news b', 'talk a']);
  const first = slack.messages().findIndex(({ channel, text }) => channel === 'news' && text === 'a') + 1;
  expect(threads.filter(([, , thread]) => thread !== undefined)).toEqual([
    ['news', 'a', `${first}.0`, true],
    ['news', 'a', `${first}.0`, true],
  ]);
});

test('a message that fails does not begin a thread, and does not hold up the next', async () => {
  await using slack = await startSlack((_, count) => (count === 1 ? { ok: false, error: 'fatal_error' } : undefined));
  const block = { ...hello, thread: { messageAggregationKey: 'k' } };

  await expect(slack.fire(block)).rejects.toMatchObject({ code: 'REMOTE_RECEIVER' });
  await slack.fire(block);
  await slack.fire(block);

  expect(slack.messages().map(({ thread_ts }) => thread_ts)).toEqual([undefined, undefined, '2.0']);
});

describe('what Slack does not take', () => {
  test.each<[object, object]>([
    [
      { status: 429, headers: { 'retry-after': '30' }, ok: false, error: 'ratelimited' },
      { message: 'HOST refused: ratelimited', retry: { after: 30_000 } },
    ],
    [
      { ok: false, error: 'channel_not_found' },
      { message: 'HOST refused: channel_not_found', retry: 'backoff' },
    ],
    [
      { ok: false, error: 'invalid_blocks_format' },
      { message: 'HOST refused: invalid_blocks_format', retry: 'never' },
    ],
    [{ status: 503 }, { message: 'HOST refused: the answer was 503', retry: 'backoff' }],
    [
      { ok: false, error: 'invalid_auth' },
      { message: 'HOST refused the credentials: invalid_auth', retry: 'backoff' },
    ],
  ])('%j', async (answer, expected) => {
    await using slack = await startSlack(() => answer);

    const { message, retry } = await slack.fire(hello).catch((thrown) => thrown);

    expect({ message: message.replaceAll(slack.receiver.host, 'HOST'), retry }).toEqual(expected);
  });

  test('a token that was mended counts at the next attempt', async () => {
    await using slack = await startSlack(({ headers }) =>
      headers['Authorization'] === 'Bearer right' ? undefined : { ok: false, error: 'invalid_auth' },
    );

    await expect(slack.fire(hello)).rejects.toMatchObject({ code: 'REMOTE_RECEIVER_AUTH' });
    slack.kube.put(accessSecret({ token: 'right' }));
    expect(await slack.fire(hello)).toEqual({ summary: 'posted to the channel news' });
  });
});

describe('nothing is posted', () => {
  test.each<[object, string]>([
    [{ message: 'Hello' }, 'no slack channel provided'],
    [{ channel: '#' }, 'no slack channel provided'],
    [{ channel: 'news' }, 'no text to post: At least one of message/attachments/blocks should be provided'],
    [{ channel: 'news', blocks: '{}' }, 'slack.blocks is no JSON text of a list'],
    [{ channel: 'news', attachments: '[' }, 'slack.attachments is no JSON text of a list'],
    [{ ...hello, baseURL: 'slack.com' }, 'slack.baseURL: "slack.com" is no http or https URL'],
  ])('for %j', async (block, problem) => {
    await expect(prepareFirst(posting(block), buildEvent('e1'))).rejects.toMatchObject({
      code: 'EVENT_RENDERED_INVALID',
      message: `after its parameters the trigger is not valid: ${problem}`,
    });
  });

  test('without a token', () => {
    expect(findingTexts(compiledSensor(posting({ ...hello, slackToken: undefined })).findings)).toEqual([
      "error spec.triggers.0.template.slack.slackToken: slack token can't be empty",
    ]);
  });
});

test('what would be posted is shown', async () => {
  const { summary, rendered } = await prepareFirst(posting({ ...hello, thread: { messageAggregationKey: 'k' } }), buildEvent('e1'));

  expect(summary).toBe('post to the channel news');
  expect(rendered).toEqual({ url: 'https://slack.com/api/chat.postMessage', channel: 'news', text: 'Hello', thread: 'k' });
});
