import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runTests } from '../../src/cli/rehearse/run-tests.ts';
import { testFilesIn } from '../../src/cli/rehearse/test-file.ts';
import { checkLoaded } from '../../src/manifests/check-files.ts';
import { loadRules } from '../../src/manifests/load.ts';
import { TestClock } from '../support/clock.ts';
import { wordsOf } from './dialect-examples/words.ts';

/**
 * Everything that the examples of Tekton Triggers, of Tekton Pipelines and of Knative Eventing use: a rule of ours uses it and is loaded
 * and dry-run, or is refused by a sentence. What no rule of ours is stands beside them, and is left to the API server.
 */
const folder = join(import.meta.dirname, 'dialect-examples');

const findingsIn = async (path: string): Promise<string[]> =>
  checkLoaded(await loadRules([join(folder, path)])).findings.map(
    ({ file, severity, message }) => `${file.slice(folder.length + 1)} ${severity}: ${message}`,
  );

test('each word of the examples stands in a file of ours', async () => {
  const { objects } = await loadRules([join(folder, 'rules'), join(folder, 'refused')]);
  // What is no YAML yet has no words but this.
  const shown = new Set(['go-template', ...objects.flatMap(({ object }) => [...wordsOf(object)])]);

  const wanted = listed();

  expect(wanted.length).toBeGreaterThan(250);
  expect(wanted.filter((word) => !shown.has(word))).toEqual([]);
});

test('what we run loads without an error, and says what has no effect or lets anybody in', async () => {
  expect(await findingsIn('rules')).toEqual([
    'rules/knative.yaml warning: no workload is changed here; the status of the binding says what to write into it',
    'rules/knative.yaml warning: no workload is made here; the status of the source says which Deployment to apply',
    'rules/listeners.yaml warning: no secret is checked, so anybody who knows the address can send commands',
    'rules/old-forms.yaml warning: $(params.revision) is the old form of $(tt.params.revision), and is taken for it',
  ]);
});

test('rules do what they say', async () => {
  const { results, findings } = await runTests(testFilesIn([folder]), { clock: new TestClock(), chosen: () => true });

  expect(findings).toEqual([]);
  expect(results.flatMap((one) => one.failures)).toEqual([]);
  expect(results.length).toBeGreaterThan(5);
});

test('what we do not run is refused, with the reason and what serves instead', async () => {
  const connector = 'it runs a connector of Apache Camel, and we run none';

  expect(await findingsIn('refused')).toEqual([
    'refused/go-template.yaml error: this is not valid YAML: a key is a text, and this is none; a template with `{{ … }}` has to be filled in before',
    ...[
      `the kind IntegrationSource is not supported: ${connector}`,
      `the kind IntegrationSource is not supported: ${connector}`,
      `the kind IntegrationSink is not supported: ${connector}`,
      `the kind IntegrationSink is not supported: ${connector}`,
      'the kind RequestReply is not supported: our Broker answers a sender when the event is stored, and never with an event that comes later',
      'the kind EventPolicy is not supported: it judges senders by OIDC tokens of the cluster, which we do not read',
    ].map((text) => `refused/kinds.yaml error: ${text}`),
    'refused/pipeline-resources.yaml error: `resources` of a PipelineRun is not supported: PipelineResources are gone from Tekton',
  ]);
});

/** The words of the list, kinds and features. */
function listed(): string[] {
  const lines = readFileSync(join(folder, 'words.txt'), 'utf8').split('\n');
  return lines.filter((line) => line.startsWith('  ')).map((line) => line.trim());
}
