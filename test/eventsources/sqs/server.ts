import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TestClock } from '../../support/clock.ts';
import { serve } from '../../support/http-server.ts';

interface Held {
  readonly MessageId: string;
  readonly Body: string;
  readonly MessageAttributes?: object;
  readonly Attributes: Record<string, string>;
  receipt: string;
  visibleAt: number;
}

interface Input {
  readonly MaxNumberOfMessages: number;
  readonly VisibilityTimeout: number;
  readonly ReceiptHandle: string;
  readonly Entries: readonly { readonly ReceiptHandle: string; readonly VisibilityTimeout: number }[];
}

/** What SQS does with one queue, "orders", as far as a reader sees it: messages that were handed out are hidden for a while. */
export async function sqsServer(clock: TestClock) {
  const queue: Held[] = [];
  const calls: { action: string; input: Record<string, unknown>; headers: IncomingMessage['headers'] }[] = [];
  let count = 0;
  let isSilent = false;
  const refusals: { action: string; type: string; message: string }[] = [];

  const answers: Record<string, (input: Input) => object> = {
    GetQueueUrl: () => ({ QueueUrl: 'http://elsewhere/orders' }),
    ReceiveMessage({ MaxNumberOfMessages, VisibilityTimeout }) {
      const visible = queue.filter(({ visibleAt }) => visibleAt <= clock.now()).slice(0, MaxNumberOfMessages);
      for (const message of visible) {
        message.receipt = `receipt-${++count}`;
        message.visibleAt = clock.now() + VisibilityTimeout * 1000;
      }
      return visible.length === 0
        ? {}
        : { Messages: visible.map(({ receipt, visibleAt: _, ...message }) => ({ ...message, ReceiptHandle: receipt })) };
    },
    DeleteMessage({ ReceiptHandle }) {
      const index = queue.findIndex(({ receipt }) => receipt === ReceiptHandle);
      if (index >= 0) queue.splice(index, 1);
      return {};
    },
    ChangeMessageVisibilityBatch({ Entries }) {
      for (const { ReceiptHandle, VisibilityTimeout } of Entries) {
        const message = queue.find(({ receipt }) => receipt === ReceiptHandle);
        if (message) message.visibleAt = clock.now() + VisibilityTimeout * 1000;
      }
      return {};
    },
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = '';
    for await (const chunk of request) text += chunk;
    if (isSilent) return;
    if (text.startsWith('Action=AssumeRole')) {
      calls.push({ action: 'AssumeRole', input: Object.fromEntries(new URLSearchParams(text)), headers: request.headers });
      const until = new Date(clock.now() + 3_600_000).toISOString();
      const keys = '<AccessKeyId>role</AccessKeyId><SecretAccessKey>its secret</SecretAccessKey><SessionToken>its token</SessionToken>';
      return void response.end(
        `<AssumeRoleResponse><Credentials>${keys}<Expiration>${until}</Expiration></Credentials></AssumeRoleResponse>`,
      );
    }
    const action = `${request.headers['x-amz-target']}`.split('.')[1]!;
    calls.push({ action, input: JSON.parse(text), headers: request.headers });
    const refusal = refusals.find((one) => one.action === action);
    if (refusal) {
      refusals.splice(refusals.indexOf(refusal), 1);
      const { type, message } = refusal;
      return void response.writeHead(400).end(JSON.stringify({ __type: `com.amazonaws.sqs#${type}`, message }));
    }
    // A short wait for messages, in turns of the process.
    if (action === 'ReceiveMessage') for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    response.end(JSON.stringify(answers[action]!(JSON.parse(text))));
  };

  const server = await serve((request, response) => void answer(request, response));
  return {
    ...server,
    queue,
    calls,
    refusals,
    send(Body: string, more: { MessageAttributes?: object; Attributes?: Record<string, string> } = {}): string {
      const MessageId = `id-${++count}`;
      queue.push({ MessageId, Body, Attributes: {}, ...more, receipt: '', visibleAt: 0 });
      return MessageId;
    },
    hang() {
      isSilent = true;
    },
  };
}
