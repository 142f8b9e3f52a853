import { describe, expect, it } from 'vitest';
import { ran } from './testing/real-doors.ts';

/** What differs from run to run, by the order in which it comes: ids, times, tokens. */
function steady(text: string): string {
  const names = new Map<string, string>();
  return text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/siloscope-[0-9a-f]+\.canary/g, 'siloscope-TOKEN.canary')
    .replace(/silo \d+/g, 'silo N')
    .replace(/\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}/g, guid => {
      const name = names.get(guid) ?? `{guid ${names.size + 1}}`;
      names.set(guid, name);
      return name;
    });
}

const PAGE = ['inspect', '--scenario', 'winfsp-container-support'];

describe('what inspect prints of the two examples of WinFsp’s page', () => {
  it.each([
    ['looking only', [], 'inspect-page'],
    ['with probe and canary', ['--probe', '--canary'], 'inspect-page-proven'],
    ['held against a policy', ['--policy', 'no-leaks'], 'inspect-page-policy'],
  ])('%s', async (_, depth, name) => {
    const { out, err } = await ran([...PAGE, ...depth], { columns: 80, env: { NO_COLOR: '1' } });
    expect(err).toBe('');
    await expect(steady(out)).toMatchFileSnapshot(`golden/${name}.txt`);
  });
});
