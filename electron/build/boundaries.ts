import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';

/** What a folder may import, besides itself. Tests and build scripts stand outside; everything else is the law. */
interface Allowance {
  readonly folder: string;
  readonly why: string;
  /** Folders of ours, as path prefixes. */
  readonly ours: readonly string[];
  /** npm packages, by name; `*` any. */
  readonly packages: readonly string[];
  /** Node built-ins are allowed. */
  readonly node?: true;
}

const SHARED = ['shared/base', 'shared/domain', 'shared/contract', 'shared/wire', 'shared/wording'];

export const ALLOWANCES: readonly Allowance[] = [
  { folder: 'shared/base', why: 'base stands on nothing', ours: [], packages: [] },
  {
    folder: 'shared/domain',
    why: 'rules are pure, and built-in profiles are data',
    ours: ['shared/base', 'assets/profiles/built-in\\.json$'],
    packages: ['zod'],
  },
  {
    folder: 'shared/contract',
    why: 'the contract knows notions only',
    ours: ['shared/base', 'shared/domain'],
    packages: ['zod'],
  },
  {
    folder: 'shared/wire',
    why: 'the wire carries any contract',
    ours: ['shared/base', 'shared/contract'],
    packages: ['zod'],
  },
  {
    folder: 'shared/wording',
    why: 'words know notions and faults',
    ours: ['shared/base', 'shared/domain', 'shared/contract'],
    packages: [],
  },
  {
    folder: 'electron/disk',
    why: 'whoever keeps files stands on it, and it on nobody',
    ours: SHARED,
    packages: [],
    node: true,
  },
  {
    folder: 'electron/hosts',
    why: 'a host knows no service',
    ours: [...SHARED, 'electron/disk'],
    packages: ['*'],
    node: true,
  },
  {
    folder: 'electron/services',
    why: 'services know Windows through host.ts only',
    ours: [...SHARED, 'electron/disk', 'electron/hosts/host\\.ts$'],
    packages: ['dockerode', 'tar-stream', 'zod'],
    node: true,
  },
  {
    folder: 'electron/shells/cli',
    why: 'a shell wires; it never imports another shell',
    ours: [...SHARED, 'electron/disk', 'electron/hosts', 'electron/services', 'electron/shells/serving'],
    packages: ['*'],
    node: true,
  },
  {
    folder: 'electron/shells/serving',
    why: 'what shells share',
    ours: [...SHARED, 'electron/disk', 'electron/hosts', 'electron/services'],
    packages: ['*'],
    node: true,
  },
  {
    folder: 'electron/shells/web',
    why: 'a shell wires; it never imports another shell',
    ours: [...SHARED, 'electron/disk', 'electron/hosts', 'electron/services', 'electron/shells/serving'],
    packages: ['*'],
    node: true,
  },
  {
    folder: 'electron/shells/window',
    why: 'a shell wires; it never imports another shell',
    ours: [...SHARED, 'electron/disk', 'electron/hosts', 'electron/services', 'electron/shells/serving'],
    packages: ['*'],
    node: true,
  },
  {
    folder: 'renderer/link',
    why: 'a link is a channel, nothing more',
    ours: SHARED,
    packages: [],
  },
  { folder: 'renderer/stores', why: 'stores know the client, not React', ours: SHARED, packages: ['zustand'] },
  {
    folder: 'renderer/components',
    why: 'parts are handed their data',
    ours: SHARED,
    packages: [
      'react',
      'react-dom',
      '@fluentui/.*',
      '@xyflow/react',
      '@dagrejs/dagre',
      '@tanstack/react-virtual',
      '@xterm/.*',
    ],
  },
  {
    folder: 'renderer/screens',
    why: 'a screen reads stores and words nothing',
    ours: [...SHARED, 'renderer/stores', 'renderer/components'],
    packages: ['react', 'react-dom', 'zustand', '@fluentui/.*'],
  },
  {
    folder: 'renderer/app',
    why: 'the entry wires',
    ours: [...SHARED, 'renderer/link', 'renderer/stores', 'renderer/components', 'renderer/screens'],
    packages: ['react', 'react-dom', 'zustand', '@fluentui/.*'],
  },
];

