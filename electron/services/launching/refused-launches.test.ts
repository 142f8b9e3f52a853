import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../../shared/contract/fault.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { servicesOn } from '../testing/services-on.ts';
import { GOOD_HOST, SERVERCORE } from '../testing/simulated-services.ts';
import { leftBehind } from './testing/left-behind.ts';

describe('a launch that cannot be', () => {
  const with_ = (more: ScenarioInput): ScenarioInput => ({ ...GOOD_HOST, ...more });
  const remote: ScenarioInput = {
    registry: [
      { reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652', layers: 4, sizeBytes: 30_000_000 },
    ],
  };
  const cases: readonly [what: string, scenario: ScenarioInput, input: object, fault: object, exitCode: number][] = [
    [
      'an unknown profile',
      GOOD_HOST,
      { profile: 'memfsdisk' },
      { code: 'not-found', what: 'profile', name: 'memfsdisk' },
      2,
    ],
    ['neither profile nor command', GOOD_HOST, {}, { code: 'invalid-input', issues: [{ path: 'profile' }] }, 2],
    [
      'a letter that is taken',
      GOOD_HOST,
      { profile: 'memfs-disk', mountPoint: 'C:' },
      { code: 'mount-point-in-use', mountPoint: 'C:' },
      5,
    ],
    [
      'a letter that a bind has',
      GOOD_HOST,
      { profile: 'memfs-disk', mountPoint: 'X:', binds: ['vol:X:'] },
      { code: 'mount-point-in-use', mountPoint: 'X:' },
      5,
    ],
    [
      'a mount point that is none',
      GOOD_HOST,
      { profile: 'memfs-disk', mountPoint: 'Y' },
      { code: 'invalid-input', issues: [{ path: 'mountPoint' }] },
      2,
    ],
    [
      'a prefix of one part',
      GOOD_HOST,
      { profile: 'memfs-network', uncPrefix: '\\x' },
      { code: 'invalid-input', issues: [{ path: 'uncPrefix' }] },
      2,
    ],
    [
      'a prefix with two backslashes',
      GOOD_HOST,
      { profile: 'memfs-network', uncPrefix: '\\\\a\\b' },
      { code: 'invalid-input', issues: [{ path: 'uncPrefix' }] },
      2,
    ],
    [
      'a prefix of 192 characters',
      GOOD_HOST,
      { profile: 'memfs-network', uncPrefix: `\\a\\${'b'.repeat(189)}` },
      { code: 'invalid-input', issues: [{ path: 'uncPrefix' }] },
      2,
    ],
    [
      'the same in a command',
      GOOD_HOST,
      { command: ['{winfsp}\\bin\\memfs-x64.exe', '-u', '\\\\a\\b'] },
      { code: 'invalid-input', issues: [{ path: 'uncPrefix' }] },
      2,
    ],
    [
      'a prefix for a disk',
      GOOD_HOST,
      { profile: 'memfs-disk', uncPrefix: '\\a\\b' },
      { code: 'invalid-input', issues: [{ path: 'uncPrefix' }] },
      2,
    ],
    [
      'a name that Docker refuses',
      GOOD_HOST,
      { profile: 'memfs-disk', name: '-bad' },
      { code: 'invalid-input', issues: [{ path: 'name' }] },
      2,
    ],
    [
      'Nano Server',
      with_({
        images: [
          {
            reference: 'mcr.microsoft.com/windows/nanoserver:ltsc2025',
            base: 'nanoserver',
            osVersion: '10.0.26100.4652',
          },
        ],
      }),
      { profile: 'memfs-disk', image: 'mcr.microsoft.com/windows/nanoserver:ltsc2025' },
      { code: 'base-image-incompatible', because: 'nano-server-no-winfsp', nearest: SERVERCORE },
      3,
    ],
    [
      'an image newer than the host',
      with_({ windows: { build: 20348, productType: 'server' } }),
      { profile: 'memfs-disk', image: SERVERCORE },
      {
        code: 'base-image-incompatible',
        because: 'newer-than-host',
        hostBuild: 20348,
        imageBuild: 26100,
        nearest: 'mcr.microsoft.com/windows/servercore:ltsc2022',
      },
      3,
    ],
    [
      'Hyper-V isolation',
      GOOD_HOST,
      { profile: 'memfs-disk', isolation: 'hyperv' },
      { code: 'isolation-unsupported', isolation: 'hyperv' },
      3,
    ],
    [
      'no WinFsp',
      with_({ winfsp: { installed: false } }),
      { profile: 'memfs-disk' },
      { code: 'winfsp-not-installed' },
      3,
    ],
    [
      'a WinFsp that is too old',
      with_({ winfsp: { version: '1.11.22176', instance: '' } }),
      { profile: 'memfs-disk' },
      { code: 'winfsp-too-old', minimum: '1.12' },
      3,
    ],
    [
      'a driver that is too old beside a DLL that is not',
      with_({
        hostFiles: {
          'C:\\Program Files (x86)\\WinFsp\\SxS\\sxs.2.1\\bin\\winfsp-x64.sys':
            'MZ driver winfsp-x64.sys version 1.10.22006\n',
        },
      }),
      { profile: 'memfs-disk' },
      { code: 'winfsp-too-old', by: { source: 'driver-file', version: '1.10.22006' }, minimum: '1.12' },
      3,
    ],
    [
      'an FSD that nobody may start',
      GOOD_HOST,
      { profile: 'memfs-disk', startFsd: false },
      { code: 'fsd-not-running', service: 'WinFsp+2.1', state: 'stopped' },
      3,
    ],
    [
      'an FSD that does not start',
      with_({ faults: [{ kind: 'fsd-start-fails', win32: 2 }] }),
      { profile: 'memfs-disk' },
      { code: 'fsd-start-failed', service: 'WinFsp+2.1', exitCode: 2 },
      3,
    ],
    [
      'an engine in Linux mode',
      with_({ engine: { mode: 'linux' } }),
      { profile: 'memfs-disk' },
      { code: 'engine-wrong-mode', osType: 'linux' },
      3,
    ],
    [
      'an engine that is stopped',
      with_({ engine: { mode: 'stopped' } }),
      { profile: 'memfs-disk' },
      { code: 'engine-unreachable' },
      4,
    ],
    [
      'an engine that refuses us',
      with_({ engine: { mode: 'denied' } }),
      { profile: 'memfs-disk' },
      { code: 'access-denied' },
      4,
    ],
    ['a full disk', with_({ faults: [{ kind: 'disk-full' }] }), { profile: 'memfs-disk' }, { code: 'disk-full' }, 3],
    [
      'a pull that breaks at layer 3',
      { ...remote, faults: [{ kind: 'pull-breaks', reference: SERVERCORE, layer: 3 }] },
      { profile: 'memfs-disk' },
      { code: 'pull-failed', raw: 'unexpected EOF', layer: expect.stringMatching(/^[0-9a-f]{12}$/) },
      5,
    ],
    [
      'a container that cannot start',
      with_({ faults: [{ kind: 'start-fails', image: SERVERCORE }] }),
      { profile: 'memfs-disk' },
      { code: 'engine-refused', statusCode: 500, decoded: expect.anything() },
      5,
    ],
    [
      'a program that is not there',
      GOOD_HOST,
      { command: ['C:\\nope\\nope.exe', 'Z:'] },
      { code: 'engine-refused', raw: expect.stringContaining('cannot find the') },
      5,
    ],
    [
      'a program that ends at once',
      GOOD_HOST,
      { command: ['cmd.exe', '/c', 'echo gone'] },
      { code: 'file-system-ended', exitCode: 0, output: expect.stringContaining('gone') },
      5,
    ],
    [
      'a program without a volume',
      GOOD_HOST,
      { command: ['ping', '-t', 'localhost'], waitMs: 200 },
      { code: 'volume-did-not-appear', afterMs: 200 },
      5,
    ],
  ];

  it.each(cases)(
    'because of %s fails rightly and leaves nothing behind',
    async (_, scenario, input, fault, exitCode) => {
      const host = await servicesOn(scenario);
      const told = await host.fault('filesystem.launch', input);
      expect(told).toMatchObject(fault);
      expect(exitCodeOf(told)).toBe(exitCode);
      expect(await leftBehind(host)).toEqual([]);
    },
  );

  it('because its prefix is taken names who has it and what would be free', async () => {
    const host = await servicesOn(GOOD_HOST);
    await host.call('filesystem.launch', { profile: 'memfs-network' });
    const told: unknown[] = [];
    const input = { profile: 'memfs-network', uncPrefix: '\\memfs\\share' };
    const again = host.call('filesystem.launch', input, { onProgress: step => told.push(step) });
    await expect(again).rejects.toThrow();
    expect(told).toEqual([
      { step: 'preflight', state: 'started' },
      { step: 'preflight', state: 'failed', note: 'unc-prefix-in-use' },
    ]);
    expect(await host.fault('filesystem.launch', { profile: 'memfs-network', uncPrefix: '\\MEMFS\\share' })).toEqual({
      code: 'unc-prefix-in-use',
      uncPrefix: '\\MEMFS\\share',
      by: 'memfs-network',
      proposal: '\\MEMFS-2\\share',
    });
  });

  it('because its name is taken says by whom', async () => {
    const host = await servicesOn(GOOD_HOST);
    const { container } = await host.call('filesystem.launch', { profile: 'memfs-disk', name: 'one' });
    expect(await host.fault('filesystem.launch', { profile: 'memfs-disk', name: 'one' })).toEqual({
      code: 'name-in-use',
      name: 'one',
      by: container.id.slice(0, 12),
    });
  });
});
