import { readFileSync } from 'node:fs';
import { win32 } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { APP_USER_MODEL_ID } from '../../shells/window/addresses.ts';
import { APP_ID, FUSES, signingOptions, updateChannel } from './builder-config.mjs';
import { judgePackage, type ReadPackage } from './judge-package.mjs';
import { isCarried, ledOutOfArchive } from './thin-modules.mjs';

const NATIVE = 'node_modules/@koromix/koffi-win32-x64/win32_x64/koffi.node';
const HASH = '0a'.repeat(32);

const LAWFUL: ReadPackage = {
  files: [
    'LICENSE.electron.txt',
    'LICENSE.siloscope.txt',
    'LICENSES.chromium.html',
    'LICENSES.others.txt',
    'Siloscope.exe',
    'bin/siloscope.cmd',
    'ffmpeg.dll',
    'icudtl.dat',
    'locales/en-US.pak',
    'resources/app.asar',
    `resources/app.asar.unpacked/${NATIVE}`,
    'resources/app.asar.unpacked/node_modules/ssh2/util/pagent.exe',
    'resources/app.asar.unpacked/assets/icons/siloscope.ico',
    'resources/app.asar.unpacked/assets/icons/badge-leak.png',
    'resources/app.asar.unpacked/assets/icons/tray-idle.ico',
    'resources/app.asar.unpacked/assets/icons/tray-busy.ico',
    'resources/app.asar.unpacked/assets/icons/tray-leak.ico',
    'resources/app.asar.unpacked/assets/icons/tray-error.ico',
    'resources/cli/node.exe',
    'resources/cli/package.json',
    'resources/cli/out/cli/main.js',
    'resources/cli/out/cli/path-entry.js',
    'resources/cli/out/cli/prober-process.js',
    'resources/cli/out/cli/elevator-process.js',
    'resources/cli/out/cli/broker-process.js',
    'resources/cli/out/renderer/index.html',
    'resources/cli/assets/scenarios/default.json',
    'resources/cli/assets/scenarios/scenario.schema.json',
    'resources/cli/assets/profiles/profiles.schema.json',
    'resources/cli/assets/profiles/built-in.json',
    'resources/cli/assets/profiles/example.json',
    'resources/cli/assets/policy/policy.schema.json',
    'resources/cli/assets/policy/example.json',
    'resources/cli/assets/settings/settings.schema.json',
    'resources/cli/assets/workspaces/workspace.schema.json',
    'resources/cli/assets/workspaces/workspaces.schema.json',
    'resources/cli/assets/workspaces/example.json',
    `resources/cli/${NATIVE}`,
    'resources/cli/node_modules/zod/index.js',
  ].map(path => ({ path, size: 100 })),
  archived: [
    'package.json',
    'out/window/main.js',
    'out/window/preload.cjs',
    'out/window/prober-process.js',
    'out/window/elevator-process.js',
    'out/renderer/index.html',
    'out/renderer/licences.json',
    'out/renderer/assets/start-DHL4C46I.js',
    'assets/icons/siloscope.ico',
    'assets/scenarios/default.json',
    'node_modules/zod/LICENSE',
    'node_modules/zod/index.js',
    NATIVE,
    'node_modules/ssh2/util/pagent.exe',
  ],
  fuses: {
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
    WasmTrapHandlers: true,
  },
  archiveHash: HASH,
  integrity: [{ file: 'resources\\app.asar', alg: 'SHA256', value: HASH }],
  strings: { ProductName: 'Siloscope', FileDescription: 'Siloscope', ProductVersion: '1.2.3.0' },
  manifest: '<requestedExecutionLevel level="asInvoker" uiAccess="false"></requestedExecutionLevel>',
};

