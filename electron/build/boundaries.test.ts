import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IModule } from 'dependency-cruiser';
import { afterEach, describe, expect, it } from 'vitest';
import { judgeImports } from './boundaries.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the import rule', () => {
  it('is kept by the whole tree, and the tree was really seen', async () => {
    const { summary, modules } = await judgeImports(root, ['shared', 'electron', 'renderer']);
    expect(summary.violations.map(found => `${found.rule.name}: ${found.from} -> ${found.to}`)).toEqual([]);
    expect(modules.map(module => module.source)).toEqual(
      expect.arrayContaining(['shared/base/emitter.ts', 'electron/hosts/host.ts', 'shared/contract/contract.ts']),
    );
    expect(beforeFirstFrame(modules)).toEqual([]);
    // It parses every file: on a busy machine that takes its time.
  }, 180_000);
});

/** What is heavy and yet run before the page shows anything: each with the file that asks for it. */
function beforeFirstFrame(modules: readonly IModule[]): string[] {
  const known = new Map(modules.map(module => [module.source, module]));
  const seen = new Set(['renderer/app/main.tsx']);
  const heavy: string[] = [];
  for (const source of seen) {
    for (const { resolved, dynamic, dependencyTypes } of known.get(source)?.dependencies ?? []) {
      if (dynamic || dependencyTypes.some(type => type.includes('type-only'))) continue;
      if (/node_modules\/(zod|@fluentui(?!\/react-icons\/lib\/atoms)|@xyflow|@xterm)\//.test(resolved))
        heavy.push(`${source} -> ${resolved}`);
      seen.add(resolved);
    }
  }
  expect([...seen]).toContain('renderer/app/App.tsx');
  return heavy;
}

describe('a planted sin', () => {
  let tree: string | undefined;
  afterEach(() => {
    if (tree !== undefined) rmSync(tree, { recursive: true, force: true });
    tree = undefined;
  });

  /** A small tree that has something at every place an import below may lead to. */
  const lawful: Readonly<Record<string, string>> = {
    'package.json':
      '{"name":"planted","type":"module","dependencies":{"zod":"*","dockerode":"*"},"devDependencies":{"electron":"*"}}',
    'shared/base/a.ts': 'export const a = 1;',
    'shared/domain/b.ts': "import { a } from '../base/a.ts'; export const b = a; export type B = number;",
    'shared/contract/c.ts': "import { b } from '../domain/b.ts'; export const c = b;",
    'shared/wording/w.ts': "import { c } from '../contract/c.ts'; export const w = c;",
    'electron/hosts/host.ts': "import { c } from '../../shared/contract/c.ts'; export const host = c;",
    'electron/hosts/simulated/machine.ts': 'export const machine = 1;',
    'electron/hosts/simulated/kernel/k.ts': "import { machine } from '../machine.ts'; export const k = machine;",
    'electron/hosts/simulated/engine/e.ts': "import { machine } from '../machine.ts'; export const e = machine;",
    'electron/services/s.ts':
      "import { host } from '../hosts/host.ts'; import Docker from 'dockerode'; export const s = [host, Docker];",
    'electron/shells/cli/cli.ts': "import { s } from '../../services/s.ts'; export const cli = s;",
    'renderer/stores/st.ts': 'export const st = 1;',
    'renderer/screens/sc.ts': "import { st } from '../stores/st.ts'; export const sc = st;",
    'electron/shells/web/web.ts': "import { s } from '../../services/s.ts'; export const web = s;",
    'electron/shells/window/win.ts': "import { app } from 'electron'; export const win = app;",
  };

  async function judge(sins: Readonly<Record<string, string>>): Promise<string[]> {
    tree = mkdtempSync(join(tmpdir(), 'siloscope-imports-'));
    for (const [path, text] of Object.entries({ ...lawful, ...sins })) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), text);
    }
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'junction');
    const { summary } = await judgeImports(tree, ['shared', 'electron', 'renderer']);
    return [...new Set(summary.violations.map(found => found.rule.name))].sort();
  }

  it('is not seen in a lawful tree', async () => {
    expect(await judge({})).toEqual([]);
  });

  it.each([
    [
      'base standing on the domain',
      'shared/base/sin.ts',
      "import { b } from '../domain/b.ts'; export const x = b;",
      'shared/base reaches out',
    ],
    [
      'a rule that knows the contract',
      'shared/domain/sin.ts',
      "import { w } from '../wording/w.ts'; export const x = w;",
      'shared/domain reaches out',
    ],
    [
      'a type-only import of the same kind',
      'shared/base/sin.ts',
      "import type { B } from '../domain/b.ts'; export type X = B;",
      'shared/base reaches out',
    ],
    [
      'a rule that reads files',
      'shared/domain/sin.ts',
      "import { readFileSync } from 'node:fs'; export const x = readFileSync;",
      'shared/domain imports Node',
    ],
    [
      'a rule with a package',
      'shared/domain/sin.ts',
      "import Docker from 'dockerode'; export const x = Docker;",
      'shared/domain imports a package',
    ],
    [
      'a host that knows a service',
      'electron/hosts/sin.ts',
      "import { s } from '../services/s.ts'; export const x = s;",
      'electron/hosts reaches out',
    ],
    [
      'a host that borrows from another',
      'electron/hosts/this-machine/sin.ts',
      "import { machine } from '../simulated/machine.ts'; export const x = machine;",
      'hosts do not import one another',
    ],
    [
      'a service that knows the simulated host',
      'electron/services/sin.ts',
      "import { machine } from '../hosts/simulated/machine.ts'; export const x = machine;",
      'electron/services reaches out',
    ],
    [
      'a shell that imports another shell',
      'electron/shells/cli/sin.ts',
      "import { web } from '../web/web.ts'; export const x = web;",
      'electron/shells/cli reaches out',
    ],
    [
      'a window that imports another shell',
      'electron/shells/window/sin.ts',
      "import { web } from '../web/web.ts'; export const x = web;",
      'electron/shells/window reaches out',
    ],
    [
      'Electron outside the window',
      'electron/services/sin.ts',
      "import type { App } from 'electron'; export type X = App;",
      ['electron belongs to the window', 'electron/services imports a package'],
    ],
    [
      'Electron in what shells share',
      'electron/shells/serving/sin.ts',
      "import { app } from 'electron'; export const x = app;",
      'electron belongs to the window',
    ],
    [
      'an engine that reaches into the kernel',
      'electron/hosts/simulated/engine/sin.ts',
      "import { k } from '../kernel/k.ts'; export const x = k;",
      'the engine of the simulated host keeps to itself',
    ],
    [
      'product code that imports a test',
      'shared/wording/sin.ts',
      "import { t } from './w.test.ts'; export const x = t;",
      'nobody imports a test',
    ],
    [
      'a screen that reaches into the Node side',
      'renderer/screens/sin.ts',
      "import { s } from '../../electron/services/s.ts'; export const x = s;",
      'renderer/screens reaches out',
    ],
    [
      'a store that knows a screen',
      'renderer/stores/sin.ts',
      "import { sc } from '../screens/sc.ts'; export const x = sc;",
      'renderer/stores reaches out',
    ],
    [
      'an import that leads nowhere',
      'shared/wording/sin.ts',
      "import { t } from './nowhere.ts'; export const x = t;",
      'unresolvable',
    ],
  ])('is refused: %s', async (_sin, path, text, rule) => {
    expect(await judge({ 'shared/wording/w.test.ts': 'export const t = 1;', [path]: text })).toEqual([rule].flat());
  });

  it('is refused: a circle', async () => {
    const circle = {
      'shared/domain/one.ts': "import { two } from './two.ts'; export const one = (): number => two;",
      'shared/domain/two.ts': "import { one } from './one.ts'; export const two = one.length;",
    };
    expect(await judge(circle)).toEqual(['no circles']);
  });
});
