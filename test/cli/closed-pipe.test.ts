import { expect, test } from 'vitest';
import { rulesFolder } from '../support/commands.ts';
import { startSensorium } from '../support/sensorium.ts';

const broken = (name: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Sensor\nmetadata: {name: ${name}}\nspec: {dependencies: 1, triggers: 1}\n`;

test('a reader that closes the pipe ends a command without a word, as the signal would', async () => {
  using rules = rulesFolder({ 'rules.yaml': Array.from({ length: 3_000 }, (_, index) => broken(`s${index}`)).join('---\n') });
  await using program = startSensorium(['validate', rules.folder], { output: 'closed' });

  expect(await program.ended).toBe(141);
  expect(program.output()).toBe('');
});
