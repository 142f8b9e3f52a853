import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { unusedClasses } from './unused-classes.ts';
import { unusedExports } from './unused-exports.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Everything that is written by hand, by path. */
const sources = new Map(
  ['shared', 'electron', 'renderer', 'e2e'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && /\.(tsx?|mjs|css)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
      .map(entry => join(entry.parentPath, entry.name))
      .map(path => [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')] as const),
  ),
);
const code = new Map([...sources].filter(([path]) => !path.endsWith('.css')));

/** What is used in another way than by an import, or by tests with good reason. */
const EXCUSED: Readonly<Record<string, string>> = {
  'e2e/standin/electron.ts': 'stands where the window imports electron',
  'shared/wire/wire.test-d.ts': 'must not compile, or must',
  'shared/base/clock.ts: ManualClock': 'time, as tests hand it in',
  'shared/base/disposables.ts: trackDisposables': 'the check that ends every suite',
  'electron/hosts/remote/agent-protocol.ts: decodeRequest': 'the other end of a line, by which stand-ins read it',
  'electron/hosts/simulated/scenario/json-schema.ts': 'published by its test',
  'shared/domain/policy-json-schema.ts': 'published by its test',
  'shared/domain/profile-file.ts: profileJsonSchema': 'published by its test',
  'shared/domain/settings-json-schema.ts: settingsJsonSchema': 'published by its test',
  'electron/services/workspaces/workspace-json-schema.ts': 'published by its test',
  'electron/hosts/simulated/scenario/schema.ts: ScenarioInput': 'a scenario as tests write it',
  'electron/services/recording/check-list.ts': 'a page in code; its test holds it against a recording',
};

describe('the tree', () => {
  it('exports nothing that nothing uses, and nothing that only tests use', () => {
    const unused = unusedExports(code);
    const excuses = Object.keys(EXCUSED);
    expect(unused.filter(found => !excuses.some(excuse => found.startsWith(excuse)))).toEqual([]);
    expect(excuses.filter(excuse => !unused.some(found => found.startsWith(excuse)))).toEqual([]);
  }, 120_000);

  it('has no class in a style sheet that no part asks for', () => {
    expect([...sources.keys()].filter(path => path.endsWith('.module.css')).length).toBeGreaterThan(20);
    expect(unusedClasses(sources)).toEqual([]);
  });
});

describe('an export', () => {
  const judged = (files: Readonly<Record<string, string>>): string[] => unusedExports(new Map(Object.entries(files)));

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['that nobody takes', { 'shared/a.ts': 'export const a = 1;' }, ['shared/a.ts: a']],
    ['of a type that nobody takes', { 'shared/a.ts': 'export interface A {}' }, ['shared/a.ts: A']],
    [
      'that only a test takes',
      { 'shared/a.ts': 'export const a = 1;', 'shared/a.test.ts': "import { a } from './a.ts'; a;" },
      ['shared/a.ts: a (tests only)'],
    ],
    [
      'that only a test of another folder takes',
      { 'shared/a.ts': 'export const a = 1;', 'e2e/x.ts': "import { a as b } from '../shared/a.ts'; b;" },
      ['shared/a.ts: a (tests only)'],
    ],
    ['that is handed on to nobody', { 'a.ts': 'export {b} from "./b.ts"', 'b.ts': 'export const b = 1' }, ['a.ts: b']],
  ])('%s is told', (_, files, expected) => {
    expect(judged(files)).toEqual(expected);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['its own file', { 'a.ts': 'export const a = 1; const b = a; b;' }],
    ['another file', { 'a.ts': 'export const a = 1;', 'b.ts': "import { a } from './a.ts'; a;" }],
    ['a file that takes all', { 'a.ts': 'export const a = 1;', 'b.ts': "import * as all from './a.ts'; all;" }],
    ['a file that hands on all', { 'a.ts': 'export const a = 1;', 'b.ts': "export * from './a.ts';" }],
    ['an import() later', { 'a.ts': 'export const a = 1;', 'b.ts': "void import('./a.ts').then(it => it.a);" }],
    ['a type by import()', { 'a.ts': 'export type A = 1;', 'b.ts': "const x: import('./a.ts').A = 1; x;" }],
    ['a framework, as default', { 'a.config.ts': 'export default class A {}' }],
  ])('that is used by %s is not', (_, files) => {
    expect(judged(files)).toEqual([]);
  });
});

describe('a class in a style sheet', () => {
  const judged = (part: string): string[] =>
    unusedClasses(
      new Map(Object.entries({ 'r/A.module.css': '.a:hover, .b1 { x: url(y.z) } /* .c */', 'r/A.tsx': part })),
    );
  const from = "import css from './A.module.css';";

  it.each([
    ['that is asked for', `${from} css['a'] + css['b1']`, []],
    ['that is not', `${from} css['a']`, ['r/A.module.css .b1']],
    ['of which only the beginning is told', `${from} css['a'] + css[\`b\${1}\`]`, []],
    ['whose name is a value', `${from} type T = 'a' | 'b1'; css[state]`, []],
    ['whose name is nobody else’s', `${from} type T = 'a'; css[state]`, ['r/A.module.css .b1']],
    ['of a sheet that nobody imports', '', ['r/A.module.css .a', 'r/A.module.css .b1']],
  ])('%s', (_, part, expected) => {
    expect(judged(part)).toEqual(expected);
  });
});
