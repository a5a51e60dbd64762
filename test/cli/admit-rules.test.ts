import { expect, test } from 'vitest';
import { admitRules } from '../../src/cli/admit-rules.ts';
import { loadText } from '../../src/manifests/load.ts';

const admit = (dependency: string) =>
  admitRules(
    loadText(
      'f',
      `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: s}
spec:
  dependencies: [{name: d, eventSourceName: s, eventName: e, ${dependency}}]
  triggers: [{template: {name: t, log: {}}}]
`,
    ).objects[0]!.object,
  );

test('a rule is refused with the place in its program, of which the API server knows no file', async () => {
  const problem = 'jq: unexpected token `)`, expected an expression';

  expect(await admit('transform: {jq: ".a\\n| )"}')).toEqual({
    allowed: false,
    message: `spec.dependencies[0].transform.jq: ${problem} at line 2, column 3 of the text`,
    causes: [{ field: 'spec.dependencies[0].transform.jq', message: `${problem} at line 2, column 3 of the text`, reason: 'CONFIG_JQ' }],
  });
  expect(await admit('transform: {jq: ".a | )"}')).toMatchObject({
    message: `spec.dependencies[0].transform.jq: ${problem} at column 6 of the text`,
  });
});

test('what is only doubtful is let in with a warning', async () => {
  expect(await admit('filters: {context: {source: other}}')).toEqual({
    allowed: true,
    warnings: [
      'spec.dependencies[0].filters.context.source: this filter never passes: the source of every event of "d" is "s", its eventSourceName (try: source: s, or leave it out)',
    ],
  });
});

test('what is right, and what is no rule of ours, is let in without a word', async () => {
  const silent = { allowed: true, warnings: [] };

  expect(await admit('filters: {context: {type: other}}')).toEqual(silent);
  expect(await admitRules({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } })).toEqual(silent);
});
