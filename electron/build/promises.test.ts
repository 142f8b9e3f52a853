import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasTest, judgePromises, readPromises } from './promises.ts';

const root = new URL('../../', import.meta.url);
const sourceOf = (file: string): string | undefined => {
  const path = fileURLToPath(new URL(file, root));
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};

describe('SECURITY.md', () => {
  const promises = readPromises(sourceOf('SECURITY.md') ?? '');

  it('promises something against each adversary it names', () => {
    expect(promises.length).toBeGreaterThan(30);
  });

  it('names for every promise a test that is there, and runs', () => {
    expect(judgePromises(promises, sourceOf)).toEqual([]);
  });
});

describe('a page of promises', () => {
  const page = `# A page

- no promise, but a list

## Against the rain

- The roof is tight,
  also in a storm.
  - \`roof.test.ts\` › is tight in %s
  - \`e2e/ssh/roof.ssh.test.ts\` › is tight elsewhere
- The door is shut.

## What is left

- the wind
`;

  it('is read promise by promise, with the tests below each', () => {
    expect(readPromises(page)).toEqual([
      {
        text: 'The roof is tight, also in a storm.',
        tests: [
          { file: 'roof.test.ts', name: 'is tight in %s' },
          { file: 'e2e/ssh/roof.ssh.test.ts', name: 'is tight elsewhere' },
        ],
      },
      { text: 'The door is shut.', tests: [] },
    ]);
  });

  it('is refused for a test that is not there, and for a promise without one that always runs', () => {
    const faults = judgePromises(readPromises(page), file =>
      file.startsWith('e2e') ? "it('is tight elsewhere', () => {" : "it('is tight', () => {",
    );
    expect(faults).toEqual([
      '"The roof is tight, also in a storm." names a test that is not there: roof.test.ts › is tight in %s',
      '"The roof is tight, also in a storm." has no test that always runs',
      '"The door is shut." has no test that always runs',
    ]);
  });

  it.each([
    [`it('says "no"', () => {`, 'says "no"', true],
    [`  it.each([1])("the page's %s", async () => {`, "the page's %s", true],
    [`it('the page\\'s own', () => {`, "the page's own", true],
    [`it('says no', () => {`, 'says', false],
  ])('finds a test by its whole name: %s', (source, name, found) => {
    expect(hasTest(source, name)).toBe(found);
  });
});
