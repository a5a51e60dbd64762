/**
 * `sensorium test`: runs the tests that authors write beside their rules (`*.test.yaml`). Needs no cluster and no bus, and changes nothing.
 */
import { writeFileSync } from 'node:fs';
import { EngineError } from '../../core/errors/engine-error.ts';
import { fileReasonOf } from '../../core/errors/from-unknown.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import { untilSignal } from '../../core/lifecycle/until-signal.ts';
import { systemClock } from '../../core/time/clock.ts';
import { showError } from '../errors.ts';
import type { JqFlags } from '../flags.ts';
import { openJqEngine } from '../jq-engine.ts';
import type { Output } from '../output.ts';
import { junit } from '../rehearse/junit.ts';
import { says } from '../rehearse/match.ts';
import { runTests, type TestReport } from '../rehearse/run-tests.ts';
import { testFilesIn } from '../rehearse/test-file.ts';
import { showReport } from '../rehearse/test-text.ts';
import { fingerprint, watchedBy } from '../rehearse/watched.ts';

export interface TestFlags extends JqFlags {
  readonly testName?: string;
  readonly watch: boolean;
  readonly junit?: string;
  readonly coverage: boolean;
  readonly output: 'text' | 'json';
}

/** How often files are looked at in watch mode, in milliseconds. */
const lookEvery = 250;

/** Answers the exit code: 0 when every test passed, 1 when one failed, 2 when a rule or a test file cannot be read. Throws EngineError. */
export async function test(paths: readonly string[], flags: TestFlags, output: Output): Promise<number> {
  if (!flags.watch) return once(paths, flags, output);
  const signal = untilSignal();
  while (!signal.aborted) {
    const watched = watchedBy(paths);
    const seen = fingerprint(watched);
    await once(paths, flags, output).catch((thrown: unknown) => output.warn(showError(thrown)));
    output.warn('waiting for a file to be saved; Ctrl-C ends it');
    while (!signal.aborted && fingerprint(watched) === seen) await systemClock.sleep(lookEvery, signal);
  }
  return 0;
}

async function once(paths: readonly string[], flags: TestFlags, { write }: Output): Promise<number> {
  const { testName } = flags;
  const chosen = (name: string) => testName === undefined || says(name, testName);
  await using jq = openJqEngine(flags.jqEngine);
  const whole = await runTests(testFilesIn(paths), { clock: systemClock, chosen, jq });
  if (whole.results.length === 0 && whole.findings.length === 0) throw nothingRan(paths, testName);
  // A part of the tests says nothing about what all of them try.
  const report = testName === undefined ? whole : { ...whole, coverage: [] };
  write(flags.output === 'json' ? stringifyJson(reportData(report)) : showReport(report));
  if (flags.junit !== undefined) writeResults(flags.junit, junit(report));
  if (report.findings.length > 0) return 2;
  const gaps = flags.coverage && report.coverage.some((one) => one.gaps().length > 0);
  return gaps || report.results.some((one) => one.failures.length > 0) ? 1 : 0;
}

/** Green must mean that something was tried. */
function nothingRan(paths: readonly string[], testName: string | undefined): EngineError {
  const where = paths.join(', ');
  if (testName === undefined) return new EngineError('CONFIG_MISSING', { problem: `there is no test in ${where}` });
  const problem = `no test in ${where} has a name with ${testName}`;
  return new EngineError('CONFIG_MISSING', { problem }, { hint: 'a text must stand in the name just so; /…/ is a regular expression' });
}

function writeResults(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw new EngineError('CONFIG_INVALID', { problem: `cannot write ${path}: ${fileReasonOf(cause)}` }, { cause });
  }
}

function reportData({ results, findings, coverage }: TestReport): JsonObject {
  return {
    tests: results.map(({ file, name, failures, took }) => ({
      file,
      name,
      passed: failures.length === 0,
      took,
      failures: failures.map(({ place, message, why }) => ({ place, message, why: [...why] })),
    })),
    findings: findings.map(({ file, line, column, code, message, hint }) => ({ file, line, column, code, message, hint: hint ?? null })),
    neverTried: coverage.flatMap((one) => one.gaps().map(({ place, message }) => ({ sensor: one.sensor, place, message }))),
  };
}
