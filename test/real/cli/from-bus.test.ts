import { expect, test } from 'vitest';
import { type DryRunFlags, dryRun } from '../../../src/cli/commands/dry-run.ts';
import { showError } from '../../../src/cli/errors.ts';
import { EventData } from '../../../src/core/event/data.ts';
import { buildEvent } from '../../support/build-event.ts';
import { remembered, rulesFolder } from '../../support/commands.ts';
import { startNats } from '../../support/nats.ts';
import { openJetStream, otherClient } from '../../support/open-bus.ts';

const sensor = `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: { name: sn, namespace: playground }
spec:
  dependencies:
    - name: dep
      eventSourceName: git
      eventName: push
      filters:
        data: [{ path: n, type: number, comparator: ">", value: ["1498"] }]
    - name: other
      eventSourceName: git
      eventName: tag
  triggers:
    - template: { name: show, conditions: dep || other, log: {} }
`;

const flags = { event: [], with: [], output: 'text', verbose: false, eventFormat: 'binary' } as unknown as DryRunFlags;

test('the last events of the bus are looked at, and the bus is as before', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  await bus.publish(buildEvent({ id: 'tag1', subject: 'tag', data: EventData.fromJson({}) }));
  for (let n = 1; n <= 1500; n++) await bus.publish(buildEvent({ id: `e${n}`, data: EventData.fromJson({ n }) }));
  await bus.publish(buildEvent({ id: 'elsewhere', subject: 'branch' }));
  await using other = await otherClient(nats);
  const before = await other.manager.streams.info('default');
  using rules = rulesFolder({ 'sensor.yaml': sensor });
  const [few, all] = [remembered(), remembered()];

  const code = await dryRun(rules.path('sensor.yaml'), { ...flags, bus: nats.url, fromBus: 3 }, few);
  await dryRun(rules.path('sensor.yaml'), { ...flags, bus: nats.url, fromBus: 5000 }, all);

  const after = await other.manager.streams.info('default');
  expect(code).toBe(0);
  expect(rules.shown(few.text()).split('\n').slice(0, 6)).toEqual([
    'default.git.push 1499  e1498  dep: filters.data[0]: n is 1498, wanted > 1498',
    '',
    'event e1499 of git/push  (default.git.push 1500)',
    'dependency dep  passed',
    '  sensor.yaml:10:16  filters.data[0]  passes',
    'trigger show  fires: log the event',
  ]);
  expect(rules.shown(all.text())).toMatch(/^event tag1 of git\/tag /);
  expect(all.text()).not.toContain('elsewhere');
  const consumers = await other.manager.consumers.list('default').next();
  expect(after.state.messages).toBe(before.state.messages);
  expect(consumers.filter((one) => one.config.durable_name !== undefined)).toEqual([]);
});

test('a bus without a stream holds nothing, and gets none', async () => {
  await using nats = await startNats();
  await using other = await otherClient(nats);
  using rules = rulesFolder({ 'sensor.yaml': sensor });

  const output = remembered();

  const code = await dryRun(rules.path('sensor.yaml'), { ...flags, bus: nats.url, fromBus: 3 }, output);

  expect([code, output.warnings()]).toEqual([1, 'the bus holds no event that this Sensor waits for']);
  expect((await other.manager.getAccountInfo()).streams).toBe(0);
});

test('a bus that is not there is told with its reason', async () => {
  using rules = rulesFolder({ 'sensor.yaml': sensor });

  const error = await dryRun(rules.path('sensor.yaml'), { ...flags, bus: 'nats://127.0.0.1:9', fromBus: 3 }, remembered()).catch(showError);

  expect(error).toMatch(/^sensorium: the bus at nats:\/\/127\.0\.0\.1:9 cannot be reached: .*ECONNREFUSED.* {2}UNREACHABLE_BUS/);
});
