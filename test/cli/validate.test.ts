import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forms } from '../../src/cli/commands/validate/forms.ts';
import type { PlacedFinding } from '../../src/manifests/document.ts';
import { startSensorium } from '../support/sensorium.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sensorium-validate-'));
  writeFileSync(join(folder, 'warned.yaml'), rule('unused: 1'));
  writeFileSync(join(folder, 'broken.yaml'), rule('transform: {jq: ".a | )"}'));
  writeFileSync(join(folder, 'sensor.test.yaml'), 'tests: []\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rule = (field: string) => `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: ${field.slice(0, 6)}}
spec:
  dependencies: [{name: d, eventSourceName: s, eventName: e, ${field}}]
  triggers: [{template: {name: t, log: {}}}]
`;

async function validate(words: readonly string[], input?: string): Promise<{ code: number | string; output: string }> {
  await using program = startSensorium(['validate', ...words], { cwd: folder, ...(input === undefined ? {} : { input }) });
  const code = await program.ended;
  return { code, output: program.output() };
}

test('a warning is shown and does no harm; with --strict it is an error', async () => {
  const line = 'unknown field "unused" is ignored  CONFIG_UNKNOWN_FIELD';

  expect(await validate(['warned.yaml', 'sensor.test.yaml'])).toEqual({
    code: 0,
    output: `warned.yaml:5:62  warning  ${line}\n1 object, 0 errors, 1 warning\n`,
  });
  expect(await validate(['warned.yaml', '--strict', '--quiet'])).toEqual({
    code: 2,
    output: `warned.yaml:5:62  error  ${line}\n1 object, 1 error, 0 warnings\n`,
  });
  expect(await validate(['warned.yaml', '--quiet'])).toEqual({ code: 0, output: '' });
});

test('a folder is read whole, and an error ends it with 2', async () => {
  const { code, output } = await validate(['.']);

  expect(code).toBe(2);
  expect(output).toContain('broken.yaml:5:84  error  jq: ');
  expect(output).toMatch(/\n2 objects, 1 error, 1 warning\n$/);
});

test('standard input is read, and a report for programs is JSON', async () => {
  const { code, output } = await validate(['-', '-o', 'json'], rule('unused: 1'));

  expect(code).toBe(0);
  expect(JSON.parse(output)).toEqual({
    objects: 1,
    errors: 0,
    warnings: 1,
    findings: [
      {
        file: 'stdin',
        line: 5,
        column: 62,
        severity: 'warning',
        code: 'CONFIG_UNKNOWN_FIELD',
        path: 'spec.dependencies[0].unused',
        message: 'unknown field "unused" is ignored',
        hint: null,
      },
    ],
  });
});

test('a file that is not there is an error', async () => {
  expect(await validate(['none.yaml'])).toEqual({
    code: 2,
    output:
      'none.yaml:1:1  error  cannot read none.yaml: there is no such file  CONFIG_FILE_MISSING\n  try: check the path\n0 objects, 1 error, 0 warnings\n',
  });
});

test('annotations escape what has a meaning in them', () => {
  const finding: PlacedFinding = {
    file: 'a,b:c.yaml',
    line: 3,
    column: 7,
    severity: 'error',
    code: 'CONFIG_JQ',
    path: [],
    message: '100%\nof it',
    hint: 'less',
  };

  expect(forms.github({ objects: 1, findings: [finding] }, false)).toBe(
    '::error file=a%2Cb%3Ac.yaml,line=3,col=7,title=CONFIG_JQ::100%25%0Aof it%0Atry: less',
  );
});
