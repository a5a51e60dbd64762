import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runTests } from '../../src/cli/rehearse/run-tests.ts';
import { testFilesIn } from '../../src/cli/rehearse/test-file.ts';
import { checkLoaded } from '../../src/manifests/check-files.ts';
import { loadRules } from '../../src/manifests/load.ts';
import { TestClock } from '../support/clock.ts';
import { wordsOf } from './argo-examples/words.ts';

/**
 * Everything that Argo's own examples use: a rule of ours uses it and is loaded and dry-run, or is refused by a sentence. What a
 * firing needs from elsewhere (git, a bucket, a web page) is only loaded.
 */
const folder = join(import.meta.dirname, 'argo-examples');

const findingsIn = async (path: string): Promise<string[]> =>
  checkLoaded(await loadRules([join(folder, path)])).findings.map(
    ({ file, severity, message }) => `${file.slice(folder.length + 1)} ${severity}: ${message}`,
  );

test('each word of the examples stands in a rule of ours', async () => {
  const { objects } = await loadRules([folder]);
  const shown = new Map<string, Set<string>>();
  for (const { object } of objects) {
    const kind = String(object['kind']);
    shown.set(kind, new Set([...(shown.get(kind) ?? []), ...wordsOf(object)]));
  }
  const wanted = wordsByKind();

  const missing = wanted.flatMap(([kind, words]) => words.filter((word) => !shown.get(kind)?.has(word)).map((word) => `${kind} ${word}`));

  expect(wanted.map(([kind]) => kind)).toEqual(['EventBus', 'EventSource', 'Sensor']);
  expect(missing).toEqual([]);
});

test('what we run loads without an error, and says what has no effect or lets anybody in', async () => {
  expect(await findingsIn('rules')).toEqual([
    ...Array(4).fill('rules/callers.yaml warning: no secret is checked, so anybody who knows the address can post events'),
    'rules/callers.yaml warning: the endpoint is not made for you',
    'rules/messages.yaml warning: event data chooses whom the mail goes to: whoever sends the event decides it',
    'rules/workflows.yaml warning: errorOnFailedRound has no effect',
  ]);
});

test('its sensors do what they say', async () => {
  const { results, findings } = await runTests(testFilesIn([folder]), { clock: new TestClock(), chosen: () => true });

  expect(findings).toEqual([]);
  expect(results.flatMap((one) => one.failures)).toEqual([]);
  expect(results.length).toBeGreaterThan(5);
});

test('what we do not run is refused, with the reason and what serves instead', async () => {
  expect(await findingsIn('refused')).toEqual([
    ...[
      'azureEventsHub is not supported: it needs an account at Microsoft: Event Hubs also speaks Kafka, so use `kafka`',
      'azureQueueStorage is not supported: it needs an account at Microsoft: let an Event Grid subscription post to a `webhook`',
      'azureServiceBus is not supported: it needs an account at Microsoft: Service Bus also speaks AMQP 1.0 and Event Grid; let a subscription post to a `webhook`',
      'pubSub is not supported: it needs an account at Google: make a push subscription that posts to a `webhook`',
      'pulsar is not supported: there is no client of Pulsar for Node without native code: let a Pulsar function post to a `webhook`',
      'hdfs is not supported: there is no kept client of HDFS for Node: let a job post to a `webhook` when a file has come',
      'sftp is not supported: mount the folder and use `file`, or post to a `webhook` when a file has come',
    ].map((text) => `refused/foreign-sources.yaml error: the event source type ${text}`),
    ...[
      '`awsLambda` is not supported: it needs an account at Amazon: call the function’s URL with an `http` trigger',
      '`azureEventHubs` is not supported: it needs an account at Microsoft: Event Hubs also speaks Kafka, so use a `kafka` trigger',
      '`azureServiceBus` is not supported: it needs an account at Microsoft: Service Bus takes messages over HTTP, so use an `http` trigger',
    ].map((text) => `refused/foreign-triggers.yaml error: the trigger type ${text}`),
    'refused/nats-streaming.yaml error: a bus on NATS Streaming is not supported: its makers ended it in 2023, for JetStream',
  ]);
});

/** The list, by kind: a line without a margin begins a kind. */
function wordsByKind(): [string, string[]][] {
  const sections = readFileSync(join(folder, 'words.txt'), 'utf8').split(/\n\n/).slice(1);
  return sections.map((section) => {
    const [kind = '', ...words] = section.trim().split('\n');
    return [kind, words.map((word) => word.trim())];
  });
}
