import { afterAll, beforeAll } from 'vitest';
import { type HostUnderTest, hostContract } from '../../electron/hosts/host.contract.ts';
import { memfs, SERVERCORE, server2022 } from '../../electron/hosts/simulated/testing/scenarios.ts';
import { describeLane } from './describe-lane.ts';
import { type Lane, openLane } from './lane.ts';

describeLane('the contract', () => {
  let lane: Lane;
  beforeAll(async () => {
    lane = await openLane(
      server2022({
        hostFileSystems: [{ commandLine: 'C:\\Test\\serve-refusals.exe R:' }],
        containers: [
          {
            name: 'share',
            image: SERVERCORE,
            binds: ['C:\\Test:C:\\Test'],
            fileSystems: [memfs('-m Y: -u \\memfs\\share', { 'f.txt': 'hello' })],
          },
          { name: 'stuck', image: SERVERCORE, fileSystems: [memfs('-u \\stuck\\share')] },
        ],
        faults: [{ kind: 'file-system-hangs', commandLine: '\\stuck\\share' }],
      }),
    );
  });
  afterAll(() => lane.dispose());

  const under = (shell: 'cmd' | 'powershell') => async (): Promise<HostUnderTest> => {
    lane.machine.shell = shell;
    const host = await lane.connect();
    const provider = (index: number): string =>
      `WinFsp.Mup+2.1{${lane.simulated.machine.computeSystems()[index]?.containerGuid ?? ''}}`;
    const share = { by: 'provider', provider: provider(0), uncPrefix: '\\memfs\\share' } as const;
    return {
      host,
      printArguments: ['C:\\Test\\print-arguments.exe'],
      runForever: ['ping.exe', '-t', 'localhost'],
      printForever: ['C:\\Test\\print-forever.exe'],
      container: 'share',
      printInContainer: ['C:\\Test\\print-arguments.exe'],
      probes: {
        winfsp: { directory: { ...share, rest: '' }, file: { ...share, rest: 'f.txt' }, content: 'hello' },
        missing: { ...share, rest: 'no-such-file' },
        hanging: { by: 'provider', provider: provider(1), uncPrefix: '\\stuck\\share', rest: '' },
        denied: { by: 'drive', mountPoint: 'R:', rest: '' },
      },
      lose: () => host.giveUp('the plug was pulled'),
    };
  };
  hostContract('a Windows host behind sshd, with cmd as its shell', under('cmd'));
  hostContract('a Windows host behind sshd, with PowerShell as its shell', under('powershell'));
});
