import { describe, expect, test } from 'vitest';
import { checkRule } from '../../../src/manifests/check.ts';

const secret = { name: 'a', key: 'b' };
const tlsProblem = 'invalid tls config, please configure either caCertSecret, or clientCertSecret and clientKeySecret, or both';

/** What is said of an entry: its errors, with the path below the entry. */
function said(type: string, spec: object): string[] {
  const object = { apiVersion: 'argoproj.io/v1alpha1', kind: 'EventSource', metadata: { name: 'es' }, spec: { [type]: { e: spec } } };
  const findings = checkRule(object as never)!.findings;
  return findings.map(({ severity, path, message }) => `${severity} ${path.slice(3).join('.')}: ${message}`.replace(' : ', ': '));
}

describe("Argo's rules, in Argo's words and order", () => {
  test.each([
    ['nats', {}, ['error url: url must be specified', 'error subject: subject must be specified']],
    ['nats', { url: 'x', subject: 's' }, []],
    ['nats', { url: 'x', subject: 's', queue: '' }, ['error queue: queue group cannot be empty if specified']],
    ['nats', { url: 'x', subject: 's', queue: '', tls: {} }, [`error tls: ${tlsProblem}`]],
    ['kafka', {}, ['error url: url must be specified', 'error topic: topic must be specified']],
    ['kafka', { url: 'x', topic: 't' }, ['error: consumerGroup or partition must be specified']],
    ['kafka', { url: 'x', topic: 't', partition: '0', tls: { insecureSkipVerify: true }, sasl: { mechanism: 'x' } }, []],
    [
      'kafka',
      { url: 'x', topic: 't', partition: '0', sasl: {} },
      ['error sasl: invalid sasl config, both userSecret and passwordSecret must be defined'],
    ],
    ['kafka', { url: 'x', topic: 't', partition: '0', awsMskIamAuth: {} }, ['error awsMskIamAuth: awsMskIamAuth.region must be specified']],
    ['amqp', {}, ['error: either url or urlSecret must be specified']],
    ['amqp', { url: 'x', urlSecret: secret }, ['error urlSecret: only one of url or urlSecret can be specified']],
    ['amqp', { url: 'x' }, ['error: routing key must be specified']],
    ['amqp', { url: 'x', routingKey: 'r' }, ['error: exchange type must be specified']],
    ['amqp', { url: 'x', routingKey: 'r', exchangeType: 't', auth: { username: secret } }, ['error auth: password missing']],
    ['amqp', { url: 'x', routingKey: 'r', exchangeType: 't', auth: {}, tls: { enabled: true } }, []],
    [
      'mqtt',
      {},
      ['error url: url must be specified', 'error topic: topic must be specified', 'error clientId: client id must be specified'],
    ],
    ['mqtt', { url: 'x', topic: 't', clientId: 'c', auth: { password: secret } }, ['error auth: username missing']],
    ['mqtt', { url: 'x', topic: 't', clientId: 'c', tls: {} }, [`error tls: ${tlsProblem}`]],
    ['redis', {}, ['error hostAddress: host address must be specified', 'error channels: channel/s must be specified']],
    ['redis', { hostAddress: 'h', channels: [] }, ['error channels: channel/s must be specified']],
    [
      'redis',
      { hostAddress: 'h', channels: ['c'], password: secret },
      ['error password: namespace must be defined in order to retrieve the password from the secret'],
    ],
    ['redis', { hostAddress: 'h', channels: ['c'], tls: {} }, [`error tls: ${tlsProblem}`]],
    ['redisStream', {}, ['error hostAddress: host address must be specified', 'error streams: stream/streams must be specified']],
    ['redisStream', { hostAddress: 'h', streams: ['s'], tls: {} }, [`error tls: ${tlsProblem}`]],
    [
      'nsq',
      {},
      [
        'error hostAddress: host address must be specified',
        'error topic: topic must be specified',
        'error channel: channel must be specified',
      ],
    ],
    ['nsq', { hostAddress: 'h', topic: 't', channel: 'c', tls: {} }, [`error tls: ${tlsProblem}`]],
    [
      'emitter',
      {},
      [
        'error broker: broker url must be specified',
        'error channelName: channel name must be specified',
        'error channelKey: channel key secret selector must be specified',
      ],
    ],
    ['emitter', { broker: 'b', channelName: 'c', channelKey: 'k', tls: {} }, [`error tls: ${tlsProblem}`]],
  ])('%s %j', (type, spec, expected) => {
    expect(said(type, spec)).toEqual(expected);
  });
});

describe('what Argo finds only when it runs, or takes and we do not have', () => {
  test.each([
    ['nats', { url: 'http://x', subject: 's' }, ['error url: "http://x" is no URL of a NATS server']],
    [
      'nats',
      { url: 'x', subject: 's', queue: 'q', jetstream: {} },
      ['error queue: a queue group and jetstream do not go together: the durable consumer shares the messages out'],
    ],
    ['kafka', { url: 'x', topic: 't', partition: 'first' }, ['error partition: "first" is no number of a partition']],
    [
      'kafka',
      { url: 'x', topic: 't', partition: '0', schemaRegistry: { url: 'http://r' } },
      ['error schemaRegistry: schemaRegistry is not supported: we do not read Avro: take the bytes (without jsonBody), or have JSON sent'],
    ],
    [
      'kafka',
      { url: 'x', topic: 't', partition: '0', awsMskIamAuth: { region: 'eu-west-1' } },
      ['error awsMskIamAuth: awsMskIamAuth is not supported: it needs an account at Amazon: MSK also takes `sasl` with SCRAM-SHA-512'],
    ],
    [
      'kafka',
      { url: 'x', topic: 't', partition: '0', config: 'consumer: {}' },
      ['warning config: config is for the client library of Argo, and is not read'],
    ],
    [
      'amqp',
      { url: 'x', routingKey: 'r', exchangeType: 't', queueDeclare: { arguments: '- a' } },
      ['error queueDeclare.arguments: the arguments of a queue are YAML of the form "name: value"'],
    ],
    ['mqtt', { url: 'x', topic: 't', clientId: 'c', qos: 2 }, ['error qos: qos must be 0 or 1']],
    [
      'mqtt',
      { url: 'x', topic: 't', clientId: 'c', filter: { expression: 'body.n >' } },
      [expect.stringContaining('error filter.expression: expression:')],
    ],
  ])('%s %j', (type, spec, expected) => {
    expect(said(type, spec)).toEqual(expected);
  });
});
