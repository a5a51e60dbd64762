import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import type { CompiledTrigger } from '../../../sensors/compiled.ts';
import { runSensor } from '../../../sensors/runner.ts';
import { compileBackoff } from '../../../sensors/triggers/backoff.ts';
import { failureOf } from '../../../sensors/triggers/http/judge.ts';
import { untilLabelled } from '../../../sensors/triggers/k8s/policy.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { read } from '../../../src/core/schema/read.ts';
import { waitAfter } from '../../../src/core/time/backoff.ts';
import { backoffSpec } from '../../../src/core/time/backoff-spec.ts';
import { buildEvent, noKube } from '../../support/build-sensor.ts';
import { TestClock } from '../../support/clock.ts';
import { compiledSensor } from '../../support/compile-sensor.ts';
import { record } from '../../support/record.ts';
import { type Adapter, type Answer, attempt, type Case } from '../adapter.ts';

export const retry: Adapter = {
  compare: { error: 'failed' },
  run: (one) => ('backoff' in one ? backoffOf(one['backoff']) : attempts(one['input'])),
};

function backoffOf(given: unknown): Answer {
  const { value, findings } = read(backoffSpec, given ?? {});
  const compiled = value && compileBackoff(value, []);
  const problem = [...findings, ...(compiled?.findings ?? [])][0];
  if (!compiled || problem) return { error: problem?.message };
  const { backoff, steps } = compiled.value;
  const nanoseconds = (milliseconds: number): number => Math.round(milliseconds * 1e6);
  const waits = (part: number) => Array.from({ length: steps - 1 }, (_, index) => nanoseconds(waitAfter(index + 1, backoff, () => part)));
  return {
    steps,
    durationNs: nanoseconds(backoff.first),
    factor: backoff.factor,
    jitter: backoff.jitter,
    waitsNsMin: waits(0),
    waitsNsMax: waits(1),
    error: null,
  };
}

/** Publishes one event to a sensor whose trigger gives these results, attempt by attempt, and succeeds after them. */
async function attempts({ retryStrategy, atLeastOnce, results, dlq, dlqResults = [] }: Case): Promise<Answer> {
  const clock = new TestClock();
  const { tell, of } = record();
  await using bus = openMemoryBus({ kind: 'memory' }, { clock, tell });
  const ofDlq = dlq === true ? {} : { retryStrategy: dlq };
  const { compiled } = compiledSensor({
    triggers: [
      {
        template: { name: 'main', log: {} },
        retryStrategy,
        atLeastOnce,
        ...(dlq ? { dlqTrigger: { template: { name: 'dlq', log: {} }, atLeastOnce: true, ...ofDlq } } : {}),
      },
    ],
  });
  if (!compiled) return { attempts: 0, dlqAttempts: 0, retriesFailed: 0, acknowledged: false };
  const counts = { attempts: 0, dlqAttempts: 0 };
  const [main] = compiled.triggers as [CompiledTrigger];
  const triggers = [
    {
      ...main,
      ...giving(results, () => counts.attempts++),
      dlq: main.dlq && { ...main.dlq, ...giving(dlqResults, () => counts.dlqAttempts++) },
    },
  ];
  const stop = new AbortController();
  const ended = runSensor({ ...compiled, triggers, since: new Date(0) }, { bus, kube: noKube, clock, tell, signal: stop.signal });
  await bus.publish(buildEvent('e1'));
  await clock.turn(600_000);
  stop.abort();
  await clock.turn(1_000);
  await ended;
  const givenUp = [...of('firingParked'), ...of('firingHandedOver')].filter(({ trigger }) => trigger === 'main').length;
  return { ...counts, retriesFailed: givenUp, acknowledged: of('eventRedelivered').length === 0 };
}

function giving(results: readonly string[], next: () => number): Pick<CompiledTrigger, 'prepare'> {
  return {
    prepare: async () => ({
      type: 'log',
      summary: '',
      rendered: null,
      async fire() {
        if (results[next()] === 'fail') throw new EngineError('REMOTE_HTTP', { request: 'x', status: 503, text: '' }, { retry: 'backoff' });
        return { summary: '' };
      },
    }),
  };
}

export const triggerPolicy: Adapter = {
  async run({ kind, allow, status, labels, objectLabelsPerPoll, steps, errorOnBackoffTimeout }) {
    if (kind === 'status') {
      const failure = failureOf('POST', { status, text: undefined, header: () => undefined }, allow ? { status: { allow } } : undefined, 0);
      return { error: failure?.message ?? null };
    }
    let poll = 0;
    const look = async () => {
      const { [poll++]: found } = objectLabelsPerPoll;
      return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', ...(found ? { labels: found } : {}) } };
    };
    const clock = { ...new TestClock(), sleep: async () => {} } as unknown as TestClock;
    const { signal } = new AbortController();
    const { error } = await attempt(() => untilLabelled({ labels, backoff: { steps }, errorOnBackoffTimeout }, look, { clock, signal }));
    return { error };
  },
};
