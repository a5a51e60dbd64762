import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EngineError } from '../../../../src/core/errors/engine-error.ts';
import type { KubeObject } from '../../../../src/core/kube/kube.ts';
import { buildEvent } from '../../../support/build-sensor.ts';
import { compiledSensor, type FiringOptions, prepareOf } from '../../../support/compile-sensor.ts';
import { type MemoryKube, memoryKube } from '../../../support/memory-kube.ts';

let folder: string;
let kube: MemoryKube;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'argo-program-'));
  kube = memoryKube();
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program in the place of `argo`: it writes down its words and the file that it was given, and then does this. */
function program(then: string): string {
  const file = join(folder, 'argo');
  const text = `#!${process.execPath}
const { readFileSync, writeFileSync, existsSync } = require('fs');
const words = process.argv.slice(2);
const given = words.find((word) => word.endsWith('.json'));
writeFileSync(${JSON.stringify(join(folder, 'heard'))}, JSON.stringify({ words, file: given && JSON.parse(readFileSync(given, 'utf8')) }));
${then}
`;
  writeFileSync(file, text, { mode: 0o755 });
  return file;
}

const heard = () => JSON.parse(readFileSync(join(folder, 'heard'), 'utf8')) as { words: string[]; file?: KubeObject };

const workflow = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { generateName: 'w-' } };

function fire(path: string, block: object, { policy, ...options }: FiringOptions & { policy?: object } = {}) {
  const trigger = { template: { name: 'act', argoWorkflow: block }, ...(policy ? { policy } : {}) };
  const { compiled } = compiledSensor({ triggers: [trigger] }, { programs: { argo: { path, flags: ['--context', 'prod'] } } });
  return prepareOf(compiled!, buildEvent('1'), { kube, ...options }).then((action) => action.fire());
}

test('a Workflow is submitted as a file, with its labels and a name of ours, and the words of the rule behind', async () => {
  const outcome = await fire(program(`console.log('Name:                w-1')`), {
    operation: 'submit',
    source: { resource: workflow },
    args: ['-p', 'a=b', '--strict=false'],
  });

  const { words, file } = heard();
  expect(words.toSpliced(5, 1, '<file>')).toEqual([
    '--context',
    'prod',
    '-n',
    'playground',
    'submit',
    '<file>',
    '-p',
    'a=b',
    '--strict=false',
  ]);
  expect(file!.metadata.labels).toMatchObject({ 'events.argoproj.io/sensor': 'sn', 'events.argoproj.io/trigger': 'act' });
  expect(file!.metadata.name).toMatch(/^w-[0-9a-f]{10}$/);
  expect(outcome).toEqual({
    summary: 'argo -n playground submit <file> -p a=b --strict=false',
    detail: { workflow: 'w-1', namespace: 'playground' },
  });
});

test('the file is gone afterwards', async () => {
  await fire(program(''), { operation: 'submit', source: { resource: workflow } });

  expect(() => readFileSync(heard().words.at(-1)!)).toThrow('ENOENT');
});

test('what the program says when it gives up is the reason, and it is tried again', async () => {
  const path = program(
    `console.error('time="2026-01-01T00:00:00Z" level=info msg=x\\ntime="2026-01-01T00:00:00Z" level=fatal msg="no such workflow"'); process.exit(1)`,
  );

  const error = await fire(path, { operation: 'retry', source: { resource: { ...workflow, metadata: { name: 'w' } } } }).catch(
    (thrown) => thrown,
  );

  expect(error).toBeInstanceOf(EngineError);
  expect(error).toMatchObject({ code: 'REMOTE_PROGRAM', message: `${path}: no such workflow`, retry: 'backoff' });
  expect(heard().words.slice(2)).toEqual(['-n', 'playground', 'retry', 'w']);
});

test('a program that is not there is said so', async () => {
  const path = join(folder, 'nowhere');

  await expect(fire(path, { operation: 'stop', source: { resource: { ...workflow, metadata: { name: 'w' } } } })).rejects.toThrow(
    `${path}: spawn ${path} ENOENT`,
  );
});

test('a Workflow that an earlier attempt submitted is found', async () => {
  const block = { operation: 'submit', source: { resource: workflow } };
  await fire(program(''), block);
  kube.put({ ...heard().file!, metadata: { ...heard().file!.metadata, namespace: 'playground' } });

  const taken = program(`console.error('already exists'); process.exit(1)`);

  expect((await fire(taken, block)).summary).toBe('argo -n playground submit <file>: submitted before');
  await expect(fire(taken, block, { id: 'another' })).rejects.toThrow('already exists');
});

test('a program that hangs is killed when the attempt is over', async () => {
  const stop = new AbortController();
  const path = program(`console.log(process.pid); setInterval(() => {}, 1000)`);
  const fired = fire(path, { operation: 'stop', source: { resource: { ...workflow, metadata: { name: 'w' } } } }, { signal: stop.signal });
  await expect.poll(() => heard().words.length).toBeGreaterThan(0);

  stop.abort(new Error('over'));

  await expect(fired).rejects.toThrow('over');
});

test('policy.k8s looks at the Workflow that the program made', async () => {
  kube.put({ ...workflow, metadata: { name: 'made-7', namespace: 'playground', labels: { done: 'yes' } } });
  const policy = { k8s: { labels: { done: 'yes' }, errorOnBackoffTimeout: true } };
  const block = { operation: 'submit-from', source: { resource: { kind: 'WorkflowTemplate', metadata: { name: 'made' } } } };

  expect((await fire(program(`console.log('Name:   made-7')`), block, { policy })).summary).toBe(
    'argo -n playground submit --from workflowtemplate/made; it has the labels of the policy',
  );
  await expect(fire(program(''), block, { policy })).rejects.toThrow('argo has not said which Workflow it made');
});

test('a name that would be a flag of the program is refused, and nothing is run', async () => {
  const named = { ...workflow, metadata: { name: '--kubeconfig=/elsewhere' } };

  await expect(fire(program(''), { operation: 'terminate', source: { resource: named } })).rejects.toMatchObject({
    code: 'EVENT_RENDERED_INVALID',
    message: expect.stringContaining('"--kubeconfig=/elsewhere" cannot be the name of a Workflow'),
  });
  expect(existsSync(join(folder, 'heard'))).toBe(false);
});
