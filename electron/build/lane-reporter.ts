import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** One line of JSON for each test, into the file that SILOSCOPE_LANE_RESULTS names: a pipe would not come through Wine. */
export default class LaneReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly { readonly message: string }[]): void {
    const lines: object[] = errors.map(({ message }) => ({ name: 'the run itself', state: 'failed', why: message }));
    for (const module of modules) {
      for (const part of [module, ...module.children.allSuites()]) {
        const name = part.type === 'module' ? part.relativeModuleId : part.fullName;
        for (const error of part.errors()) lines.push({ name, state: 'failed', why: error.stack ?? error.message });
      }
      for (const test of module.children.allTests()) {
        const result = test.result();
        const why =
          result.state === 'skipped' ? result.note : result.errors?.map(one => one.stack ?? one.message).join('\n');
        lines.push({ name: test.fullName, state: result.state, ...(why === undefined ? {} : { why }) });
      }
    }
    const file = process.env['SILOSCOPE_LANE_RESULTS'] ?? 'lane-results.jsonl';
    writeFileSync(file, `${lines.map(line => JSON.stringify(line)).join('\n')}\n`);
  }
}
