import { lstatSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultError } from '../../shared/contract/fault.ts';
import { type FolderCalls, makeFolder, makeFolderSync } from './make-folder.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'siloscope-folder-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const isWindows = process.platform === 'win32';
const atOnce = (folder: string): Promise<void> => Promise.resolve().then(() => makeFolderSync(folder));
const faultOf = (made: Promise<void>): Promise<unknown> =>
  made.then(
    () => 'made',
    (caught: unknown) => (caught instanceof FaultError ? caught.fault : caught),
  );

describe.each([
  ['at leisure', makeFolder],
  ['at once', atOnce],
])('a folder that is made %s', (_, make) => {
  it('is there, with those above it, for its user alone, and may be made again', async () => {
    const folder = join(root, 'a', 'b', 'c');
    await make(folder);
    await make(folder);
    expect(statSync(folder).isDirectory()).toBe(true);
    const modes = [folder, dirname(folder)].map(one => statSync(one).mode & 0o777);
    expect(isWindows || modes.every(mode => mode === 0o700)).toBe(true);
  });

  it('may be reached by a link', async () => {
    symlinkSync(root, join(root, 'link'), 'junction');
    await make(join(root, 'link', 'a'));
    expect(lstatSync(join(root, 'a')).isDirectory()).toBe(true);
  });

  it.each([
    ['a file in its place', 'file', 'file', 'not-a-folder'],
    ['a file above it', 'file/a/b', 'file', 'not-a-folder'],
    ['a link that leads nowhere', 'dead/a', 'dead', 'dead-link'],
    ['a link that leads to itself', 'circle/a', 'circle', 'link-circle'],
    ['a name that nothing can have', `${'x'.repeat(300)}/a`, 'x'.repeat(300), isWindows ? 'not-there' : 'too-long'],
  ])('tells what is in the way: %s', async (__, folder, at, because) => {
    writeFileSync(join(root, 'file'), '');
    symlinkSync(join(root, 'nowhere'), join(root, 'dead'), 'junction');
    symlinkSync(join(root, 'circle'), join(root, 'circle'), 'junction');
    expect(await faultOf(make(join(root, folder)))).toMatchObject({
      code: 'place-unusable',
      path: join(root, folder),
      at: join(root, at),
      because,
    });
  });
});

/** A system in which only `there` is, and each new folder is answered with the error. */
const refusing = (there: string, code: string): FolderCalls & { readonly made: string[] } => {
  const made: string[] = [];
  const error = (name: string): Error => Object.assign(new Error(`${name}: as the system says`), { code: name });
  return {
    made,
    look: at => (at === there ? Promise.resolve(true) : Promise.reject(error('ENOENT'))),
    make: at => {
      made.push(at);
      return Promise.reject(error(code));
    },
  };
};

describe('a system that makes no folder', () => {
  const there = resolve('/proc');
  const at = join(there, 'nope');
  it.each([
    ['ENOENT', { code: 'place-unusable', because: 'not-there', at }],
    ['EROFS', { code: 'place-unusable', because: 'read-only', at }],
    ['EINVAL', { code: 'place-unusable', because: 'other', at }],
    ['EACCES', { code: 'access-denied', what: at, kept: true }],
    ['EPERM', { code: 'access-denied', what: at }],
    ['ENOSPC', { code: 'disk-full', path: at, kept: true }],
    ['EDQUOT', { code: 'disk-full', path: at, kept: true }],
  ])('is asked once, and its answer told: %s', async (code, fault) => {
    const calls = refusing(there, code);
    expect(await faultOf(makeFolder(join(at, 'a', 'b'), calls))).toMatchObject({ ...fault, raw: expect.any(String) });
    expect(calls.made).toEqual([at]);
  });

  it('ends at the top where not even that is there, as a drive without a disk', async () => {
    const top = resolve('/');
    expect(await faultOf(makeFolder(at, refusing('nowhere', 'ENOENT')))).toMatchObject({
      because: 'not-there',
      at: top,
    });
  });

  it('is never asked more than twice of each part, whatever it answers', async () => {
    const codes = ['ENOENT', 'EEXIST', 'ENOTDIR', 'EACCES', 'ELOOP', 'made'] as const;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...codes), { minLength: 40, maxLength: 40 }), async answers => {
        let asked = 0;
        const answer = (): Promise<boolean> => {
          const code = answers[asked++] ?? 'ENOENT';
          return code === 'made' ? Promise.resolve(true) : Promise.reject(Object.assign(new Error(code), { code }));
        };
        const parts = 5;
        await faultOf(makeFolder(join(resolve('/'), 'a', 'b', 'c', 'd'), { look: answer, make: answer }));
        expect(asked).toBeLessThanOrEqual(parts * 3);
      }),
    );
  });
});
