import { expect, test } from 'vitest';
import { rulesFolder } from '../support/commands.ts';
import { startSensorium } from '../support/sensorium.ts';

const sensor = (name: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: { name: sn }
spec:
  dependencies:
    - { name: dep, eventSourceName: es, eventName: e, filters: { data: [{ path: name, type: string, value: [${name}] }] } }
  triggers: [{ template: { name: show, log: {} } }]
`;

const tests = `tests:
  - name: web passes
    given: [{ dependency: dep, data: { name: web } }]
    expect: { fires: [show] }
`;

test('in watch mode a rule or a test that is saved is tested again, also after a mistake in it', async () => {
  using rules = rulesFolder({ 'sensor.yaml': sensor('db'), 'sensor.test.yaml': tests });
  await using program = startSensorium(['test', '--watch', rules.folder]);

  await program.seen(/0 passed, 1 failed\nwaiting for a file to be saved/);
  rules.write('sensor.yaml', sensor('[web'));
  await program.seen(/CONFIG_YAML\n[\s\S]*0 passed, 0 failed\nwaiting/);
  rules.write('sensor.yaml', sensor('web'));
  await program.seen(/1 passed, 0 failed\nwaiting/);
  rules.write('sensor.test.yaml', tests.replace('fires: [show]', 'fires: [show, more]'));
  await program.seen(/fired show; expected show, more\n[\s\S]*waiting/);

  expect(await program.stop()).toBe(0);
});
