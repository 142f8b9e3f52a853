import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readStaticPage } from './static-page.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a built page', () => {
  it('is its files, by the paths that a browser asks for', async () => {
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<!doctype html>');
    await writeFile(join(folder, 'assets', 'index-CqZiO1vs.js'), 'export {};');
    await writeFile(join(folder, 'assets', 'plain.css'), '');
    await writeFile(join(folder, 'assets', 'notes.txt'), 'not for anybody');
    await symlink('/etc/hostname', join(folder, 'assets', 'stolen.json'));
    const page = await readStaticPage(folder);
    expect([...(page ?? [])].map(([path, { type, immutable }]) => ({ path, type, immutable })).sort(byPath)).toEqual([
      { path: '/', type: 'text/html; charset=utf-8', immutable: false },
      { path: '/assets/index-CqZiO1vs.js', type: 'text/javascript; charset=utf-8', immutable: true },
      { path: '/assets/plain.css', type: 'text/css; charset=utf-8', immutable: false },
    ]);
  });

  it('is absent when nothing was built, or only half of it', async () => {
    expect(await readStaticPage(join(folder, 'none'))).toBeUndefined();
    await writeFile(join(folder, 'index.js'), '');
    expect(await readStaticPage(folder)).toBeUndefined();
  });
});

function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path < other.path ? -1 : 1;
}
