import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageFile, pageFiles } from './page-files.ts';

describe("an address of the page's own origin", () => {
  const folder = join(tmpdir(), 'page');

  it.each([
    ['app://siloscope/index.html', 'index.html'],
    ['app://siloscope/index.html#/visibility', 'index.html'],
    ['app://siloscope/assets/main-B_x9.js?v=1', 'assets/main-B_x9.js'],
    ['app://siloscope/app/icon.svg', 'app/icon.svg'],
  ])('means a file: %s', (address, file) => {
    expect(pageFile(folder, address)).toBe(join(folder, ...file.split('/')));
  });

  it.each([
    ['app://siloscope/'],
    ['app://siloscope/../package.json'],
    ['app://siloscope/assets/../../package.json'],
    ['app://siloscope/%2e%2e/package.json'],
    ['app://siloscope/..%2Fpackage.json'],
    ['app://siloscope/..%5Cpackage.json'],
    ['app://siloscope/..\\package.json'],
    ['app://siloscope//etc/index.html'],
    ['app://siloscope/C:/Windows/win.html'],
    ['app://siloscope/index.html:stream.html'],
    ['app://siloscope/.hidden.html'],
    ['app://siloscope/assets/main.js.map'],
    ['app://siloscope/program.exe'],
    ['app://siloscope/con\0.html'],
    ['app://elsewhere/index.html'],
    ['app://siloscope.evil/index.html'],
    ['https://siloscope/index.html'],
    ['file:///index.html'],
  ])('means none: %s', address => {
    expect(pageFile(folder, address)).toBeUndefined();
  });
});

describe('a request of the page', () => {
  let folder = '';
  const lines: string[] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'siloscope-page-'));
    mkdirSync(join(folder, 'folder.html'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const COPY = '0b8f0e4e-9d0c-4b0e-8c0e-3f7f5d2a1c11';
  let left = 0;
  const pieces = async function* (): AsyncGenerator<Buffer> {
    yield Buffer.from('PK of ');
    yield Buffer.from('a copy');
  };
  const leave = async (): Promise<void> => {
    left += 1;
  };
  const archive = async (id: string) => (id === COPY ? { pieces: pieces(), leave } : undefined);
  const ask = (name: string, method = 'GET'): Promise<Response> =>
    pageFiles(folder, line => lines.push(line), archive)({ url: `app://siloscope/${name}`, method });

  it('is answered with the archive that it had copied out, and with no other', async () => {
    const response = await ask(`unwritten/${COPY}`);
    expect([response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual([
      'application/zip',
      'attachment',
    ]);
    expect([await response.text(), left]).toEqual(['PK of a copy', 0]);
    await (await ask(`unwritten/${COPY}`)).body?.cancel();
    expect(left).toBe(1);
    expect((await ask(`unwritten/${COPY.replace('0', '1')}`)).status).toBe(404);
    expect((await ask(`unwritten/${COPY}`, 'HEAD')).status).toBe(404);
  });

  it('is answered with the file, under a policy without holes', async () => {
    const response = await ask('index.html');
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      '<!doctype html>',
    ]);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:|wss?:|\*/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    ['what is not there', 'nothing.html', 'GET', 404],
    ['a folder', 'folder.html', 'GET', 404],
    ['what is no file of the page', '../index.html', 'GET', 404],
    ['another method', 'index.html', 'POST', 405],
  ])('is refused without a word, and logged: %s', async (_, name, method, status) => {
    lines.length = 0;
    const response = await ask(name, method);
    expect([response.status, await response.text(), lines.length]).toEqual([status, '', 1]);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
