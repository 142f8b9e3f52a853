import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { updateFeed } from './pack/builder-config.mjs';

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));

const Package = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  allowScripts: z.record(z.string(), z.boolean()).default({}),
});
const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      integrity: z.string().optional(),
      resolved: z.string().optional(),
      link: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});

describe.each(['.', 'e2e/wine', 'electron/build/pack/node'])('the packages of %s', folder => {
  const description = Package.parse(read(`${folder}/package.json`));
  const { packages } = Lock.parse(read(`${folder}/package-lock.json`));
  const installed = Object.entries(packages).filter(([path, { link }]) => path !== '' && link !== true);

  it('are asked for by exact version', () => {
    const { dependencies, devDependencies, optionalDependencies } = description;
    const asked = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('are pinned by the hash of what they hold, wherever it comes from', () => {
    const loose = installed.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true);
    expect(loose.map(([path]) => path)).toEqual([]);
    expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });
});

describe('the packages', () => {
  it('run no script of theirs when they are installed', () => {
    const { allowScripts } = Package.parse(read('package.json'));
    const { packages } = Lock.parse(read('package-lock.json'));
    const scripted = Object.entries(packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
    expect(scripted.filter(name => allowScripts[name] !== false)).toEqual([]);
  });
});

describe('where a package looks for newer versions', () => {
  it.each(['http://updates.example/', 'ftp://updates.example/', 'file:///c:/x', '\\\\server\\x', 'updates.example'])(
    'is refused when it is %s: only https is',
    url => {
      expect(() => updateFeed({ updateUrl: url, channel: 'stable', arch: 'x64' })).toThrow('https');
    },
  );

  it('is a channel of its own for each architecture, and nowhere when nothing is said', () => {
    expect(updateFeed({ updateUrl: 'https://updates.example/siloscope', channel: 'preview', arch: 'arm64' })).toEqual([
      { provider: 'generic', url: 'https://updates.example/siloscope', channel: 'preview-arm64' },
    ]);
    expect(updateFeed({ updateUrl: undefined, channel: 'stable', arch: 'x64' })).toBeNull();
  });

  it('is one of two channels', () => {
    expect(() => updateFeed({ updateUrl: 'https://updates.example/', channel: 'nightly', arch: 'x64' })).toThrow(
      'stable or preview',
    );
  });
});
