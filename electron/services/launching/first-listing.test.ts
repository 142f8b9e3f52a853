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
