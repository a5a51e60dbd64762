/**
 * Checks the product against case files that hold the behaviour of the systems whose YAML we run.
 *
 * `runPart` knows nothing of the product: it loads the cases of one part, asks the part's adapter what the product gives, and compares.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Adapter, Answer, Case } from './adapter.ts';
import { unmet } from './compare.ts';
import { type Difference, differences } from './differences.ts';
import { type Skip, skips } from './skips.ts';

export interface Failure {
  readonly name: string;
  readonly input: Case;
  /** Only the fields that were not met. */
  readonly expected: Answer;
  readonly got: Answer;
}

export interface PartResult {
  readonly part: string;
  readonly passed: number;
  readonly failures: readonly Failure[];
  /** Reason → number of cases. */
  readonly skipped: ReadonlyMap<string, number>;
  /** How many of the passed cases stand under which row of `differences.ts`. */
  readonly differing: ReadonlyMap<Difference, number>;
}

/** The parts below a folder of vectors, in order: `argo/gjson`, … */
export function partsOf(folder: string): string[] {
  const systems = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const files = systems.flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`));
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

interface Rules {
  readonly differences: readonly Difference[];
  readonly skips: readonly Skip[];
}

export async function runPart(
  folder: string,
  part: string,
  adapter: Adapter | undefined,
  rules: Rules = { differences, skips },
): Promise<PartResult> {
  const file = JSON.parse(readFileSync(join(folder, `${part}.json`), 'utf8')) as Case;
  const failures: Failure[] = [];
  const skipped = new Map<string, number>();
  const differing = new Map<Difference, number>();
  let passed = 0;
  for (const one of file.cases as Case[]) {
    const because = adapter ? rules.skips.find((skip) => skip.when(one, part))?.because : 'no adapter yet';
    if (because !== undefined || !adapter) {
      count(skipped, because ?? '');
      continue;
    }
    const difference = rules.differences.find((row) => row.parts.includes(part) && row.when(one));
    const failure = await check(one, file, adapter, difference);
    if (failure) failures.push(failure);
    else passed += 1;
    if (difference && !failure) count(differing, difference);
  }
  return { part, passed, failures, skipped, differing };
}

async function check(one: Case, file: Case, adapter: Adapter, difference: Difference | undefined): Promise<Failure | undefined> {
  const theirs = adapter.expected?.(one) ?? expectationOf(one);
  const expected = difference ? { ...theirs, ...difference.expected(one) } : theirs;
  const got = await answerOf(one, file, adapter);
  const fields = 'threw' in got ? Object.keys(expected) : unmet(expected, got, adapter.compare);
  if (fields.length === 0 && !('threw' in got)) return undefined;
  return {
    name: String(one.name ?? one.id),
    input: inputOf(one),
    expected: only(expected, fields),
    got: 'threw' in got ? got : only(got, fields),
  };
}

async function answerOf(one: Case, file: Case, adapter: Adapter): Promise<Answer> {
  try {
    return await adapter.run(one, file);
  } catch (thrown) {
    return { threw: thrown instanceof Error ? thrown.stack : thrown };
  }
}

const isExpectation = (key: string): boolean => key === 'expect' || key.startsWith('want');

function expectationOf(one: Case): Answer {
  return one.expect ?? Object.fromEntries(Object.entries(one).filter(([key]) => isExpectation(key)));
}

/** A case without what it expects and where it comes from. */
function inputOf(one: Case): Case {
  const beside = new Set(['name', 'id', 'source', 'origin', 'note']);
  return Object.fromEntries(Object.entries(one).filter(([key]) => !beside.has(key) && !isExpectation(key)));
}

const only = (answer: Answer, fields: readonly string[]): Answer => Object.fromEntries(fields.map((field) => [field, answer[field]]));

function count<T>(counts: Map<T, number>, key: T): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