const TESTS = '\\.(test|test-d|property\\.test|contract)\\.tsx?$|/(testing|fixtures)/';

function rulesFor(allowance: Allowance): IForbiddenRuleType[] {
  const from = { path: `^${allowance.folder}/`, pathNot: TESTS };
  const ours = [allowance.folder, ...allowance.ours].map(folder =>
    folder.endsWith('$') ? `^${folder}` : `^${folder}/`,
  );
  const rules: IForbiddenRuleType[] = [
    {
      name: `${allowance.folder} reaches out`,
      comment: allowance.why,
      severity: 'error',
      from,
      to: { path: '^(shared|electron|renderer|e2e|assets)/', pathNot: ours },
    },
  ];
  if (!allowance.packages.includes('*')) {
    rules.push({
      name: `${allowance.folder} imports a package`,
      comment: allowance.why,
      severity: 'error',
      from,
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
        pathNot: allowance.packages.map(name => `node_modules/(@types/)?${name}/`),
      },
    });
  }
  if (allowance.node === undefined) {
    rules.push({
      name: `${allowance.folder} imports Node`,
      comment: allowance.why,
      severity: 'error',
      from,
      to: { dependencyTypes: ['core'] },
    });
  }
  return rules;
}

const SIMULATED = 'electron/hosts/simulated';

export const FORBIDDEN: readonly IForbiddenRuleType[] = [
  ...ALLOWANCES.flatMap(rulesFor),
  {
    name: 'no circles',
    comment: 'A circle has no inside',
    severity: 'error',
    from: { pathNot: 'node_modules' },
    to: { circular: true },
  },
  {
    name: 'nobody imports a test',
    comment: 'What tests need stands in their own folders',
    severity: 'error',
    from: { pathNot: TESTS },
    to: { path: TESTS },
  },
  {
    name: 'unresolvable',
    comment: 'An import that leads nowhere',
    severity: 'error',
    from: { path: '^(shared|electron|renderer|e2e)/' },
    // `sarif` has types only (@types/sarif): there is no code that it could lead to.
    to: { couldNotResolve: true, pathNot: '^sarif$' },
  },
  {
    name: 'electron belongs to the window',
    comment: 'Everything else runs where there is no Electron',
    severity: 'error',
    from: { path: '^(shared|electron|renderer)/', pathNot: '^electron/shells/window/' },
    to: { path: 'node_modules/electron/' },
  },
  {
    name: 'hosts do not import one another',
    comment: 'Each host stands behind host.ts by itself',
    severity: 'error',
    from: { path: '^electron/hosts/([^/]+)/', pathNot: TESTS },
    to: { path: '^electron/hosts/[^/]+/', pathNot: '^electron/hosts/$1/' },
  },
  ...(['kernel', 'engine', 'programs'] as const).map(
    (room): IForbiddenRuleType => ({
      name: `the ${room} of the simulated host keeps to itself`,
      comment: 'Rooms meet in machine.ts only',
      severity: 'error',
      from: { path: `^${SIMULATED}/${room}/`, pathNot: TESTS },
      to: {
        path: `^${SIMULATED}/`,
        pathNot: [`^${SIMULATED}/${room}/`, `^${SIMULATED}/machine\\.ts$`, `^${SIMULATED}/scenario/schema\\.ts$`],
      },
    }),
  ),
];

/** Cruises `folders` below `baseDir` under the law. Sees type-only imports, Node built-ins, packages and circles. */
export async function judgeImports(baseDir: string, folders: readonly string[]): Promise<ICruiseResult> {
  const { output } = await cruise([...folders], {
    baseDir,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    validate: true,
    ruleSet: { forbidden: [...FORBIDDEN] },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  });
  if (typeof output === 'string') throw new TypeError('dependency-cruiser answered text where a result was expected');
  return output;
}
