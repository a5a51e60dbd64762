import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../support/ports.ts';
import { startSensorium } from '../support/sensorium.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sensorium-systems-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rules = `
{apiVersion: triggers.tekton.dev/v1beta1, kind: TriggerBinding, metadata: {name: of-tekton}, spec: {params: [{name: a, value: b}]}}
---
{apiVersion: eventing.knative.dev/v1, kind: Broker, metadata: {name: of-knative}}
---
{apiVersion: argoproj.io/v1alpha1, kind: EventSource, metadata: {name: of-argo}, spec: {calendar: {hourly: {schedule: '0 * * * *'}}}}
`;

const loaded = async (...flags: string[]): Promise<string[]> => {
  const words = ['run', '-', '--api-port', '0', '--listen', `broker-ingress=${await freePort()}`, ...flags];
  await using program = startSensorium(words, { cwd: folder, input: rules });
  await program.seen(/rule +EventSource default\/of-argo/);
  await program.seen(flags.length > 0 ? /Ctrl-C ends it/ : /rule +Broker/);
  return [...program.output().matchAll(/ rule +\S+ \S+\/(\S+)/g)].map(([, name]) => name!).sort();
};

test('rules of all systems run, where nothing else is said', async () => {
  expect(await loaded()).toEqual(expect.arrayContaining(['of-argo', 'of-knative']));
});

test('with --systems, rules of others are left alone', async () => {
  expect(await loaded('--systems', 'argo')).toEqual(['of-argo']);
});

test('a system that nobody knows is told', async () => {
  await using program = startSensorium(['run', '-', '--systems', 'argo,tecton'], { cwd: folder, input: rules });

  expect(await program.ended).toBe(2);
  expect(program.output()).toContain('no rules are called those of "tecton"');
});
