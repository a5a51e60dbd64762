/**
 * Writes what follows from the schemas: CRDs and the JSON Schema for editors to standard output, or everything that is kept in the
 * repository below a folder. And what follows from rules: the Roles that they need.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { EngineError } from '../../core/errors/engine-error.ts';
import { toYaml } from '../../core/yaml/print.ts';
import { checkRule } from '../../manifests/check.ts';
import { crds, definers } from '../../manifests/crds.ts';
import { placed, showFinding } from '../../manifests/document.ts';
import { anyRule, editorSchemaText } from '../../manifests/generate/editor-schemas.ts';
import type { GeneratedFile } from '../../manifests/generate/generated-file.ts';
import { rbacText } from '../../manifests/generate/rbac.ts';
import { generatedFromSchemas } from '../../manifests/generate.ts';
import { loadRules } from '../../manifests/load.ts';
import { cliPage } from '../generate/cli-page.ts';

export interface GenerateFlags {
  readonly folder: string;
  readonly namespace?: string;
  readonly fromCluster: boolean;
  readonly allNamespaces: boolean;
  readonly account: string;
}

/** The exit code is 2 where a rule cannot be read: its Roles would be too few. */
export async function generate(
  what: 'crds' | 'schema' | 'files' | 'rbac',
  files: readonly string[],
  flags: GenerateFlags,
  commands: readonly Command[],
): Promise<number> {
  if (what === 'rbac') return generateRbac(files, flags);
  const { folder } = flags;
  if (what === 'files') write(folder, generatedFiles(commands));
  else process.stdout.write(what === 'crds' ? `${crds(systemsIn(files)).map(toYaml).join('\n---\n')}\n` : editorSchemaText(anyRule()));
  return 0;
}

/** Argo's, where none is named. Throws CONFIG_INVALID. */
function systemsIn(words: readonly string[]): readonly string[] {
  const unknown = words.find((word) => !definers.includes(word));
  if (unknown !== undefined)
    throw new EngineError('CONFIG_INVALID', { problem: `nobody is called "${unknown}"` }, { hint: definers.join(', ') });
  return words.length === 0 ? ['argo'] : words;
}

async function generateRbac(files: readonly string[], flags: GenerateFlags): Promise<number> {
  if (files.length === 0 && !flags.fromCluster)
    throw new EngineError('CONFIG_MISSING', { problem: 'generate rbac needs the files of the rules, or --from-cluster' });
  const { objects, findings } = await loadRules(files, { namespace: flags.namespace ?? 'default' });
  const checked = objects.map((loaded) => ({ loaded, ...checkRule(loaded.object) }));
  const errors = [...findings, ...checked.flatMap(({ loaded, findings: all = [] }) => all.map((one) => placed(one, loaded)))].filter(
    ({ severity }) => severity === 'error',
  );
  for (const finding of errors) process.stderr.write(`${showFinding(finding)}\n`);
  if (errors.length > 0) return 2;
  const rules = checked.flatMap(({ rule }) => rule ?? []);
  const [first] = rules;
  const namespace = flags.namespace ?? first?.metadata.namespace ?? 'default';
  const namespaces = flags.allNamespaces ? undefined : [...new Set([namespace, ...rules.map(({ metadata }) => metadata.namespace)])];
  const fromCluster = flags.fromCluster ? { account: { namespace, name: flags.account }, namespaces } : undefined;
  process.stdout.write(rbacText(rules, fromCluster ? { fromCluster } : {}));
  return 0;
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
