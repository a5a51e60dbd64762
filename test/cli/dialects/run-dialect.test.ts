import { describe, expect, test } from 'vitest';
import { runDialect } from '../../../src/cli/dialects/run-dialect.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import type { Dialect, DialectWorld, Part, Standing, Translate } from '../../../src/dialects/dialect.ts';
import type { Rule } from '../../../src/manifests/rule.ts';
import { eventually } from '../../support/eventually.ts';

const ruleOf = (name: string, spec: unknown = {}): Rule =>
  ({
    group: 'example.org',
    kind: 'Thing',
    metadata: { name, namespace: 'shop' },
    value: { apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name, namespace: 'shop' }, spec },
    object: {},
  }) as unknown as Rule;

/** One part for each rule; a rule whose spec is `broken` cannot be translated. */
const translate: Translate = (rules) => {
  if (rules.some(({ spec }) => spec === 'broken')) throw new Error('this spec is beyond us');
  return {
    parts: rules.map(({ kind, metadata: { name, namespace }, spec }) => ({
      id: name,
      namespace,
      fingerprint: JSON.stringify(spec),
      rules: [{ kind, namespace, name }],
      runs: {} as Part['runs'],
    })),
    standings: rules.map(({ kind, metadata: { name, namespace } }) => ({ rule: { kind, namespace, name }, status: {} })),
  };
};

function dialectRun({ gathers = false, stop = async () => {} }: { gathers?: boolean; stop?: () => Promise<void> } = {}) {
  const done: string[] = [];
  const standings = new Map<string, Standing['problem']>();
  const run = runDialect({
    dialect: { translation: async () => translate } as unknown as Dialect,
    world: {} as DialectWorld,
    clock: systemClock,
    gathers,
    start: async ({ id }) => void done.push(`start ${id}`),
    keep: async ({ id }) => void done.push(`keep ${id}`),
    stop: async (id) => {
      done.push(`stop ${id}`);
      await stop();
    },
    stands: (rule, { problem }) => void standings.set(rule.metadata.name, problem),
  });
  return { run, done, standings };
}

describe('the rules of a dialect', () => {
  test('that come one after another are translated once', async () => {
    const { run, done } = dialectRun();
    await Promise.all([run.set(ruleOf('a')), run.set(ruleOf('b'))]);
    expect(done).toEqual(['start a', 'start b']);
  });

  test('do not run when they are set and removed at once', async () => {
    const { run, done } = dialectRun();
    await Promise.all([run.set(ruleOf('a')), run.remove(ruleOf('a'))]);
    expect(done).toEqual([]);
  });

  test('that were there at the start run together, when all are known', async () => {
    const { run, done } = dialectRun({ gathers: true });
    await run.set(ruleOf('a'));
    await run.set(ruleOf('gone'));
    await run.set(ruleOf('b'));
    await run.remove(ruleOf('gone'));
    expect(done).toEqual([]);
    await run.gathered();
    expect(done).toEqual(['start a', 'start b']);
    await run.set(ruleOf('c'));
    expect(done).toEqual(['start a', 'start b', 'keep a', 'keep b', 'start c']);
  });

  test('wait for none that takes long to stop', async () => {
    const { run, done } = dialectRun({ stop: () => new Promise(() => {}) });
    await run.set(ruleOf('slow'));
    void run.remove(ruleOf('slow'));
    await eventually(() => done.includes('stop slow'));
    await run.set(ruleOf('next'));
    expect(done).toEqual(['start slow', 'stop slow', 'start next']);
  });

  test('go on as they are when they cannot be translated, and those that have changed say so until it is mended', async () => {
    const { run, done, standings } = dialectRun();
    await run.set(ruleOf('good'));
    await expect(run.set(ruleOf('bad', 'broken'))).rejects.toThrow('this spec is beyond us');
    expect(done).toEqual(['start good']);
    expect(standings.get('good')).toBeUndefined();
    expect(standings.get('bad')).toMatchObject({ reason: 'NotTranslated', message: expect.stringContaining('this spec is beyond us') });
    await run.set(ruleOf('bad', 'mended'));
    expect(standings.get('bad')).toBeUndefined();
    expect(done).toEqual(['start good', 'keep good', 'start bad']);
  });
});
