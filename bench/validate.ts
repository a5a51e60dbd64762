/** How long `validate` takes for 1,000 rules in files, beside reading their YAML alone. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocuments } from '../src/core/yaml/documents.ts';
import { checkLoaded } from '../src/manifests/check-files.ts';
import { loadRules } from '../src/manifests/load.ts';
import { printTable, type Row } from './measure.ts';

const rules = 1000;

/** The rule of `examples/auto-ingress` again and again under other names: a file with its EventSource and its Sensor, until there are enough. */
function write(folder: string): string[] {
  const parts = ['eventsource.yaml', 'sensor.yaml'].map((name) => readFileSync(join('examples', 'auto-ingress', name), 'utf8'));
  const text = parts.join('---\n');
  return Array.from({ length: rules / parts.length }, (_, index) => {
    const file = join(folder, `rule-${index}.yaml`);
    writeFileSync(file, text.replaceAll('ingress-es', `es-${index}`).replaceAll('ingress-sn', `sn-${index}`));
    return file;
  });
}

export async function validate(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-bench-'));
  try {
    const files = write(folder);
    const [reading, checking] = [
      async () => files.map((file) => parseDocuments(readFileSync(file, 'utf8'))),
      async () => checkLoaded(await loadRules([folder])),
    ];
    const first = await milliseconds(checking);
    const [parse, check] = [await best(reading), await best(checking)];
    const { objects, findings } = await checking();
    if (objects !== rules || findings.length > 0) throw new Error(`${objects} objects, ${findings.length} findings`);
    const ceiling = { ceiling: parse, of: 'their YAML alone' };
    return [
      { what: `the YAML of ${rules} rules`, value: parse, unit: 'ms' },
      { what: `validate ${rules} rules, at first`, value: first, unit: 'ms', ...ceiling },
      { what: `validate ${rules} rules, warm`, value: check, unit: 'ms', ...ceiling },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function best(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  while (times.length < 3) times.push(await milliseconds(work));
  return Math.min(...times);
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

if (import.meta.url === `file://${process.argv[1]}`) printTable('validate', await validate());
