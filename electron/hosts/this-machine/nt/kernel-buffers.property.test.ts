import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrefixCache, parseProviderList } from '../../parse-mup-answers.ts';
import { parseDirectoryEntries } from './parse-directory-entries.ts';
import { layOut } from './testing/stand-in-calls.ts';

const RUNS = { numRuns: 10_000 };

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 }).filter(text => text.trim() !== '');
const printable = fc.string({ minLength: 1, maxLength: 24 });
const address = fc.bigInt({ min: 0x10000n, max: 0x7fff_ffff_0000n });

/** Some bytes of a buffer overwritten, and its end cut off. */
const damage = fc.record({
  cut: fc.nat(2_048),
  writes: fc.array(fc.tuple(fc.nat(2_047), fc.nat(255)), { maxLength: 24 }),
});

function damaged(
  bytes: Buffer,
  { cut, writes }: { cut: number; writes: readonly (readonly [number, number])[] },
): Buffer {
  const copy = Buffer.from(bytes.subarray(0, Math.max(0, bytes.length - cut)));
  for (const [at, value] of writes) if (at < copy.length) copy[at] = value;
  return copy;
}

describe('a buffer of directory entries', () => {
  it('is read as it was written, wherever it stands in memory', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name), { maxLength: 12 }), address, (entries, at) => {
        const bytes = layOut(entries, 4_096, at);
        fc.pre(bytes !== undefined);
        expect(parseDirectoryEntries({ bytes, address: at })).toEqual(
          entries.map(([one, type]) => ({ name: one, type })),
        );
        expect(parseDirectoryEntries({ bytes, address: at }, 1)).toHaveLength(Math.min(1, entries.length));
      }),
      RUNS,
    );
  });

  it('never reads outside itself, however broken', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name), { maxLength: 8 }), address, damage, (entries, at, broken) => {
        const bytes = damaged(layOut(entries, 2_048, at) ?? Buffer.alloc(2_048), broken);
        const read = parseDirectoryEntries({ bytes, address: at });
        expect(read.length * 32).toBeLessThanOrEqual(bytes.length);
      }),
      RUNS,
    );
  });
});

const provider = fc.record({
  name: printable,
  priority: fc.nat(),
  state: fc.constantFrom(1, 2, 3, 4),
  providerId: fc.nat(),
});
const STATES = ['', 'initialising', 'registration-pending', 'registered', 'unregistration-pending'];

function providerBytes(list: readonly { name: string; priority: number; state: number; providerId: number }[]): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(list.length, 0);
  const entries = list.map(one => {
    const entry = Buffer.alloc(Math.ceil((22 + one.name.length * 2) / 8) * 8);
    entry.writeUInt32LE(entry.length, 0);
    entry.writeInt32LE(1, 4);
    entry.writeUInt32LE(one.priority, 8);
    entry.writeUInt32LE(one.state, 12);
    entry.writeUInt32LE(one.providerId, 16);
    entry.writeUInt16LE(one.name.length * 2, 20);
    entry.write(one.name, 22, 'utf16le');
    return entry;
  });
  return Buffer.concat([head, ...entries]);
}

const cached = fc.record({
  uncName: printable,
  providerName: printable,
  surrogateName: fc.option(printable, { nil: '' }),
  priority: fc.nat(),
  timeToLive: fc.nat(),
});

function cacheBytes(
  list: readonly {
    uncName: string;
    providerName: string;
    surrogateName: string;
    priority: number;
    timeToLive: number;
  }[],
  base: 'the entry' | 'its strings',
): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32LE(list.length, 12);
  const entries = list.map(one => {
    const texts = [one.uncName, one.providerName, one.surrogateName];
    const entry = Buffer.alloc(Math.ceil((36 + texts.join('').length * 2) / 8) * 8);
    entry.writeUInt32LE(entry.length, 0);
    let at = 36;
    for (const [index, text] of texts.entries()) {
      entry.writeUInt32LE(text === '' ? 0 : base === 'the entry' ? at : at - 36, 4 + index * 8);
      entry.writeUInt16LE(text.length * 2, 8 + index * 8);
      at += entry.write(text, at, 'utf16le');
    }
    entry.writeUInt32LE(one.priority, 28);
    entry.writeUInt32LE(one.timeToLive, 32);
    return entry;
  });
  return Buffer.concat([head, ...entries]);
}

describe("the MUP's list of providers", () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.array(provider, { maxLength: 8 }), list => {
        expect(parseProviderList(providerBytes(list))).toEqual(list.map(one => ({ ...one, state: STATES[one.state] })));
      }),
      RUNS,
    );
  });

  it('is none when the last of it is missing: half a list would pass for the whole', () => {
    fc.assert(
      fc.property(fc.array(provider, { minLength: 1, maxLength: 8 }), fc.integer({ min: 8, max: 24 }), (list, cut) => {
        // Entries are padded to 8 bytes: what is cut here is more than padding.
        const bytes = providerBytes(list);
        expect(parseProviderList(bytes.subarray(0, bytes.length - cut))).toBeUndefined();
      }),
      RUNS,
    );
    expect(parseProviderList(Buffer.alloc(0))).toBeUndefined();
    expect(parsePrefixCache(Buffer.alloc(0))).toBeUndefined();
  });

  it('never harms its reader, however broken', () => {
    fc.assert(
      fc.property(fc.array(provider, { maxLength: 8 }), damage, (list, broken) => {
        const read = parseProviderList(damaged(providerBytes(list), broken));
        expect((read ?? []).every(one => !/\p{Cc}/u.test(one.name))).toBe(true);
      }),
      RUNS,
    );
  });
});

describe("the MUP's prefix cache", () => {
  it.each(['the entry', 'its strings'] as const)('is read whether offsets count from %s', base => {
    fc.assert(
      fc.property(fc.array(cached, { maxLength: 6 }), list => {
        expect(parsePrefixCache(cacheBytes(list, base))?.prefixCache).toEqual(list);
      }),
      RUNS,
    );
  });

  it('never harms its reader, however broken', () => {
    fc.assert(
      fc.property(
        fc.array(cached, { maxLength: 6 }),
        fc.constantFrom('the entry' as const, 'its strings' as const),
        damage,
        (list, base, broken) => {
          const read = parsePrefixCache(damaged(cacheBytes(list, base), broken))?.prefixCache ?? [];
          expect(read.every(one => !/\p{Cc}/u.test(one.uncName + one.providerName + one.surrogateName))).toBe(true);
        },
      ),
      RUNS,
    );
  });
});
