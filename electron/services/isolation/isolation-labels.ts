import { ownProcess } from '../own-process.ts';

/** On every container of a self-test; its value is when the test began, ISO 8601 UTC. */
export const TEST_LABEL = 'dev.siloscope.isolation-test';
/** Whose test it is: `ownProcess()`. */
export const TESTER_LABEL = 'dev.siloscope.isolation-test.by';

/** The labels of a test's containers. */
export function testLabels(takenAt: string): Record<string, string> {
  return { [TEST_LABEL]: takenAt, [TESTER_LABEL]: ownProcess() };
}
