import { describe, expect, it } from 'vitest';
import { FaultError } from '../../shared/contract/fault.ts';
import type { ObjectNamespace } from '../hosts/host.ts';
import { isContainerDisk, mayOpenOn } from './leads-to-partition.ts';

type Link = Awaited<ReturnType<ObjectNamespace['readLink']>>;
const run = (): never => {
  throw new Error('nothing is run');
};
const host = (link: () => Promise<Link>) => ({
  run,
  objects: { list: () => Promise.resolve({ refused: 'unsupported' as const }), readLink: link },
});
const leadsTo = (target: string) => host(() => Promise.resolve({ target }));
const refuses = (refused: Extract<Link, { refused: string }>['refused']) => host(() => Promise.resolve({ refused }));
const fails = (code: 'timed-out' | 'host-unreachable') =>
  host(() =>
    Promise.reject(
      new FaultError(
        code === 'timed-out'
          ? { code, what: 'link', afterMs: 1 }
          : { code, host: 'h', reason: 'the connection was closed' },
      ),
    ),
  );

describe('a file of a host', () => {
  it.each([
    ['on a partition', leadsTo('\\Device\\HarddiskVolume3'), 'D:\\x', true],
    ['on a server', leadsTo('\\Device\\LanmanRedirector\\;D:1\\fs\\x'), 'D:\\x', false],
    ['on a volume of WinFsp', leadsTo('\\Device\\Volume{1}'), 'C:\\x', false],
    ['on a letter that is not there', refuses('not-found'), 'C:\\x', false],
    ['on C: where no link can be read', refuses('unsupported'), 'c:\\x', true],
    ['on another letter where no link can be read', refuses('unsupported'), 'D:\\x', false],
    ['on C: where nobody answers', fails('timed-out'), 'C:\\x', true],
    ['on C: of a host without links', { run }, 'C:', true],
    ['by a name that is no letter', leadsTo('\\Device\\HarddiskVolume3'), '\\\\server\\x', false],
  ])('%s', async (_, where, path, expected) => {
    expect(await mayOpenOn(where, path)).toBe(expected);
  });

  it('is not asked for on a host that is gone', async () => {
    await expect(mayOpenOn(fails('host-unreachable'), 'C:\\x')).rejects.toThrow();
  });
});

describe('a container’s disk', () => {
  it.each([
    ['\\Device\\VhdHardDisk{0f0a7c30-3d43-4a5f-8a0e-6d6b3c6d1c11}', true],
    ['\\Device\\HarddiskVolume4', true],
    ['\\Device\\Volume{0f0a7c30-3d43-4a5f-8a0e-6d6b3c6d1c11}', false],
    ['\\Device\\Mup\\;LanmanRedirector\\fs\\x', false],
  ])('is known by where its letter leads: %s', (target, expected) => {
    expect(isContainerDisk(target)).toBe(expected);
  });
});
