import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { installersIn, wingetFiles, wingetManifests, writeManifests } from './winget.mjs';

const { version: VERSION } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')));

/** What winget's published schema 1.10 asks of the fields that are used here: microsoft/winget-cli, schemas/JSON/manifests. */
const head = {
  PackageIdentifier: z
    .string()
    .max(128)
    .regex(/^[^.\s\\/:*?"<>|]{1,32}(\.[^.\s\\/:*?"<>|]{1,32}){1,7}$/),
  PackageVersion: z
    .string()
    .max(128)
    .regex(/^[^\\/:*?"<>|]+$/),
  ManifestVersion: z.string().regex(/^\d{1,5}(\.\d{1,5}){2}$/),
};
const Locale = z
  .string()
  .max(20)
  .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z]{1,8})*$/);
const unique = <T extends z.ZodType>(item: T, most: number) =>
  z
    .array(item)
    .max(most)
    .refine(items => new Set(items).size === items.length);
const VersionFile = z.strictObject({ ...head, DefaultLocale: Locale, ManifestType: z.literal('version') });
const LocaleFile = z.strictObject({
  ...head,
  PackageLocale: Locale,
  Publisher: z.string().min(2).max(256),
  PackageName: z.string().min(2).max(256),
  License: z.string().min(3).max(512),
  ShortDescription: z.string().min(3).max(256),
  Moniker: z.string().min(1).max(40),
  Tags: unique(z.string().min(1).max(40), 16),
  ManifestType: z.literal('defaultLocale'),
});
const InstallerFile = z.strictObject({
  ...head,
  Platform: unique(z.enum(['Windows.Desktop', 'Windows.Universal']), 2),
  MinimumOSVersion: z.string().regex(/^\d{1,5}(\.\d{1,5}){0,3}$/),
  InstallerType: z.enum(['nullsoft', 'zip', 'portable', 'exe']),
  InstallModes: unique(z.enum(['interactive', 'silent', 'silentWithProgress']), 3),
  UpgradeBehavior: z.enum(['install', 'uninstallPrevious', 'deny']),
  Commands: unique(z.string().min(1).max(40), 16),
  Protocols: unique(z.string().max(2_048), 64),
  Installers: z
    .array(
      z.strictObject({
        Architecture: z.enum(['x86', 'x64', 'arm', 'arm64', 'neutral']),
        Scope: z.enum(['user', 'machine']),
        InstallerSwitches: z.strictObject({ Custom: z.string().min(1).max(2_048) }),
        ElevationRequirement: z.enum(['elevationRequired', 'elevationProhibited', 'elevatesSelf']).optional(),
        InstallerUrl: z
          .string()
          .max(2_048)
          .regex(/^https:\/\/.+$/),
        InstallerSha256: z.string().regex(/^[A-Fa-f0-9]{64}$/),
      }),
    )
    .min(1)
    .max(1_024),
  ManifestType: z.literal('installer'),
});

const manifests = wingetManifests({
  version: '1.2.0-preview.3',
  description: 'Run WinFsp file systems in Windows containers, and see who can see each volume.',
  installers: (['x64', 'arm64'] as const).map(arch => ({
    arch,
    url: `https://downloads.example/Siloscope-1.2.0-${arch}-setup.exe`,
    sha256: 'ab'.repeat(32),
  })),
});

describe('the winget manifests of a version', () => {
  it.each([
    ['version', VersionFile],
    ['installer', InstallerFile],
    ['locale', LocaleFile],
  ] as const)('keep the published schema: %s', (kind, schema) => {
    expect(schema.safeParse(manifests[kind]).error).toBeUndefined();
  });

  it('are written as YAML that winget reads', () => {
    const files = wingetFiles(manifests);
    expect(Object.keys(files)).toEqual([
      'Siloscope.Siloscope.yaml',
      'Siloscope.Siloscope.installer.yaml',
      'Siloscope.Siloscope.locale.en-US.yaml',
    ]);
    expect(
      files['Siloscope.Siloscope.yaml'],
    ).toBe(`# yaml-language-server: $schema=https://aka.ms/winget-manifest.version.1.10.0.schema.json
PackageIdentifier: "Siloscope.Siloscope"
PackageVersion: "1.2.0-preview.3"
DefaultLocale: "en-US"
ManifestType: "version"
ManifestVersion: "1.10.0"
`);
    expect(files['Siloscope.Siloscope.installer.yaml']).toContain(`
Installers:
- Architecture: "x64"
  Scope: "user"
  InstallerSwitches:
    Custom: "/currentuser"
  InstallerUrl: "https://downloads.example/Siloscope-1.2.0-x64-setup.exe"
`);
  });

  it('offer both ways to install, without rights first', () => {
    expect(
      InstallerFile.parse(manifests.installer).Installers.map(({ Architecture, Scope }) => [Architecture, Scope]),
    ).toEqual([
      ['x64', 'user'],
      ['x64', 'machine'],
      ['arm64', 'user'],
      ['arm64', 'machine'],
    ]);
  });
});

describe('one set of manifests for a version', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'siloscope-winget-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const packed = (arch: string, version: string): void => {
    mkdirSync(join(folder, arch, 'dist'), { recursive: true });
    writeFileSync(join(folder, arch, 'dist', `Siloscope-${version}-${arch}-setup.exe`), `${arch} ${version}`);
  };

  it('names the installers of every architecture that was packed, and of no other version', () => {
    packed('x64', '1.0.0');
    packed('x64', '0.9.0');
    packed('arm64', '0.9.0');
    const below = 'https://downloads.example/1.0';
    expect(installersIn(folder, '1.0.0', below).map(({ arch, url }) => [arch, url])).toEqual([
      ['x64', 'https://downloads.example/1.0/Siloscope-1.0.0-x64-setup.exe'],
    ]);
    packed('arm64', '1.0.0');
    const both = installersIn(folder, '1.0.0', `${below}/`);
    expect(both.map(({ arch, sha256 }) => [arch, sha256.length])).toEqual([
      ['x64', 64],
      ['arm64', 64],
    ]);
    expect(both[0]?.sha256).not.toBe(both[1]?.sha256);
  });

  it('lies beside the architectures, and holds both', () => {
    for (const arch of ['x64', 'arm64']) packed(arch, VERSION);
    writeManifests({ environment: { SILOSCOPE_DOWNLOAD_URL: 'https://downloads.example/' }, folder });
    const names = readdirSync(join(folder, 'winget')).toSorted();
    expect(names).toEqual(Object.keys(wingetFiles(manifests)).toSorted());
    const text = readFileSync(join(folder, 'winget', 'Siloscope.Siloscope.installer.yaml'), 'utf8');
    expect(text.match(/Architecture: "(x64|arm64)"/g)?.length).toBe(4);
  });
});
