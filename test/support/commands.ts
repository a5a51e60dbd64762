import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Output } from '../../src/cli/output.ts';

/** A folder with these files, gone at the end. What a command writes has its paths cut down to the names. */
export function rulesFolder(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-rules-'));
  const path = (name: string) => join(folder, name);
  const write = (name: string, text: string) => writeFileSync(path(name), text);
  for (const [name, text] of Object.entries(files)) write(name, text);
  return {
    folder,
    path,
    write,
    shown: (text: string) => stripVTControlCharacters(text).replaceAll(`${folder}/`, '').replaceAll(folder, '.'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Remembers what a command writes. */
export function remembered(): Output & { text(): string; warnings(): string } {
  const written: string[] = [];
  const warned: string[] = [];
  return {
    write: (text) => void written.push(text),
    warn: (text) => void warned.push(text),
    text: () => written.join('\n'),
    warnings: () => warned.join('\n'),
  };
}
