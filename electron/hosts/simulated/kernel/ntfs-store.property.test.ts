import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../shared/base/clock.ts';
import type { FileSystemOperations } from '../machine.ts';
import { OverlayDisk } from './container-disk.ts';
import { foldName } from './fold-name.ts';
import { NtfsStore } from './ntfs-store.ts';
import { refusal } from './testing/boot.ts';

/** A file system as simple as can be: folded path -> text, or `undefined` for a directory. */
class Model {
  readonly entries: Map<string, string | undefined>;

  constructor(entries: Iterable<readonly [string, string | undefined]> = [['', undefined]]) {
    this.entries = new Map(entries);
  }

  #isDirectory(path: string): boolean {
    return this.entries.has(path) && this.entries.get(path) === undefined;
  }

  #parent(path: string): string {
    return path.slice(0, path.lastIndexOf('\\'));
  }

  #below(path: string): string[] {
    return [...this.entries.keys()].filter(key => key.startsWith(`${path}\\`));
  }

  apply(operation: Operation): boolean {
    const path = foldName(operation.path);
    const there = this.entries.has(path);
    const inDirectory = this.#isDirectory(this.#parent(path));
    switch (operation.kind) {
      case 'write':
      case 'append':
        if (!inDirectory || this.#isDirectory(path)) return false;
        this.entries.set(path, (operation.kind === 'append' ? (this.entries.get(path) ?? '') : '') + operation.text);
        return true;
      case 'mkdir':
        if (!inDirectory || there) return false;
        this.entries.set(path, undefined);
        return true;
      case 'delete':
        if (!there || this.#isDirectory(path)) return false;
        return this.entries.delete(path);
      case 'rmdir':
        if (!this.#isDirectory(path) || this.#below(path).length > 0) return false;
        return this.entries.delete(path);
      case 'rename': {
        const to = foldName(operation.to);
        if (!there || to.startsWith(`${path}\\`) || !this.#isDirectory(this.#parent(to))) return false;
        if (to !== path && this.entries.has(to)) return false;
        const moved = [path, ...this.#below(path)].map(key => [key, this.entries.get(key)] as const);
        for (const [key] of moved) this.entries.delete(key);
        for (const [key, text] of moved) this.entries.set(to + key.slice(path.length), text);
        return true;
      }
    }
  }
}

type Operation = { readonly path: string } & (
  | { readonly kind: 'write' | 'append'; readonly text: string }
  | { readonly kind: 'mkdir' | 'delete' | 'rmdir' }
  | { readonly kind: 'rename'; readonly to: string }
);

const path = fc
  .array(fc.constantFrom('a', 'A', 'b', 'é', 'É', 'ß'), { minLength: 1, maxLength: 3 })
  .map(names => `\\${names.join('\\')}`);
const text = fc.string({ maxLength: 4 });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: fc.constantFrom('write' as const, 'append' as const), path, text }),
  fc.record({ kind: fc.constantFrom('mkdir' as const, 'delete' as const, 'rmdir' as const), path }),
  fc.record({ kind: fc.constant('rename' as const), path, to: path }),
);

function run(disk: FileSystemOperations, wanted: Operation): Promise<void> {
  switch (wanted.kind) {
    case 'write':
    case 'append':
      return disk.write(
        wanted.path,
        new TextEncoder().encode(wanted.text),
        wanted.kind === 'append' ? 'append' : 'replace',
      );
    case 'mkdir':
      return disk.createDirectory(wanted.path);
    case 'delete':
      return disk.deleteFile(wanted.path);
    case 'rmdir':
      return disk.removeDirectory(wanted.path);
    case 'rename':
      return disk.rename(wanted.path, wanted.to);
  }
}

/** Everything on the disk, by folded path. */
async function contents(disk: FileSystemOperations, at = ''): Promise<Map<string, string | undefined>> {
  const found = new Map<string, string | undefined>([[foldName(at), undefined]]);
  for (const { name, directory } of await disk.list(at === '' ? '\\' : at)) {
    const below = `${at}\\${name}`;
    if (directory) for (const entry of await contents(disk, below)) found.set(...entry);
    else found.set(foldName(below), new TextDecoder().decode(await disk.read(below)));
  }
  return found;
}

const newStore = (): NtfsStore =>
  new NtfsStore(new ManualClock(0), { label: '', totalBytes: 1_000_000, serialNumber: 1 });

async function holdAgainst(disk: FileSystemOperations, model: Model, operations: readonly Operation[]): Promise<void> {
  for (const wanted of operations) {
    const done = await run(disk, wanted).then(
      () => true,
      error => refusal(error) === '',
    );
    expect(done, JSON.stringify(wanted)).toBe(model.apply(wanted));
  }
  expect(await contents(disk)).toEqual(model.entries);
}

describe('a disk after any operations', () => {
  it('holds what a plain map would hold', () =>
    fc.assert(fc.asyncProperty(fc.array(operation), operations => holdAgainst(newStore(), new Model(), operations))));

  it('holds the same over an image, which stays as it was', () =>
    fc.assert(
      fc.asyncProperty(fc.array(operation), fc.array(operation), async (before, after) => {
        const image = newStore();
        const model = new Model();
        await holdAgainst(image, model, before);
        const disk = new OverlayDisk(new ManualClock(0), image, 1_000_000, 2);
        const ofDisk = new Model(model.entries);
        await holdAgainst(disk, ofDisk, after);
        expect(await contents(image)).toEqual(model.entries);
        const written = [...ofDisk.entries.values()].reduce(
          (sum, held) => sum + new TextEncoder().encode(held).length,
          0,
        );
        expect(disk.scratchBytes()).toBeGreaterThanOrEqual(0);
        expect(disk.scratchBytes()).toBeLessThanOrEqual(written);
      }),
    ));
});
