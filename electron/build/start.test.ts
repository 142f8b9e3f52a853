import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { chooseStart, findElectron, pageAddress, whyEnded, windowArguments } from './start.mjs';

const binary = '/somewhere/electron';
const missing = "Electron's own program is not here (npx install-electron fetches it)";

describe('what is started', () => {
  it.each([
    ['the window on Windows', { env: {}, platform: 'win32' }, { binary }, { kind: 'window', binary }],
    [
      'the window where X runs',
      { env: { DISPLAY: ':0' }, platform: 'linux', uid: 1000 },
      { binary },
      { kind: 'window', binary },
    ],
    [
      'the window under Wayland',
      { env: { WAYLAND_DISPLAY: 'w' }, platform: 'linux', uid: 1000 },
      { binary },
      { kind: 'window', binary },
    ],
    [
      'the page without a display',
      { env: { DISPLAY: '' }, platform: 'linux', uid: 1000 },
      { binary },
      { kind: 'page', why: 'there is no display' },
    ],
    [
      'the page for root',
      { env: { DISPLAY: ':0' }, platform: 'linux', uid: 0 },
      { binary },
      { kind: 'page', why: 'a window for root would have no sandbox' },
    ],
    [
      'the page without Electron',
      { env: { DISPLAY: ':0' }, platform: 'linux', uid: 0 },
      { why: missing },
      { kind: 'page', why: missing },
    ],
  ] as const)('is %s', (_, around, electron, chosen) => {
    expect(chooseStart(around, electron)).toEqual(chosen);
  });

  it('is a page under the address that serve says, token and all', () => {
    expect([
      pageAddress('{"ready":true,"page":"http://127.0.0.1:8437/#t","connect":"ws://127.0.0.1:8437/#t"}'),
      pageAddress('{"ready":true,"connect":"ws://127.0.0.1:8437/#t"}'),
      pageAddress('{"fault":{"code":"not-found","what":"scenario","name":"none"}}'),
    ]).toEqual(['http://127.0.0.1:8437/#t', 'ws://127.0.0.1:8437/#t', undefined]);
  });
});

describe('a window that did not come', () => {
  it.each([
    ['no sandbox', { code: null, signal: 'SIGTRAP' }, 900, 'ended at once (SIGTRAP;'],
    ['a library is missing', { code: 127, signal: null }, 20, 'ended at once (code 127;'],
    ['not a program', { code: null, signal: null, error: { code: 'EACCES' } }, 5, 'could not be started (EACCES)'],
  ] as const)('is made up for by the page, with the reason: %s', (_, end, lastedMs, words) => {
    expect(whyEnded(end, lastedMs)).toContain(words);
  });

  it.each([
    ['Exit', { code: 0, signal: null }, 5_000],
    ['a second start', { code: 0, signal: null }, 300],
    ['Ctrl-C', { code: null, signal: 'SIGINT' }, 2_000],
    ['a crash after an hour', { code: null, signal: 'SIGSEGV' }, 3_600_000],
  ] as const)('is another thing than an end: %s', (_, end, lastedMs) => {
    expect(whyEnded(end, lastedMs)).toBeUndefined();
  });
});

describe('what the window is told', () => {
  it.each([
    [[], []],
    [
      ['--host', 'ssh://me@there', '--hidden'],
      ['--host=ssh://me@there', '--hidden'],
    ],
    [['--scenario=default'], ['--scenario=default']],
    [
      ['--scenario', '--hidden'],
      ['--scenario', '--hidden'],
    ],
    [['siloscope://open?screen=images'], ['siloscope://open?screen=images']],
  ])('%j is %j', (argv, words) => {
    expect(windowArguments(argv)).toEqual(words);
  });
});

describe("Electron's own program", () => {
  let folder = '';
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  function installed(files: readonly string[]): () => string {
    folder = mkdtempSync(join(tmpdir(), 'siloscope-electron-'));
    for (const file of files) {
      mkdirSync(join(folder, file, '..'), { recursive: true });
      writeFileSync(join(folder, file), file === 'path.txt' ? 'the-program' : '');
    }
    return () => join(folder, 'package.json');
  }

  it('is where its package says', () => {
    expect(findElectron({}, installed(['path.txt', 'dist/the-program']))).toEqual({
      binary: join(folder, 'dist', 'the-program'),
    });
  });

  it('is where a developer says', () => {
    const resolve = installed(['path.txt', 'mine/the-program']);
    const mine = join(folder, 'mine');
    expect(findElectron({ ELECTRON_OVERRIDE_DIST_PATH: mine }, resolve)).toEqual({ binary: join(mine, 'the-program') });
  });

  it('is missed without fetching it, and so is the package', () => {
    const nowhere = (): string => {
      throw new Error('not found');
    };
    expect([
      findElectron({}, installed(['path.txt'])),
      findElectron({ ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' }, installed([])),
      findElectron({}, nowhere),
    ]).toEqual([{ why: missing }, { why: missing }, { why: 'Electron is not installed' }]);
  });
});
