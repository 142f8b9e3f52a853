import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { carriedPackages, licencesOf, licencesText, packageFolderOf } from './licences.mjs';

const folder = mkdtempSync(join(tmpdir(), 'siloscope-licences-'));
afterAll(() => rmSync(folder, { recursive: true }));

function installed(
  name: string,
  description: object,
  licence?: { readonly file: string; readonly text: string },
): string {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...description }));
  if (licence !== undefined) writeFileSync(join(place, licence.file), licence.text);
  return place;
}

describe('the licences of what others wrote', () => {
  it('are named and told in full, each package once', () => {
    const folders = [
      installed('zeta', { license: 'ISC' }),
      installed('alpha', { license: 'MIT' }, { file: 'LICENSE', text: 'Do as you like.\r\n' }),
      installed('old', { licenses: [{ type: 'MIT' }, { type: 'GPL-2.0' }] }, { file: 'COPYING', text: 'Both.' }),
      installed('silent', {}),
    ];
    expect(licencesOf([...folders, ...folders, join(folder, 'of-another-platform')])).toEqual([
      { name: 'alpha', version: '1.0.0', licence: 'MIT', text: 'Do as you like.' },
      { name: 'old', version: '1.0.0', licence: 'MIT OR GPL-2.0', text: 'Both.' },
      { name: 'silent', version: '1.0.0', licence: 'not stated' },
      { name: 'zeta', version: '1.0.0', licence: 'ISC' },
    ]);
  });

  it('are one text for a file beside the program', () => {
    const text = licencesText([
      { name: 'alpha', version: '1.0.0', licence: 'MIT', text: 'Do as you like.' },
      { name: 'zeta', version: '2.0.0', licence: 'ISC' },
    ]);
    expect(text).toContain('alpha 1.0.0 (MIT)\n-----------------\n\nDo as you like.');
    expect(text).toContain('The package carries no text; its description says: ISC.');
  });

  it.each([
    ['/x/node_modules/zod/v4/index.js', '/x/node_modules/zod'],
    ['C:\\x\\node_modules\\@fluentui\\tokens\\lib\\a.js?v=1', 'C:/x/node_modules/@fluentui/tokens'],
    ['/x/node_modules/a/node_modules/b/c.js', '/x/node_modules/a/node_modules/b'],
    ['/x/renderer/app/main.tsx', undefined],
  ])('belong to the package of a module: %s', (module, expected) => {
    expect(packageFolderOf(module)).toBe(expected);
  });

  it('are of what runs on Windows beside our code, not of what builds it', () => {
    const packages = {
      '': {},
      'node_modules/zod': {},
      'node_modules/vite': { dev: true },
      'node_modules/@types/node': {},
      'node_modules/@koromix/koffi-win32-x64': { os: ['win32'] },
      'node_modules/@koromix/koffi-linux-x64': { os: ['linux'] },
      'node_modules/a/node_modules/b': {},
    };
    expect(carriedPackages({ packages })).toEqual([
      'node_modules/zod',
      'node_modules/@koromix/koffi-win32-x64',
      'node_modules/a/node_modules/b',
    ]);
  });
});
