/** A promise of a page, and the tests that are named as keeping it. */
export interface PagePromise {
  readonly text: string;
  readonly tests: readonly { readonly file: string; readonly name: string }[];
}

/** What a list of promises looks like: `- a promise`, over further lines, and below it `` - `file` › name of the test ``. */
const PROMISE = /^- (.*)$/;
const TEST = /^ {2}- `([^`]+)` › (.+)$/;

/** Reads the promises of a page: every list under headings of the second level whose name begins with "Against". */
export function readPromises(page: string): PagePromise[] {
  const promises: { text: string; tests: { file: string; name: string }[] }[] = [];
  let isPromised = false;
  for (const line of page.split('\n')) {
    if (line.startsWith('## ')) isPromised = line.startsWith('## Against');
    if (!isPromised) continue;
    const last = promises.at(-1);
    const [, text] = PROMISE.exec(line) ?? [];
    const [, file, name] = TEST.exec(line) ?? [];
    if (file !== undefined && name !== undefined) last?.tests.push({ file, name });
    else if (text !== undefined) promises.push({ text, tests: [] });
    else if (last !== undefined && /^ {2}\S/.test(line)) last.text += ` ${line.trim()}`;
  }
  return promises;
}

/** Text between quotes of any kind, as the program that it stands in means it. */
const LITERAL = /(['"`])((?:\\.|(?!\1)[^\\])*)\1/g;

/** Has a test of that name: a literal of its source, whether of a test, a table's row or what encloses them. */
export function hasTest(source: string, name: string): boolean {
  return source
    .split('\n')
    .some(line => [...line.matchAll(LITERAL)].some(([, , text]) => text?.replaceAll(/\\(.)/g, '$1') === name));
}

/** Tests that run with every `npm test`; the others have lanes of their own, which not every machine can run. */
export const runsAlways = (file: string): boolean => /\.(test|spec)\.tsx?$/.test(file) && !file.startsWith('e2e/ssh/');

/** What is wrong with the promises of a page; `sourceOf` answers undefined for a file that is not there. */
export function judgePromises(
  promises: readonly PagePromise[],
  sourceOf: (file: string) => string | undefined,
): string[] {
  return promises.flatMap(({ text, tests }) => {
    const known = tests.filter(({ file, name }) => hasTest(sourceOf(file) ?? '', name));
    const missing = tests.filter(test => !known.includes(test));
    return [
      ...missing.map(({ file, name }) => `"${text}" names a test that is not there: ${file} › ${name}`),
      ...(known.some(({ file }) => runsAlways(file)) ? [] : [`"${text}" has no test that always runs`]),
    ];
  });
}
