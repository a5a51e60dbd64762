import { afterAll, beforeAll, expect, test } from 'vitest';
import { definitionOf, type TriggerType, triggers } from '../../../sensors/triggers/registry.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { type TriggerWorld, triggerContract } from '../../contracts/trigger.ts';
import { clientsOf } from '../../support/clients-of.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { type Receiver, startReceiver } from '../../support/receiver.ts';
import { record } from '../../support/record.ts';
import { kubeWithSecret, secretKey } from '../../support/secrets.ts';

let receiver: Receiver;
let worldsMade = 0;

beforeAll(async () => {
  // What Slack answers; the others do not look at it.
  receiver = await startReceiver((_, response) => void response.end('{"ok":true,"ts":"1.1"}'));
});
afterAll(() => receiver[Symbol.asyncDispose]());

const worlds: Record<TriggerType, () => TriggerWorld> = {
  k8s: kubernetes,
  argoWorkflow,
  http,
  kafka,
  nats,
  slack,
  custom,
  log,
  email,
  tekton,
};

for (const { type } of triggers) triggerContract(definitionOf(type), worlds[type]);

test('every trigger has a world, and no world is left over', () => {
  expect(Object.keys(worlds)).toEqual(triggers.map(({ type }) => type));
});

function kubernetes(): TriggerWorld {
  const kube = memoryKube();
  const there = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'there', namespace: 'playground' }, data: { log: 'a' } };
  kube.put(there as KubeObject);
  const fresh = { ...there, metadata: { name: 'fresh' } };
  const append = [{ src: { dependencyName: 'dep', value: 'b' }, dest: 'data.log', operation: 'append' }];
  return {
    context: { kube },
    blocks: [
      { block: { source: { resource: fresh } }, would: 'create ConfigMap playground/fresh' },
      {
        block: { source: { resource: { ...there, metadata: { generateName: 'run-' } } } },
        would: 'create ConfigMap playground/run-9bef76b4ec',
      },
      { block: { operation: 'update', source: { resource: there } }, would: 'update ConfigMap playground/there' },
      { block: { operation: 'update', source: { resource: fresh } }, would: 'update ConfigMap playground/fresh' },
      {
        block: { operation: 'update', liveObject: true, source: { resource: there }, parameters: append },
        would: 'update ConfigMap playground/there',
      },
      { block: { operation: 'patch', source: { resource: fresh } }, would: 'patch ConfigMap playground/fresh' },
      { block: { operation: 'apply', source: { resource: fresh } }, would: 'apply ConfigMap playground/fresh' },
      { block: { operation: 'delete', source: { resource: there } }, would: 'delete ConfigMap playground/there' },
    ],
    effects: () => [...kube.objects].map(([path, object]) => [path, { ...object, metadata: { ...object.metadata, resourceVersion: '' } }]),
  };
}

function argoWorkflow(): TriggerWorld {
  const kube = memoryKube();
  const workflow = (metadata: object, rest: object = {}) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata, ...rest });
  const running = { status: { phase: 'Running', nodes: { a: { type: 'Suspend', phase: 'Running' } } } };
  kube.put(workflow({ name: 'old', namespace: 'playground' }, { spec: { suspend: true }, ...running }) as KubeObject);
  kube.put({ ...workflow({ name: 'nightly', namespace: 'playground', uid: 'u' }), kind: 'CronWorkflow', spec: {} } as KubeObject);
  const from = (kind: string, name: string) => ({ operation: 'submit-from', source: { resource: { kind, metadata: { name } } } });
  const act = (operation: string) => ({ operation, source: { resource: workflow({ name: 'old' }) } });
  return {
    context: { kube },
    blocks: [
      { block: { operation: 'submit', source: { resource: workflow({ name: 'a' }) } }, would: 'submit Workflow playground/a' },
      { block: from('WorkflowTemplate', 'build'), would: 'submit Workflow playground/build-f57412acfc from WorkflowTemplate build' },
      { block: from('ClusterWorkflowTemplate', 'b'), would: 'submit Workflow playground/b-6ff7c65315 from ClusterWorkflowTemplate b' },
      { block: from('CronWorkflow', 'nightly'), would: 'submit from CronWorkflow playground/nightly' },
      { block: act('resubmit'), would: 'resubmit Workflow playground/old' },
      { block: act('suspend'), would: 'suspend Workflow playground/old' },
      { block: act('resume'), would: 'resume Workflow playground/old' },
      { block: act('stop'), would: 'stop Workflow playground/old' },
      { block: act('terminate'), would: 'terminate Workflow playground/old' },
    ],
    effects: () => [...kube.objects].map(([path, object]) => [path, { ...object, metadata: { ...object.metadata, resourceVersion: '' } }]),
  };
}

