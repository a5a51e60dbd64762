import { createHmac } from 'node:crypto';
import type { Fact, World } from '../contracts/event-source.ts';
import type { TestClock } from '../support/clock.ts';
import { calledWorld } from './called-world.ts';

const hook = { endpoint: '/hook', port: '12000', method: 'POST' };
const secret = { name: 's', key: 'k' };

export const hmac = (algorithm: string, text: string): string => createHmac(algorithm, 'secret').update(text).digest('hex');

interface BodyOf {
  readonly body: Fact;
}
const bodyOf = ({ body: { subject, fact } }: BodyOf): Fact => ({ subject, fact });

export const githubWorld = (): World =>
  calledWorld({
    type: 'github',
    entry: { webhook: hook, organizations: ['o'], events: ['push'], webhookSecret: secret },
    request(fact) {
      const body = JSON.stringify(fact);
      return { body, headers: { 'x-github-delivery': fact.fact, 'x-hub-signature-256': `sha256=${hmac('sha256', body)}` } };
    },
    read: bodyOf,
  });

export const gitlabWorld = (): World =>
  calledWorld({
    type: 'gitlab',
    entry: { webhook: hook, events: ['PushEvents'], gitlabBaseURL: 'https://gitlab.test', accessToken: secret, secretToken: secret },
    request: (fact) => ({ body: JSON.stringify(fact), headers: { 'x-gitlab-token': 'secret', 'x-gitlab-event-uuid': fact.fact } }),
    read: bodyOf,
  });

export const bitbucketWorld = (): World =>
  calledWorld({
    type: 'bitbucket',
    entry: { webhook: hook, repositories: [{ owner: 'o', repositorySlug: 's' }], events: ['repo:push'], webhookSecret: secret },
    request(fact) {
      const body = JSON.stringify(fact);
      return { body, headers: { 'x-request-uuid': fact.fact, 'x-hub-signature': `sha256=${hmac('sha256', body)}` } };
    },
    read: bodyOf,
  });

export const bitbucketserverWorld = (): World =>
  calledWorld({
    type: 'bitbucketserver',
    entry: { webhook: hook, bitbucketserverBaseURL: 'https://bitbucket.test/rest', events: ['pr:opened'], webhookSecret: secret },
    request(fact) {
      const body = JSON.stringify(fact);
      return { body, headers: { 'x-request-id': fact.fact, 'x-hub-signature': `sha256=${hmac('sha256', body)}` } };
    },
    read: bodyOf,
  });

export const gerritWorld = (): World =>
  calledWorld({
    type: 'gerrit',
    entry: { webhook: { ...hook, authSecret: secret }, projects: ['p'], events: ['change-merged'], gerritBaseURL: 'https://gerrit.test' },
    request: (fact) => ({ body: JSON.stringify({ ...fact, eventCreatedOn: 1 }), headers: { authorization: 'Bearer secret' } }),
    read: bodyOf,
  });

export const stripeWorld = (clock: TestClock): World =>
  calledWorld({
    type: 'stripe',
    entry: { webhook: hook, signingSecret: secret },
    request(fact) {
      const body = JSON.stringify({ id: fact.fact, ...fact });
      const time = Math.floor(clock.now() / 1000);
      return { body, headers: { 'stripe-signature': `t=${time},v1=${hmac('sha256', `${time}.${body}`)}` } };
    },
    read: ({ event: { subject, fact } }: { event: Fact }) => ({ subject, fact }),
  });

export const slackWorld = (clock: TestClock): World =>
  calledWorld({
    type: 'slack',
    entry: { webhook: hook, token: secret, signingSecret: secret },
    request(fact) {
      const body = JSON.stringify({ token: 'secret', type: 'event_callback', event_id: fact.fact, event: fact });
      const time = `${Math.floor(clock.now() / 1000)}`;
      return { body, headers: { 'x-slack-request-timestamp': time, 'x-slack-signature': `v0=${hmac('sha256', `v0:${time}:${body}`)}` } };
    },
    read: ({ subject, fact }: Fact) => ({ subject, fact }),
  });

export const storageGridWorld = (): World =>
  calledWorld({
    type: 'storageGrid',
    entry: { webhook: hook, topicArn: 'urn:t', apiURL: 'https://grid.test', authToken: secret, bucket: 'b', events: ['ObjectCreated:*'] },
    request(fact) {
      const message = { Records: [{ ...fact, eventTime: '2026-07-18T12:00:00Z' }] };
      return { body: new URLSearchParams({ Action: 'Publish', Message: JSON.stringify(message) }).toString() };
    },
    read: ({ notification }: { notification: { Message: { Records: Fact[] } } }) => {
      const { subject, fact } = notification.Message.Records[0]!;
      return { subject, fact };
    },
  });

export const snsWorld = (): World =>
  calledWorld({
    type: 'sns',
    entry: { webhook: { ...hook, authSecret: secret }, topicArn: 'arn:t', region: 'eu-west-1', validateSignature: false },
    request: (fact) => ({
      body: JSON.stringify({ Type: 'Notification', MessageId: fact.fact, TopicArn: 'arn:t', Message: JSON.stringify(fact) }),
      headers: { authorization: 'Bearer secret' },
    }),
    read: ({ body }: { body: { Message: string } }) => JSON.parse(body.Message) as Fact,
  });
