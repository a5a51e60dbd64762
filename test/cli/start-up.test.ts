import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** Files and libraries that are loaded with a file, because they are imported at its top, or at the top of one of those. */
function loadedWith(file: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  const text = readFileSync(join(root, file), 'utf8');
  for (const [, target] of text.matchAll(/^(?:import|export) (?!type )(?:[^;]*? from )?'([^']+)';$/gm))
    if (target!.startsWith('.')) loadedWith(relative(root, join(root, dirname(file), target!)), loaded);
    else if (!target!.startsWith('node:')) loaded.add(target!);
  return loaded;
}

test.each(['why', 'dead-letters', 'joins', 'tail', 'send'])('%s loads little: it shall answer at once', (command) => {
  const loaded = loadedWith(`src/cli/commands/${command}.ts`);

  expect([...loaded].filter((name) => /^(zod$|undici|re2js$|@nats-io\/)/.test(name))).toEqual([]);
  expect(loaded.size).toBeGreaterThan(10);
  expect(loaded.size).toBeLessThan(80);
});

test('a check of files speaks to nobody, and loads nothing for it', () => {
  const loaded = loadedWith('src/cli/commands/validate.ts');

  expect(loaded).toContain('zod');
  expect([...loaded].filter((name) => /^(undici|@nats-io\/)/.test(name))).toEqual([]);
});

test('a process of a sensor or an event source loads neither the other, nor rules of other systems, before there is one', () => {
  const loaded = [...loadedWith('src/cli/commands/serve.ts')];

  expect(loaded.filter((name) => /^eventsources\/|^sensors\/(?!triggers\/dlq-name)|^src\/dialects\/(knative|tekton)/.test(name))).toEqual(
    [],
  );
  expect(loaded).toContain('src/cli/workbench.ts');
});

test('of undici only the files that are used are loaded, and not its front door', () => {
  const loaded = ['src/core/kube/client.ts', 'src/core/http/undici.ts', 'src/core/http/client.ts'].flatMap((file) => [...loadedWith(file)]);

  expect(loaded).toContain('undici/lib/dispatcher/pool.js');
  expect(loaded).not.toContain('undici');
});
