/** Writes the start of a rule, with comments that teach: to standard output, or into a folder. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../../core/errors/engine-error.ts';
import { fileReasonOf } from '../../core/errors/from-unknown.ts';
import { eventSourceText } from '../new/eventsource-text.ts';
import { type NewFile, ruleFiles } from '../new/files.ts';
import type { Plan } from '../new/plan.ts';
import { sensorText } from '../new/sensor-text.ts';
import { watchedKind } from '../new/watched.ts';

export type NewThing = 'eventsource' | 'sensor' | 'rule';

export interface NewFlags {
  readonly kind: string;
  readonly trigger: 'k8s' | 'log';
  readonly namespace: string;
  readonly folder?: string;
  readonly force: boolean;
}

/** Throws CONFIG_INVALID for a bad name, and for a file that is there already without `force`: then nothing is written. */
export function makeNew(thing: NewThing, name: string, flags: NewFlags): void {
  const files = newFiles(thing, name, flags);
  const folder = flags.folder ?? (thing === 'rule' ? name : undefined);
  if (folder === undefined) {
    for (const { text } of files) process.stdout.write(text);
    return;
  }
  write(folder, files, flags.force);
  process.stdout.write(`${said(thing, folder, files)}\n`);
}

function planOf(name: string, { kind, trigger, namespace }: Omit<NewFlags, 'folder' | 'force'>): Plan {
  for (const word of [name, namespace]) {
    if (!/^[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?$/.test(word)) {
      const hint = 'small letters, digits and "-", at most 52, and no "-" at either end';
      throw new EngineError('CONFIG_INVALID', { problem: `"${word}" cannot be the name of an object` }, { hint });
    }
  }
  return { name, namespace, trigger, watched: watchedKind(kind) };
}

/** What is written. Throws CONFIG_INVALID for a bad name, or a kind that is not known. */
export function newFiles(thing: NewThing, name: string, flags: Omit<NewFlags, 'folder' | 'force'>): NewFile[] {
  const plan = planOf(name, flags);
  if (thing === 'rule') return ruleFiles(plan);
  return [{ name: `${thing}.yaml`, text: thing === 'sensor' ? sensorText(plan) : eventSourceText(plan) }];
}

function write(folder: string, files: readonly NewFile[], force: boolean): void {
  const there = files.map(({ name }) => join(folder, name)).filter((path) => !force && existsSync(path));
  if (there.length > 0) {
    throw new EngineError(
      'CONFIG_INVALID',
      { problem: `${there.join(', ')} ${there.length === 1 ? 'is' : 'are'} there already` },
      { hint: 'choose another folder by --folder, or write over with --force' },
    );
  }
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, text } of files) writeFileSync(join(folder, name), text);
  } catch (cause) {
    throw new EngineError('CONFIG_INVALID', { problem: `cannot write to ${folder}: ${fileReasonOf(cause)}` }, { cause });
  }
}

function said(thing: NewThing, folder: string, files: readonly NewFile[]): string {
  const next = thing === 'rule' ? ['validate', 'test', 'run'] : ['validate'];
  return [
    ...files.map(({ name }) => `wrote ${join(folder, name)}`),
    'next:',
    ...next.map((command) => `  sensorium ${command} ${folder}`),
  ].join('\n');
}
