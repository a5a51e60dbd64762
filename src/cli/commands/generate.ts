/**
 * Writes what follows from the schemas: CRDs and the JSON Schema for editors to standard output, or everything that is kept in the
 * repository below a folder.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { toYaml } from '../../core/yaml/print.ts';
import { crds } from '../../manifests/crds.ts';
import { anyRule, editorSchemaText } from '../../manifests/generate/editor-schemas.ts';
import type { GeneratedFile } from '../../manifests/generate/generated-file.ts';
import { generatedFromSchemas } from '../../manifests/generate.ts';
import { cliPage } from '../generate/cli-page.ts';

export function generate(what: 'crds' | 'schema' | 'files', { folder }: { folder: string }, commands: readonly Command[]): void {
  if (what === 'files') write(folder, generatedFiles(commands));
  else process.stdout.write(what === 'crds' ? `${crds().map(toYaml).join('\n---\n')}\n` : editorSchemaText(anyRule()));
}

/** Every file of the repository that is generated. */
export function generatedFiles(commands: readonly Command[]): GeneratedFile[] {
  return [...generatedFromSchemas(), cliPage(commands)];
}

function write(folder: string, files: readonly GeneratedFile[]): void {
  for (const { path, text } of files) {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
  process.stderr.write(`wrote ${files.length} files\n`);
}
