import type { Reporter, TestModule } from 'vitest/node';

/** Names again, at the end of a long run, what failed and what passed only at a second try; ends with one plain line that a program can read. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      const file = module.relativeModuleId;
      for (const test of module.children.allTests()) {
        const result = test.result();
        count[result.state]++;
        const isFlaky = test.diagnostic()?.flaky;
        if (result.state === 'failed' || isFlaky)
          name(isFlaky ? 'passed at a second try only:' : 'FAILED', `${file} > ${test.fullName}`, result.errors);
      }
      if (module.errors().length > 0) {
        count.failed += 1;
        name('FAILED', file, module.errors());
      }
    }
    console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped + count.pending} skipped`);
  }
}

interface Thrown {
  readonly message: string;
  readonly diff?: string;
  readonly stack?: string;
}

const name = (verdict: string, what: string, errors: readonly Thrown[] = []): void =>
  console.log(`${verdict} ${what}\n${errors.map(shown).join('\n')}`);

/** What went wrong, the difference and the place, the first lines of each, indented. */
function shown({ message, diff = '', stack = '' }: Thrown): string {
  const places = stack.split('\n').filter((line) => /^ +at /.test(line) && !/node_modules|<anonymous>/.test(line));
  return [message.split('\n'), diff.split('\n'), places]
    .flatMap((lines) => lines.filter(Boolean).slice(0, 12))
    .map((line) => `  ${line.slice(0, 300)}`)
    .join('\n');
}
