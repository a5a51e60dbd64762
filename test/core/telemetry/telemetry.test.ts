import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { logListener } from '../../../src/core/telemetry/logger.ts';
import { createMetrics } from '../../../src/core/telemetry/metrics.ts';
import { createTell } from '../../../src/core/telemetry/tell.ts';

function log(level: 'debug' | 'info' | 'warn') {
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  return { lines, listener: logListener({ level, destination }) };
}

test('a happening becomes one JSON line with the sentence and the fields', () => {
  const { lines, listener } = log('info');

  createTell(listener).triggerFired({ sensor: 's', trigger: 't', took: 3 });

  const argo = "Successfully processed trigger 't'";
  expect(lines).toEqual([{ level: 'info', time: expect.any(String), sensor: 's', trigger: 't', took: 3, argo, msg: 'trigger fired' }]);
});

test('an error in the log is its code, sentence and hint, never a stack trace', () => {
  const { lines, listener } = log('info');

  createTell(listener).attemptFailed({
    error: new EngineError('REMOTE_KUBE_FORBIDDEN', { verb: 'create', target: 'Ingress a/b', reason: 'no' }),
  });

  expect(lines[0]!['error']).toEqual({
    code: 'REMOTE_KUBE_FORBIDDEN',
    message: 'create Ingress a/b: forbidden: no',
    hint: 'the account lacks a Role; see the RBAC of the example',
  });
});

test('a field that is not there is left out, and the fields are in their order', () => {
  const lines: string[] = [];
  const listener = logListener({ level: 'info', destination: { write: (line) => lines.push(line) } });

  createTell(listener).ready();
  createTell(listener).triggerFired({ trigger: 't', sensor: undefined, took: Number.NaN, summary: 'a "b"\n' });

  expect(lines.map((line) => line.replace(/"time":"[^"]*"/, '"time":"…"'))).toEqual([
    '{"level":"info","time":"…","msg":"ready"}\n',
    '{"level":"info","time":"…","trigger":"t","took":null,"summary":"a \\"b\\"\\n","argo":"Successfully processed trigger \'t\'","msg":"trigger fired"}\n',
  ]);
});

test('fields that are given as a function are made only for somebody who wants them', () => {
  const { lines, listener } = log('warn');
  let made = 0;
  const fields = () => ({ sensor: 's', made: ++made });

  createTell(listener).triggerFired(fields);
  expect(made).toBe(0);
  createTell(listener, createMetrics().listener).attemptFailed(fields);

  expect(made).toBe(1);
  expect(lines.map(({ msg, made }) => ({ msg, made }))).toEqual([{ msg: 'attempt failed', made: 1 }]);
});

test('what is below the level is not written', () => {
  const { lines, listener } = log('warn');

  createTell(listener).triggerFired({});

  expect(lines).toEqual([]);
});

test('counters and histograms follow from the table, and expected series are present at zero', async () => {
  const metrics = createMetrics();
  const tell = createTell(metrics.listener);
  metrics.expect({ sensor: 's', trigger: 't' });
  metrics.expect({ sensor: 's', trigger: 'quiet' });

  tell.triggerFired({ sensor: 's', trigger: 't', took: 7 });
  tell.attemptFailed({ sensor: 's', trigger: 't', error: new EngineError('CONFLICT_STATE', { key: 'k' }) });

  const text = await metrics.text();
  expect(text).toContain('sensorium_triggers_fired_total{sensor="s",trigger="t"} 1');
  expect(text).toContain('sensorium_triggers_fired_total{sensor="s",trigger="quiet"} 0');
  expect(text).toContain('sensorium_trigger_duration_seconds_bucket{le="0.005",sensor="s",trigger="t"} 0');
  expect(text).toContain('sensorium_trigger_duration_seconds_bucket{le="0.01",sensor="s",trigger="t"} 1');
  expect(text).toContain('sensorium_trigger_duration_seconds_count{sensor="s",trigger="quiet"} 0');
  expect(text).toContain('sensorium_trigger_attempts_failed_total{sensor="s",trigger="t",code="CONFLICT_STATE"} 1');
});

test('a gauge is asked when somebody scrapes', async () => {
  const metrics = createMetrics();
  let value = 1;
  metrics.gauge('sensorium_test', 'A test.', () => value);

  value = 5;

  expect(await metrics.text()).toContain('sensorium_test 5');
});

test('what is counted is counted under the names of Argo Events, too', async () => {
  const metrics = createMetrics();
  const tell = createTell(metrics.listener);
  metrics.belongs('sensor', 'sn', 'shop');
  metrics.expect({ sensor: 'sn', trigger: 'post' });
  metrics.belongs('eventsource', 'es', 'shop');

  tell.triggerFired({ sensor: 'sn', trigger: 'post', took: 20 });
  tell.triggerFired({ sensor: 'sn', trigger: 'post', took: 30 });
  tell.listenerStarted({ eventsource: 'es', event: 'one' });
  tell.listenerStarted({ eventsource: 'es', event: 'two' });
  tell.listenerStopped({ eventsource: 'es', event: 'two' });

  const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith('argo_events_'));
  const labels = '{sensor_name="sn",trigger_name="post",namespace="shop"}';
  expect(lines.sort()).toEqual(
    [
      'argo_events_event_service_running_total{eventsource_name="es",namespace="shop"} 1',
      `argo_events_action_triggered_total${labels} 2`,
      `argo_events_action_failed_total${labels} 0`,
      `argo_events_action_retries_failed_total${labels} 0`,
      `argo_events_action_duration_milliseconds_sum${labels} 50`,
      `argo_events_action_duration_milliseconds_count${labels} 2`,
    ].sort(),
  );
});

test('what runs here is told as Argo Events tells it', async () => {
  const text = await createMetrics({ version: '1.2.3', node: 'v20.20.0', arch: 'x64' }).text();

  expect(text.split('\n')).toContain('build_info{version="1.2.3",goversion="v20.20.0",goarch="x64",commit=""} 1');
});

test('a series that is expected again keeps its value', async () => {
  const metrics = createMetrics();
  metrics.expect({ sensor: 's' });
  createTell(metrics.listener).sensorLag({ sensor: 's', events: 3, oldest: 2_000, firings: 1 });

  metrics.expect({ sensor: 's' });

  expect(await metrics.text()).toContain('sensorium_sensor_events_in_work{sensor="s"} 3');
});
