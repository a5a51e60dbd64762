import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type NewThing, newFiles } from '../../src/cli/commands/new.ts';
import { showError } from '../../src/cli/errors.ts';
import { runTests } from '../../src/cli/rehearse/run-tests.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import { checkRule } from '../../src/manifests/check.ts';
import { checkTogether } from '../../src/manifests/check-together.ts';
import { placed, showFinding } from '../../src/manifests/document.ts';
import { loadText } from '../../src/manifests/load.ts';
import { startSensorium } from '../support/sensorium.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'new-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const triggers = ['k8s', 'log'] as const;
const kinds = ['Service', 'ConfigMap', 'pods', 'deploy', 'Ingress', 'Secret'];
const made = (thing: NewThing, kind: string, trigger: 'k8s' | 'log') => newFiles(thing, 'my-rule', { kind, trigger, namespace: 'team-a' });

/** What is said of the rules in these files, each by itself and all together. */
function findings(files: readonly { name: string; text: string }[]): string[] {
  const loaded = files.filter(({ name }) => /^(?!.*\.test\.).*\.yaml$/.test(name)).map(({ name, text }) => loadText(name, text));
  const objects = loaded.flatMap((one) => one.objects);
  const together = checkTogether(objects);
  expect(objects.length).toBeGreaterThan(0);
  return [
    ...loaded.flatMap((one) => one.findings),
    ...objects.flatMap((one) =>
      [...(checkRule(one.object)?.findings ?? []), ...(together.get(one.object) ?? [])].map((finding) => placed(finding, one)),
    ),
  ].map(showFinding);
}

describe.each(triggers)('with the trigger %s', (trigger) => {
  describe.each(kinds)('about %s', (kind) => {
    test.each(['eventsource', 'sensor', 'rule'] as const)('a new %s is valid without a finding', (thing) => {
      expect(findings(made(thing, kind, trigger))).toEqual([]);
    });

    test('the tests of a new rule pass, and leave nothing untried', async () => {
      const files = made('rule', kind, trigger);
      const at = mkdtempSync(join(folder, 'rule-'));
      for (const { name, text } of files) writeFileSync(join(at, name), text);

      const { results, findings, coverage } = await runTests([join(at, 'sensor.test.yaml')], { clock: systemClock, chosen: () => true });

      expect(findings).toEqual([]);
      expect(results.filter(({ failures }) => failures.length > 0)).toEqual([]);
      expect(results.length).toBeGreaterThan(1);
      expect(coverage.flatMap((one) => one.gaps())).toEqual([]);
    });
  });
});

test('every file begins with what it is for, and says where to look further', () => {
  const texts = made('rule', 'Service', 'k8s').filter(({ name }) => name.endsWith('.yaml'));

  for (const { text } of texts) expect(text).toMatch(/^# [A-Z].*[.:)]?/);
  for (const { name, text } of texts) if (name !== 'try.yaml') expect(text).toContain('sensorium explain');
});

test.each([
  [
    'My Rule',
    'Service',
    '"My Rule" cannot be the name of an object  CONFIG_INVALID\n  try: small letters, digits and "-", at most 52, and no "-" at either end',
  ],
  ['web', 'Servce', 'new does not know the kind Servce  CONFIG_INVALID\n  try: did you mean Service?'],
  [
    'web',
    'Namespace',
    'new does not know the kind Namespace  CONFIG_INVALID\n  try: take another one, and change group, version and resource in what is written',
  ],
])('%s about %s is refused', (name, kind, sentence) => {
  let said = 'nothing';
  try {
    newFiles('rule', name, { kind, trigger: 'log', namespace: 'default' });
  } catch (thrown) {
    said = showError(thrown);
  }

  expect(said).toBe(`sensorium: ${sentence}`);
});

describe('on the command line', () => {
  const sensorium = async (...words: string[]) => {
    await using program = startSensorium(words, { cwd: folder });
    return { code: await program.ended, output: program.output() };
  };

  test('a rule is written into a folder of its name, and not over what is there', async () => {
    const first = await sensorium('new', 'rule', 'notes');
    const second = await sensorium('new', 'rule', 'notes', '--trigger', 'log');
    const kept = readFileSync(join(folder, 'notes', 'sensor.yaml'), 'utf8');
    const forced = await sensorium('new', 'rule', 'notes', '--trigger', 'log', '--force');

    expect(first).toEqual({
      code: 0,
      output: `${['eventsource.yaml', 'sensor.yaml', 'sensor.test.yaml', 'added.event.json', 'try.yaml'].map((name) => `wrote ${join('notes', name)}\n`).join('')}next:\n  sensorium validate notes\n  sensorium test notes\n  sensorium run notes\n`,
    });
    expect(second.code).toBe(2);
    expect(second.output).toMatch(
      / are there already {2}CONFIG_INVALID\n {2}try: choose another folder by --folder, or write over with --force\n$/,
    );
    expect(kept).toContain('operation: apply');
    expect(forced.code).toBe(0);
    expect(readFileSync(join(folder, 'notes', 'sensor.yaml'), 'utf8')).toContain('log: {}');
  });

  test('a sensor goes to standard output', async () => {
    expect(await sensorium('new', 'sensor', 'shown', '-n', 'team-a')).toEqual({
      code: 0,
      output: newFiles('sensor', 'shown', { kind: 'Service', trigger: 'k8s', namespace: 'team-a' })[0]!.text,
    });
  });

  test('a new rule runs: its trigger fires for the object that lies beside it', async () => {
    await sensorium('new', 'rule', 'running');
    await using program = startSensorium(['run', 'running', '--api-port', '0'], { cwd: folder });

    await program.seen(/→ running\/note → applied ConfigMap default\/hello-note/);
  });
});
