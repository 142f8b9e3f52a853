import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { icoFile } from './ico.mjs';

const icons = fileURLToPath(new URL('../../assets/icons/', import.meta.url));

/** The sizes of an icon file's pictures, and how each is written. */
function picturesOf(file: Buffer): { readonly size: number; readonly kind: 'png' | 'bitmap' }[] {
  expect([file.readUInt16LE(0), file.readUInt16LE(2)]).toEqual([0, 1]);
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const entry = file.subarray(6 + 16 * index, 22 + 16 * index);
    const [length, offset] = [entry.readUInt32LE(8), entry.readUInt32LE(12)];
    expect(offset + length).toBeLessThanOrEqual(file.length);
    const kind = file.subarray(offset + 1, offset + 4).toString('latin1') === 'PNG' ? 'png' : 'bitmap';
    return { size: entry.readUInt8(0) || 256, kind };
  });
}

describe('an icon file', () => {
  it('writes rows from the bottom, blue first, and masks what is clear', () => {
    const rgba = Uint8Array.from([1, 2, 3, 255, 0, 0, 0, 0, 4, 5, 6, 255, 7, 8, 9, 255]);
    const file = icoFile([{ size: 2, rgba, png: new Uint8Array() }]);
    const bitmap = file.subarray(22);
    expect([bitmap.readUInt32LE(0), bitmap.readInt32LE(4), bitmap.readInt32LE(8), bitmap.readUInt16LE(14)]).toEqual([
      40, 2, 4, 32,
    ]);
    expect([...bitmap.subarray(40, 56)]).toEqual([6, 5, 4, 255, 9, 8, 7, 255, 3, 2, 1, 255, 0, 0, 0, 0]);
    expect([...bitmap.subarray(56)]).toEqual([0, 0, 0, 0, 0x40, 0, 0, 0]);
  });

  it('of the app holds every size that Windows asks for', () => {
    expect(picturesOf(readFileSync(`${icons}siloscope.ico`))).toEqual([
      ...[16, 20, 24, 32, 40, 48, 64, 128].map(size => ({ size, kind: 'bitmap' })),
      { size: 256, kind: 'png' },
    ]);
  });

  it.each(['idle', 'busy', 'leak', 'error'])('of the notification area is there for the state %s', state => {
    expect(picturesOf(readFileSync(`${icons}tray-${state}.ico`)).map(({ size }) => size)).toEqual([16, 20, 24, 32, 48]);
    expect(readFileSync(`${icons}tray-${state}.png`).readUInt32BE(16)).toBe(32);
  });
});
