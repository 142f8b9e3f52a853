import type { FullResult, Reporter, Suite } from '@playwright/test/reporter';

/** Ends a run of journeys as ClosingLine ends one of tests: `12 passed, 0 failed, 1 skipped`. */
export default class ClosingLineE2e implements Reporter {
  #suite: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  onEnd({ status }: FullResult): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const outcomes = { expected: 'passed', flaky: 'passed', unexpected: 'failed', skipped: 'skipped' } as const;
    const tests = this.#suite?.allTests() ?? [];
    for (const test of tests) counts[outcomes[test.outcome()]] += 1;
    if (status !== 'passed' && counts.failed === 0) counts.failed = 1;
    if (tests.length === 0) process.stdout.write('journeys: no Chromium was found, so none was walked\n');
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  }
}