const judge = (read: ReadPackage): string[] => judgePackage(read, { arch: 'x64', version: '1.2.3' });
const withFile = (path: string, size = 1): ReadPackage => ({ ...LAWFUL, files: [...LAWFUL.files, { path, size }] });
const archived = (path: string): ReadPackage => ({ ...LAWFUL, archived: [...LAWFUL.archived, path] });
const without = (path: string): ReadPackage => ({
  ...LAWFUL,
  files: LAWFUL.files.filter(file => file.path !== path),
  archived: LAWFUL.archived.filter(one => one !== path),
});
const fused = (name: string, on: boolean): ReadPackage => ({ ...LAWFUL, fuses: { ...LAWFUL.fuses, [name]: on } });

describe('the law of a package', () => {
  it('finds no fault with a lawful one', () => {
    expect(judge(LAWFUL)).toEqual([]);
  });

  it.each([
    ['a source', archived('electron/shells/window/main.ts'), 'which nothing allows'],
    ['a test of a package', archived('node_modules/zod/tests/a.test.ts'), 'which nothing allows'],
    ['types of a package', archived('node_modules/zod/index.d.ts'), 'which nothing allows'],
    ['a source map', archived('out/window/main.js.map'), 'which nothing allows'],
    [
      'a script beside the archive',
      withFile('resources/app.asar.unpacked/node_modules/@koromix/koffi-win32-x64/index.js'),
      'which nothing allows',
    ],
    ['a note to oneself', withFile('resources/cli/.env'), 'which nothing allows'],
    ["Electron's own example", withFile('resources/default_app.asar'), 'which nothing allows'],
    ['a program of somebody', withFile('resources/cli/node_modules/zod/tool.exe'), 'which nothing allows'],
    ['the part for Linux', archived('node_modules/@koromix/koffi-linux-x64/koffi.node'), 'for another machine'],
    ['no native part', without(`resources/app.asar.unpacked/${NATIVE}`), 'there is no'],
    ['pictures in the archive alone', without('resources/app.asar.unpacked/assets/icons/tray-leak.ico'), 'there is no'],
    ['no preload', without('out/window/preload.cjs'), 'app.asar has no'],
    [
      'no schema that its help names',
      without('resources/cli/assets/profiles/profiles.schema.json'),
      'there is no resources/cli/assets/profiles',
    ],
    ['no licences', without('LICENSES.others.txt'), 'there is no'],
    ['an archive of a hundred megabytes', withFile('resources/app.asar', 100_000_000), 'more than'],
    ['a command line of a hundred megabytes', withFile('resources/cli/out/cli/x.js', 100_000_000), 'more than'],
    ['a Node for every script', fused('RunAsNode', true), 'runAsNode is not off'],
    ['an ear for NODE_OPTIONS', fused('EnableNodeOptionsEnvironmentVariable', true), 'is not off'],
    ['a door for debuggers', fused('EnableNodeCliInspectArguments', true), 'is not off'],
    ['an archive that is not checked', fused('EnableEmbeddedAsarIntegrityValidation', false), 'is not on'],
    ['a folder beside the archive', fused('OnlyLoadAppFromAsar', false), 'is not on'],
    ['more rights for files', fused('GrantFileProtocolExtraPrivileges', true), 'is not off'],
    ['a fuse of a newer Electron', fused('fuse 10', true), 'nobody decided on: fuse 10'],
    ['cookies in plain text', fused('EnableCookieEncryption', false), 'is not on'],
    ['the record of another archive', { ...LAWFUL, archiveHash: '0b'.repeat(32) }, 'of another archive'],
    ['no record', { ...LAWFUL, integrity: [] }, 'no record'],
    ['another version', { ...LAWFUL, strings: { ...LAWFUL.strings, ProductVersion: '45.4.1.0' } }, 'ProductVersion'],
    [
      'a wish to be administrator',
      { ...LAWFUL, manifest: LAWFUL.manifest.replace('asInvoker', 'requireAdministrator') },
      'level',
    ],
  ])('finds the fault with %s', (_what, read, fault) => {
    const faults = judge(read);
    expect(faults.filter(text => text.includes(fault))).not.toEqual([]);
  });

  it('leaves no fuse to chance', () => {
    for (const name of Object.keys(FUSES)) {
      const electrons = `${name[0]?.toUpperCase()}${name.slice(1)}`;
      expect(judge(fused(electrons, LAWFUL.fuses[electrons] === false))).toHaveLength(1);
    }
  });

  it('is of one app: Windows knows the running one by the same name', () => {
    expect(APP_ID).toBe(APP_USER_MODEL_ID);
  });

  it.each([
    ['stable', 'x64', 'stable'],
    ['preview', 'arm64', 'preview-arm64'],
  ])('has a channel %s for %s', (channel, arch, expected) => {
    expect(updateChannel(channel, arch)).toBe(expected);
  });
});

