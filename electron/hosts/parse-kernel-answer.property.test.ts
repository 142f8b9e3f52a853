import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KernelAnswer, type KernelQuestion } from '../../shared/domain/kernel-question.ts';
import { askKernel } from './kernel-calls.ts';
import { parseKernelAnswer } from './parse-kernel-answer.ts';

const RUNS = { numRuns: 10_000 };

const ABOUT = [
  'mup-providers',
  'mup-prefix-cache',
  'winfsp-volumes',
  'job-container',
  'job-silo',
  'job-root',
  'job-server-silo',
  'silo-ids',
  'process-silo',
  'process-session',
  'thread-container',
] as const;

const address = fc.bigInt({ min: 0x10000n, max: 0x7fff_ffff_0000n });

describe('an answer of the kernel', () => {
  it.each(ABOUT)('to %s is read or unreadable, whatever its bytes', about => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 256 }), address, (bytes, at) => {
        const answer = parseKernelAnswer(about, { bytes: Buffer.from(bytes), address: at });
        expect(KernelAnswer.parse(answer)).toEqual(answer);
        expect(JSON.stringify(answer)).not.toMatch(/\\u00[01]/);
      }),
      RUNS,
    );
  });

  it('gives the volumes that WinFsp listed', () => {
    const name = fc
      .tuple(fc.uuid(), fc.constantFrom('', '\\memfs\\share', '\\日本\\ü'))
      .map(([guid, prefix]) => `\\Device\\Volume{${guid}}${prefix}`);
    fc.assert(
      fc.property(fc.array(name, { maxLength: 20 }), volumes => {
        const bytes = Buffer.from(volumes.map(one => `${one}\0`).join(''), 'utf16le');
        expect(parseKernelAnswer('winfsp-volumes', { bytes, address: 0n })).toEqual({ volumes });
      }),
      RUNS,
    );
  });

  it('gives the GUID that stands in the name of a provider', () => {
    fc.assert(
      fc.property(fc.uuid(), guid => {
        const [a = '', b = '', c = '', d = '', e = ''] = guid.split('-');
        const bytes = Buffer.alloc(16);
        bytes.writeUInt32LE(Number.parseInt(a, 16), 0);
        bytes.writeUInt16LE(Number.parseInt(b, 16), 4);
        bytes.writeUInt16LE(Number.parseInt(c, 16), 6);
        bytes.write(d + e, 8, 'hex');
        expect(parseKernelAnswer('thread-container', { bytes, address: 0n })).toEqual({ containerGuid: guid });
      }),
      RUNS,
    );
  });

  it('gives the root of a silo, wherever the buffer stood', () => {
    fc.assert(
      fc.property(fc.nat(), address, (id, at) => {
        const root = `\\Silos\\${id}`;
        const bytes = Buffer.alloc(16 + root.length * 2);
        bytes.writeUInt16LE(root.length * 2, 0);
        bytes.writeBigUInt64LE(at + 16n, 8);
        bytes.write(root, 16, 'utf16le');
        expect(parseKernelAnswer('job-root', { bytes, address: at })).toEqual({ root });
      }),
      RUNS,
    );
  });
});

const MISMATCH = 0xc000_0004;
const ID = { about: 'job-server-silo', job: '\\Container_1' } as const satisfies KernelQuestion;

describe('a question to the kernel', () => {
  it('is asked with every size that a Windows wants, and no further', async () => {
    const lengths: number[] = [];
    const answer = await askKernel(ID, call => {
      lengths.push(call.length);
      return { step: 'query', status: MISMATCH, bytes: Buffer.alloc(0), address: 0n };
    });
    expect(lengths).toEqual([32, 40, 12]);
    expect(answer).toEqual({ refused: 'query', status: MISMATCH, statusName: 'STATUS_INFO_LENGTH_MISMATCH' });
  });

  it('ends with the first refusal of the object', async () => {
    let calls = 0;
    const answer = await askKernel(ID, () => {
      calls += 1;
      return { step: 'open', status: 0xc000_0022, bytes: Buffer.alloc(0), address: 0n };
    });
    expect([calls, answer]).toEqual([1, { refused: 'open', status: 0xc000_0022, statusName: 'STATUS_ACCESS_DENIED' }]);
  });
});