function http(): TriggerWorld {
  const url = `${receiver?.url}/${worldsMade++}`;
  const kept = () => receiver.received.filter(({ path }) => path.startsWith(new URL(url).pathname));
  return {
    context: {},
    blocks: [
      { block: { url: `${url}/a` }, would: `POST ${url}/a` },
      {
        block: { url: `${url}/b?key=hidden`, method: 'PUT', payload: [{ src: { dependencyName: 'dep', value: 'x' }, dest: 'y' }] },
        would: `PUT ${url}/b`,
      },
    ],
    // What a target that minds the key would have kept.
    effects: () => [...new Set(kept().map(({ headers }) => headers['Idempotency-Key']))],
  };
}

function kafka(): TriggerWorld {
  const written: unknown[] = [];
  const publisher = { publish: async (message: unknown) => void written.push(message) };
  const payload = [{ src: { dependencyName: 'dep', value: 'x' }, dest: 'y' }];
  return {
    context: { clients: clientsOf(publisher) },
    blocks: [{ block: { url: 'a:9092,b:9092', topic: 'things', payload }, would: 'write to the topic things at a:9092,b:9092' }],
    effects: () => written.length,
    repeatsBecause: 'Kafka keeps what it is sent, and knows no ids of firings',
  };
}

function nats(): TriggerWorld {
  const stored = new Set<string>();
  const publisher = {
    async store(subject: string, body: string, id: string) {
      stored.add(`${id} ${subject} ${body}`);
      return { stream: 'S', sequence: 1, duplicate: false };
    },
  };
  const url = 'nats://joe:hidden@127.0.0.1';
  const payload = [{ src: { dependencyName: 'dep', value: 'x' }, dest: 'y' }];
  return {
    context: { clients: clientsOf(publisher) },
    blocks: [{ block: { url, subject: 'a.b', payload, jetstream: true }, would: 'publish on a.b at nats://127.0.0.1' }],
    effects: () => [...stored],
  };
}

function slack(): TriggerWorld {
  const path = `/slack/${worldsMade++}`;
  const posted = () => receiver.received.filter((one) => one.path.startsWith(path));
  const block = { slackToken: secretKey('token'), channel: '#news', message: 'Hello', baseURL: `${receiver?.url}${path}` };
  return {
    context: { kube: kubeWithSecret({ token: 't0ken' }) },
    blocks: [{ block, would: 'post to the channel news' }],
    effects: () => posted().length,
    repeatsBecause: 'Slack keeps every message that it is sent',
  };
}

function custom(): TriggerWorld {
  const done = new Set<string>();
  const server = {
    fetchResource: async () => Buffer.from('{}'),
    async execute(_resource: Uint8Array, payload: string, { metadata }: { metadata: Record<string, string> }) {
      // A server that minds the key.
      done.add(`${metadata['idempotency-key']} ${payload}`);
      return Buffer.from('done');
    },
    applyPolicy: async () => ({ success: true, message: '' }),
  };
  return {
    context: { clients: clientsOf(server) },
    blocks: [{ block: { serverURL: 'a:9000', spec: { b: 'c' } }, would: 'have a:9000 act' }],
    effects: () => [...done],
  };
}

function log(): TriggerWorld {
  const { tell, of } = record();
  return {
    context: { tell },
    blocks: [{ block: {}, would: 'log the event' }],
    effects: () => of('eventLogged').length,
    repeatsBecause: 'a line in a log cannot be taken back',
  };
}

function email(): TriggerWorld {
  const sent = new Set<string>();
  const clients = clientsOf({
    send: async ({ messageId }: { messageId: string }) => void sent.add(messageId),
    has: () => false,
    add: () => {},
  });
  return {
    context: { clients },
    blocks: [
      { block: { host: 'mail.example', from: 'a@b.c', to: ['d@e.f'] }, would: 'send a mail to d@e.f by mail.example' },
      { block: { host: 'mail.example', from: 'a@b.c', to: ['d@e.f', 'g@h.i'] }, would: 'send a mail to d@e.f, g@h.i by mail.example' },
    ],
    // What a mailbox that minds the Message-ID keeps.
    effects: () => [...sent],
  };
}

function tekton(): TriggerWorld {
  const kube = memoryKube();

  const taskRun = { apiVersion: 'tekton.dev/v1', kind: 'TaskRun', metadata: { name: 'clean', namespace: 'tools' } };
  return {
    context: { kube },
    blocks: [
      { block: { pipeline: 'build', params: [{ name: 'n', value: 1 }] }, would: 'start PipelineRun playground/build-afc20046ae' },
      { block: { task: 'clean', namespace: 'tools' }, would: 'start TaskRun tools/clean-a27f2fecb5' },
      { block: { source: { resource: taskRun } }, would: 'start TaskRun tools/clean' },
    ],
    effects: () => [...kube.objects].map(([path, object]) => [path, { ...object, metadata: { ...object.metadata, resourceVersion: '' } }]),
  };
}