describe('a signature', () => {
  const azure = {
    SILOSCOPE_AZURE_ENDPOINT: 'https://weu.codesigning.azure.net',
    SILOSCOPE_AZURE_ACCOUNT: 'account',
    SILOSCOPE_AZURE_PROFILE: 'profile',
    SILOSCOPE_PUBLISHER: 'CN=The Siloscope authors',
  };

  it.each([
    ['a file, or none', { CSC_LINK: 'a.pfx' }, { signtoolOptions: { signingHashAlgorithms: ['sha256'] } }],
    [
      "Windows' own store",
      { SILOSCOPE_CERTIFICATE_SHA1: '0a'.repeat(20) },
      { signtoolOptions: { signingHashAlgorithms: ['sha256'], certificateSha1: '0a'.repeat(20) } },
    ],
    [
      'Azure',
      azure,
      {
        azureSignOptions: {
          endpoint: 'https://weu.codesigning.azure.net',
          codeSigningAccountName: 'account',
          certificateProfileName: 'profile',
          publisherName: 'CN=The Siloscope authors',
        },
      },
    ],
  ])('comes from %s', (_from, environment, options) => {
    expect(signingOptions(environment)).toEqual(options);
  });

  it('is not begun with half of what Azure needs', () => {
    const { SILOSCOPE_PUBLISHER: _, ...half } = azure;
    expect(() => signingOptions(half)).toThrow(/without SILOSCOPE_PUBLISHER: Azure needs all of them/);
  });
});

describe('what of an installed package is carried', () => {
  it.each([
    ['index.js', true],
    ['descriptor.json', true],
    ['koffi.node', true],
    ['pagent.exe', true],
    ['LICENSE', true],
    ['LICENCE.txt', true],
    ['index.d.ts', false],
    ['index.js.map', false],
    ['README.md', false],
    ['pagent.c', false],
    ['setup.exe', false],
    ['.eslintrc.js', false],
    ['tsconfig.json', false],
  ])('%s: %s', (name, carried) => {
    expect(isCarried(name)).toBe(carried);
  });
});

describe("the way to PuTTY's agent", () => {
  const source = readFileSync(new URL('../../../node_modules/ssh2/lib/agent.js', import.meta.url), 'utf8');

  it.each([
    [
      'C:\\a\\resources\\app.asar\\node_modules\\ssh2\\lib',
      'C:\\a\\resources\\app.asar.unpacked\\node_modules\\ssh2\\util\\pagent.exe',
    ],
    ['C:\\a\\cli\\node_modules\\ssh2\\lib', 'C:\\a\\cli\\node_modules\\ssh2\\util\\pagent.exe'],
  ])('leads out of the archive from %s', (folder, program) => {
    const [, expression] = /const EXEPATH = (.*);/.exec(ledOutOfArchive(source)) ?? [];
    const evaluate = runInNewContext(`(__dirname, resolve) => ${expression}`) as (
      folder: string,
      resolve: (...paths: string[]) => string,
    ) => string;
    expect(evaluate(folder, (...paths) => win32.resolve(...paths))).toBe(program);
  });

  it('is looked for at each packaging', () => {
    expect(() => ledOutOfArchive('const EXEPATH = elsewhere;')).toThrow('no longer looks');
  });
});
