// The three files by which winget knows a version: which version, which installers, and what it is. Schema 1.10 of
// microsoft/winget-cli. Where the installer will be downloaded from comes by SILOSCOPE_DOWNLOAD_URL.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './stage.mjs';

export const PACKAGE_IDENTIFIER = 'Siloscope.Siloscope';
const SCHEMA = '1.10.0';

/** Both ways to install are one program: it asks for rights by itself when everybody shall have it. */
const SCOPES = [
  { Scope: 'user', InstallerSwitches: { Custom: '/currentuser' } },
  { Scope: 'machine', InstallerSwitches: { Custom: '/allusers' }, ElevationRequirement: 'elevatesSelf' },
];

/**
 * The manifests of a version as plain data. `installers` are `{ arch, url, sha256 }`; silos want Windows 10 1809 or newer,
 * and so does WinFsp in containers.
 */
export function wingetManifests({ version, description, installers }) {
  const head = { PackageIdentifier: PACKAGE_IDENTIFIER, PackageVersion: version };
  return {
    version: { ...head, DefaultLocale: 'en-US', ManifestType: 'version', ManifestVersion: SCHEMA },
    installer: {
      ...head,
      Platform: ['Windows.Desktop'],
      MinimumOSVersion: '10.0.17763.0',
      InstallerType: 'nullsoft',
      InstallModes: ['interactive', 'silent'],
      UpgradeBehavior: 'install',
      Commands: ['siloscope'],
      Protocols: ['siloscope'],
      Installers: installers.flatMap(({ arch, url, sha256 }) =>
        SCOPES.map(scope => ({
          Architecture: arch,
          ...scope,
          InstallerUrl: url,
          InstallerSha256: sha256.toUpperCase(),
        })),
      ),
      ManifestType: 'installer',
      ManifestVersion: SCHEMA,
    },
    locale: {
      ...head,
      PackageLocale: 'en-US',
      Publisher: 'The Siloscope authors',
      PackageName: 'Siloscope',
      License: 'MIT',
      ShortDescription: description,
      Moniker: 'siloscope',
      Tags: ['winfsp', 'windows-containers', 'server-silo', 'docker', 'file-system'],
      ManifestType: 'defaultLocale',
      ManifestVersion: SCHEMA,
    },
  };
}

const KINDS = { version: 'version', installer: 'installer', locale: 'defaultLocale' };
const NAMES = {
  version: `${PACKAGE_IDENTIFIER}.yaml`,
  installer: `${PACKAGE_IDENTIFIER}.installer.yaml`,
  locale: `${PACKAGE_IDENTIFIER}.locale.en-US.yaml`,
};

/** The files by name. JSON in quotes is YAML, and needs no judgement of what to quote. */
export function wingetFiles(manifests) {
  return Object.fromEntries(
    Object.entries(manifests).map(([kind, manifest]) => {
      const schema = `https://aka.ms/winget-manifest.${KINDS[kind]}.${SCHEMA}.schema.json`;
      return [NAMES[kind], `# yaml-language-server: $schema=${schema}\n${yaml(manifest)}`];
    }),
  );
}

/** Mappings and lists in block style, everything else as JSON writes it. */
function yaml(value, indent = '') {
  return Object.entries(value)
    .map(([key, item]) => `${indent}${key}:${yamlItem(item, indent)}`)
    .join('');
}

function yamlItem(item, indent) {
  if (Array.isArray(item)) return `\n${item.map(part => yamlPart(part, indent)).join('')}`;
  if (typeof item === 'object') return `\n${yaml(item, `${indent}  `)}`;
  return ` ${JSON.stringify(item)}\n`;
}

function yamlPart(part, indent) {
  if (typeof part !== 'object') return `${indent}- ${JSON.stringify(part)}\n`;
  return `${indent}- ${yaml(part, `${indent}  `).slice(indent.length + 2)}`;
}

const ARCHITECTURES = ['x64', 'arm64'];

/**
 * The installers of this version that lie below `folder`, of whatever architectures were packed: one set of manifests names
 * them all, since winget takes one set a version. `below`: the address under which they will be.
 */
export function installersIn(folder, version, below) {
  return ARCHITECTURES.flatMap(arch => {
    const file = join(folder, arch, 'dist', `Siloscope-${version}-${arch}-setup.exe`);
    if (!existsSync(file)) return [];
    const url = new URL(encodeURIComponent(basename(file)), below.endsWith('/') ? below : `${below}/`).href;
    return [{ arch, url, sha256: createHash('sha256').update(readFileSync(file)).digest('hex') }];
  });
}

/** Writes them below `folder`, for where the installers will be put; nowhere yet, and none are written. */
export function writeManifests({ environment, folder }) {
  const { SILOSCOPE_DOWNLOAD_URL: below } = environment;
  if (below === undefined) {
    process.stderr.write('no winget manifests: SILOSCOPE_DOWNLOAD_URL does not say where the installer will be\n');
    return;
  }
  const { version, description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const installers = installersIn(folder, version, below);
  const target = join(folder, 'winget');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const files = wingetFiles(wingetManifests({ version, description, installers }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(target, name), text);
  const missing = ARCHITECTURES.filter(arch => installers.every(one => one.arch !== arch));
  const without = missing.length === 0 ? '' : `; without ${missing.join(', ')}, which is not packed yet`;
  process.stderr.write(
    `winget manifests for ${installers.map(({ arch }) => arch).join(', ')} in ${target}${without}\n`,
  );
}
