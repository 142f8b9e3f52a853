import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endOf, type ZipEntry, zipDirectory } from './zip-format.ts';
import { ZipWriter } from './zip-writer.ts';

const AT = new Date('2026-11-22T10:00:00Z');
const PYTHON = ['/usr/bin/python3', '/usr/local/bin/python3'].find(existsSync);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-zip-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
}

/** What another program reads in an archive: names with the hash of their bytes, once all checksums held. */
async function readByPython(archive: Buffer): Promise<unknown> {
  const file = join(folder, 'made.zip');
  await writeFile(file, archive);
  const script =
    'import sys,json,zipfile,base64; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(json.dumps([[i.filename, base64.b64encode(z.read(i)).decode()] for i in z.infolist()]))';
  return JSON.parse(execFileSync(PYTHON ?? '', ['-c', script, file], { encoding: 'utf8', maxBuffer: 100_000_000 }));
}

describe('a zip archive that is written piece by piece', () => {
  it.skipIf(PYTHON === undefined).each([['sizes in four bytes', 0] as const, ['sizes in eight', 0xffff_ffff] as const])(
    'is read by another program, with %s',
    async (_, announced) => {
      const files: [string, Buffer][] = [
        ['empty.txt', Buffer.alloc(0)],
        ['remote/Grüße 漢.txt', Buffer.from('precious\n')],
        ['noise.bin', randomBytes(300_000)],
        ['zeros.bin', Buffer.alloc(200_000)],
      ];
      const made: Uint8Array[] = [];
      const zip = new ZipWriter(bytes => Promise.resolve(void made.push(Uint8Array.from(bytes))), AT);
      for (const [name, bytes] of files) {
        expect(await zip.file(name, Math.max(announced, bytes.length), inPieces(bytes))).toBe(bytes.length);
      }
      await zip.end();
      expect(await readByPython(Buffer.concat(made))).toEqual(
        files.map(([name, bytes]) => [name, bytes.toString('base64')]),
      );
    },
  );

  it('counts more files than two bytes hold', () => {
    const entry: ZipEntry = { name: 'a', crc: 0, packed: 2, size: 0, offset: 0 };
    const directory = zipDirectory(
      Array.from({ length: 65_600 }, () => entry),
      AT,
    );
    const end = directory.indexOf(Buffer.from([0x50, 0x4b, 6, 6]));
    expect([24, 32].map(field => Number(directory.readBigUInt64LE(end + field)))).toEqual([65_600, 65_600]);
    expect(directory.subarray(-22).readUInt16LE(10)).toBe(0xffff);
  });

  it('says where files begin behind four gigabytes', () => {
    const entry: ZipEntry = {
      name: 'a',
      crc: 1,
      packed: 5_000_000_000,
      size: 6_000_000_000,
      offset: 0,
      streamed: { long: true },
    };
    const second: ZipEntry = { ...entry, name: 'b', offset: endOf(entry, AT) };
    const directory = zipDirectory([entry, second], AT);
    const at = directory.lastIndexOf('b') + 1;
    expect([0, 8, 16].map(field => Number(directory.readBigUInt64LE(at + 4 + field)))).toEqual([
      second.size,
      second.packed,
      second.offset,
    ]);
    const end = directory.indexOf(Buffer.from([0x50, 0x4b, 6, 6]));
    expect(Number(directory.readBigUInt64LE(end + 48))).toBe(endOf(second, AT));
  });

  it('fails as what it reads does', async () => {
    const zip = new ZipWriter(() => Promise.resolve(), AT);
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('cut off');
    };
    await expect(zip.file('a', 8, broken())).rejects.toThrow('cut off');
  });

  it('stops reading when nobody writes any more', async () => {
    let read = 0;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      for (;;) {
        read += 1;
        yield randomBytes(100_000);
      }
    };
    let wrote = 0;
    const zip = new ZipWriter(() => {
      wrote += 1;
      return wrote < 3 ? Promise.resolve() : Promise.reject(new Error('full'));
    }, AT);
    await expect(zip.file('a', 0, endless())).rejects.toThrow('full');
    const before = read;
    await new Promise(resolve => setImmediate(resolve));
    expect(read).toBe(before);
  });
});
