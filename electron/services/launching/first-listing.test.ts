import { afterEach, describe, expect, it } from 'vitest';
import { GOOD_HOST, openSimulatedServices, type SimulatedServices } from '../testing/simulated-services.ts';

let open: SimulatedServices | undefined;
afterEach(async () => {
  await open?.dispose();
  open = undefined;
});

describe('the first listing of a volume without a letter', () => {
  it('is had without any name that the network could be asked for', async () => {
    open = await openSimulatedServices(GOOD_HOST);
    const memfs = 'C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe';
    const { listing, volumes } = await open.call('filesystem.launch', {
      command: [memfs, '-i', '-F', 'NTFS', '-u', '\\letterless\\share'],
    });
    expect(volumes.map(({ mountPoints }) => mountPoints)).toEqual([[]]);
    expect(listing.path).toBe(`\\\\?\\GLOBALROOT${volumes[0]?.device ?? ''}\\letterless\\share\\`);
    expect(listing.output).toContain('Directory of');
    expect(open.host.networkLog()).toEqual([]);
  });
});

describe('the first listing where docker exec has a logon session of its own', () => {
  const LAUNCHES = [
    ['a disk volume', ['-m', 'Y:'], ''],
    ['a network volume', ['-m', 'Y:', '-u', '\\memfs\\share'], '\\memfs\\share'],
  ] as const;

  it.each(LAUNCHES)(
    'of %s is had by its device, for its letter is not there for others',
    async (_kind, flags, prefix) => {
      open = await openSimulatedServices({ ...GOOD_HOST, behaviour: { programsShareALogon: false } });
      const memfs = 'C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe';
      const { listing, volumes } = await open.call('filesystem.launch', {
        command: [memfs, '-i', '-F', 'NTFS', ...flags],
      });
      expect(listing.path).toBe(`\\\\?\\GLOBALROOT${volumes[0]?.device ?? ''}${prefix}\\`);
      expect(listing.output).toContain('Directory of');
      expect(volumes.map(({ mountPoints }) => mountPoints)).toEqual([['Y:']]);
    },
  );
});
