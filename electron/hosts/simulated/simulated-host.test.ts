import { describe, expect, it } from 'vitest';
import { type Clock, ManualClock, systemClock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { type HostUnderTest, hostContract } from '../host.contract.ts';
import { localSystemIn } from './local-system.ts';
import { Scenario } from './scenario/schema.ts';
import { createSimulatedHost, type SimulatedHost } from './simulated-host.ts';
import { assetScenario, memfs, SERVERCORE, server2022 } from './testing/scenarios.ts';
import { TEST_FILES, TEST_PROGRAMS } from './testing/test-programs.ts';

/** The provider of a container's network volumes, as its silo's GUID names it. */
function providerOf(host: SimulatedHost, index: number): string {
  return `WinFsp.Mup+2.1{${host.machine.computeSystems()[index]?.containerGuid ?? ''}}`;
}

async function makeHost(): Promise<HostUnderTest> {
  const host = await createSimulatedHost({
    programs: TEST_PROGRAMS,
    scenario: server2022({
      hostFiles: TEST_FILES,
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
  });
  const share = { by: 'provider', provider: providerOf(host, 0), uncPrefix: '\\memfs\\share' } as const;
  return {
    host,
    printArguments: ['C:\\Test\\print-arguments.exe'],
    runForever: ['ping.exe', '-t', 'localhost'],
    printForever: ['C:\\Test\\print-forever.exe'],
    container: 'share',
    printInContainer: ['C:\\Test\\print-arguments.exe'],
    givesRights: true,
    probes: {
      winfsp: { directory: { ...share, rest: '' }, file: { ...share, rest: 'f.txt' }, content: 'hello' },
      missing: { ...share, rest: 'no-such-file' },
      hanging: { by: 'provider', provider: providerOf(host, 1), uncPrefix: '\\stuck\\share', rest: '' },
      denied: { by: 'drive', mountPoint: 'R:', rest: '' },
    },
    lose: () => host.lose('the plug was pulled'),
  };
}

hostContract('the simulated host', makeHost);

async function on<T>(
  scenario: Scenario,
  act: (host: SimulatedHost) => Promise<T>,
  clock: Clock = systemClock,
): Promise<T> {
  const host = await createSimulatedHost({ scenario, clock });
  try {
    return await act(host);
  } finally {
    await host.dispose();
  }
}

async function faultOf(asked: Promise<unknown>): Promise<unknown> {
  const caught = await asked.then(
    () => undefined,
    (error: unknown) => error,
  );
  return caught instanceof FaultError ? caught.fault : caught;
}

describe('the default scenario', () => {
  it('is a workstation whose FSD is stopped until it is started', () =>
    on(assetScenario('default'), async host => {
      expect(host.facts).toEqual({
        machineName: 'WORKSTATION',
        build: 26100,
        revision: 4652,
        displayVersion: '24H2',
        edition: 'Windows 11 Pro',
        productType: 'client',
        architecture: 'x64',
        sessions: [
          { id: '00000000-000220d1', elevated: true, own: true },
          { id: '00000000-0002210f', elevated: false, own: false },
        ],
      });
      const before = await host.objects.list('\\Device');
      expect('entries' in before && before.entries.filter(({ name }) => name.startsWith('WinFsp'))).toEqual([]);
      const started = await host.run(['sc.exe', 'start', 'WinFsp+2.1']);
      expect(started.exitCode).toBe(0);
      const after = await host.objects.list('\\Device');
      const winfsp = 'entries' in after ? after.entries.filter(({ name }) => name.startsWith('WinFsp')) : [];
      expect(winfsp.map(({ name, type }) => `${name} ${type}`).sort()).toEqual([
        'WinFsp.Disk SymbolicLink',
        'WinFsp.Disk+2.1 Device',
        'WinFsp.Mup+2.1 SymbolicLink',
        'WinFsp.Net SymbolicLink',
        'WinFsp.Net+2.1 Device',
      ]);
    }));
});

describe("the two examples of WinFsp's page", () => {
  it('keep the disk volume in its silo and leak the network volume to the host', () =>
    on(assetScenario('winfsp-container-support'), async host => {
      const network = {
        by: 'provider',
        provider: providerOf(host, 1),
        uncPrefix: '\\memfs\\share',
        rest: 'leaked.txt',
      } as const;
      const leaked = await host.probe(network, { readBytes: 100 });
      expect(leaked).toMatchObject({ outcome: 'opened', winfsp: true, directory: false });
      expect(leaked.outcome === 'opened' && Buffer.from(leaked.content ?? []).toString()).toBe(
        'The host reads this too.\r\n',
      );
      expect(await host.probe({ by: 'drive', mountPoint: 'Y:', rest: '' })).toMatchObject({ outcome: 'not-found' });
      expect(await host.probe({ by: 'drive', mountPoint: 'Z:', rest: '' })).toMatchObject({ outcome: 'not-found' });
      expect(host.networkLog()).toEqual([]);
      const plain = await host.probe({ by: 'unc', uncPrefix: '\\memfs\\share', rest: 'leaked.txt', askedByUser: true });
      expect(plain).toMatchObject({ path: '\\\\memfs\\share\\leaked.txt', outcome: 'opened', winfsp: true });
      expect(host.networkLog()).toEqual(['memfs']);
    }));
});

describe('who may look', () => {
  const scenario = server2022({ containers: [{ name: 'a1', image: SERVERCORE }] });

  it('is answered with the silos when elevated', () =>
    on(scenario, async host => {
      const silo = host.machine.computeSystems()[0]?.siloId;
      expect(await host.objects.list('\\Silos')).toEqual({ entries: [{ name: String(silo), type: 'Directory' }] });
    }));

  it('is refused below \\Silos when not', () =>
    on({ ...scenario, windows: { ...scenario.windows, elevated: false } }, async host => {
      expect(await host.objects.list('\\Silos')).toEqual({ refused: 'access-denied' });
    }));
});

describe('an administrator, asked for by the prompt of Windows', () => {
  const standing = (windows: object, more: object = {}): Scenario => {
    const scenario = server2022({ containers: [{ name: 'a1', image: SERVERCORE }], ...more });
    return { ...scenario, windows: { ...scenario.windows, elevated: false, ...windows } };
  };

  it('sees the silos that the user does not', () =>
    on(standing({}), async host => {
      expect(await host.elevation.state()).toEqual({ state: 'can-ask' });
      const answer = await host.elevation.ask('look-into-silos');
      const asked = answer.outcome === 'granted' ? answer.session.perform({ act: 'list-compute-systems' }) : undefined;
      expect(await asked).toMatchObject({
        kind: 'ran',
        ran: { exitCode: 0, stdout: expect.stringContaining('ObRoot') },
      });
      expect((await host.run(['hcsdiag.exe', 'list', '-raw'])).exitCode).not.toBe(0);
    }));

  it.each([
    ['refused', { outcome: 'refused-by-user' }],
    ['unavailable', { outcome: 'unavailable', because: 'no-prompt' }],
  ] as const)('does nothing when the prompt is %s', (elevation, answer) =>
    on(standing({ elevation }), async host => {
      expect(await host.elevation.ask('unload-fsd')).toEqual(answer);
    }),
  );

  it('unloads the driver, and nothing else', () =>
    on(standing({}), async host => {
      const answer = await host.elevation.ask('unload-fsd');
      if (answer.outcome !== 'granted') throw new Error(answer.outcome);
      expect(await answer.session.perform({ act: 'unload-fsd' })).toMatchObject({ kind: 'ran', ran: { exitCode: 0 } });
      expect((await host.run(['sc.exe', 'query', 'WinFsp+2.1'])).stdout).toContain('STOPPED');
    }));

  it('starts the service of the engine, which answers from then on', () =>
    on(standing({}, { engine: { mode: 'stopped' } }), async host => {
      expect(await faultOf(host.dialEngine())).toMatchObject({ code: 'engine-unreachable' });
      expect((await host.run(['sc.exe', 'start', 'docker'])).exitCode).toBe(5);
      const answer = await host.elevation.ask('start-engine');
      const act = { act: 'start-engine-service', service: 'docker' } as const;
      const asked = answer.outcome === 'granted' ? answer.session.perform(act) : undefined;
      expect(await asked).toMatchObject({ kind: 'ran', ran: { exitCode: 0 } });
      (await host.dialEngine()).destroy();
    }));
});

describe('a drive letter of the host', () => {
  it.each([true, false])('belongs to the session that Siloscope runs in (elevated: %s)', elevated =>
    on(
      server2022({
        windows: { elevated },
        hostFileSystems: [memfs('-m T:')],
        ghosts: [{ mountPoint: 'g:', target: '\\Device\\Volume{5f2a7c1e-90d4-4c6b-8a31-6d0c2b7e4f18}' }],
      }),
      async ({ machine }) => {
        const { user, elevated: administrator } = machine.subjects;
        const [here, elsewhere] = elevated ? [administrator, user] : [user, administrator];
        const letters = (subject: typeof user): readonly string[] =>
          machine
            .win32(subject)
            .queryDosDevice()
            .filter(name => /^[D-Z]:$/.test(name));
        expect({ here: [...letters(here)].sort(), elsewhere: letters(elsewhere) }).toEqual({
          here: ['G:', 'T:'],
          elsewhere: [],
        });
      },
    ),
  );

  it('may be a ghost, which leads nowhere', () =>
    on(assetScenario('noisy-neighbours'), async host => {
      expect(await host.objects.readLink('\\??\\G:')).toEqual({
        target: '\\Device\\Volume{5f2a7c1e-90d4-4c6b-8a31-6d0c2b7e4f18}',
      });
      expect(await host.probe({ by: 'drive', mountPoint: 'G:', rest: '' })).toMatchObject({ outcome: 'not-found' });
      expect(await host.probe({ by: 'drive', mountPoint: 'T:', rest: 'host.txt' })).toMatchObject({
        outcome: 'opened',
        winfsp: true,
      });
    }));
});

describe('the door of the engine', () => {
  it.each([
    [
      'stopped',
      { code: 'engine-unreachable', raw: expect.stringContaining('The system cannot find the file specified') },
    ],
    ['denied', { code: 'access-denied', raw: expect.stringContaining('Access is denied') }],
  ] as const)('is %s as the scenario says', (mode, fault) =>
    on(server2022({ engine: { mode } }), async host => {
      expect(await faultOf(host.dialEngine())).toMatchObject(fault);
    }),
  );
});

describe('a scenario that cannot be played', () => {
  it('is refused with what the engine said, and leaves nothing behind', async () => {
    const image = { reference: 'too-new:1', base: 'servercore', osVersion: '10.0.26100.1' } as const;
    const asked = createSimulatedHost({
      scenario: server2022({ images: [image], containers: [{ name: 'a1', image: 'too-new:1' }] }),
    });
    expect(await faultOf(asked)).toMatchObject({
      code: 'engine-refused',
      statusCode: 500,
      raw: expect.stringContaining('The container operating system does not match the host operating system'),
    });
  });
});

describe('a host that was disposed', () => {
  it('leaves no process, no container, no connection and no listener behind', async () => {
    const host = await createSimulatedHost({ scenario: assetScenario('winfsp-container-support') });
    const { endpoint } = await host.listenEngine('tcp://127.0.0.1:0');
    const connection = await host.dialEngine();
    const cut = new Promise<void>(resolve => connection.once('close', resolve).resume());
    await host.dispose();
    await cut;
    expect({ processes: host.machine.processes(), systems: host.machine.computeSystems() }).toEqual({
      processes: [],
      systems: [],
    });
    const again = await createSimulatedHost({ scenario: assetScenario('default') });
    expect((await again.listenEngine(endpoint)).endpoint).toBe(endpoint);
    await again.dispose();
  });
});

describe('the same scenario', () => {
  it('gives the same ids each time', async () => {
    const ids = (): Promise<unknown> =>
      on(assetScenario('winfsp-container-support'), async ({ machine }) =>
        machine.computeSystems().map(({ name, siloId, containerGuid }) => ({ name, siloId, containerGuid })),
      );
    expect(await ids()).toEqual(await ids());
  });
});

/** What runs, and where the volumes are. */
function census({ machine }: SimulatedHost): { readonly containers: string; readonly volumes: string } {
  const volumesIn = (silo: number): number => machine.win32(localSystemIn(silo)).winfsp.listVolumes().length;
  const systems = machine.computeSystems();
  const inSilos = systems.reduce((sum, { siloId }) => sum + (siloId === undefined ? 0 : volumesIn(siloId)), 0);
  return {
    containers: `${systems.length} running`,
    volumes: `${volumesIn(0)} on the host, ${inSilos} in silos`,
  };
}

describe('every scenario that comes with Siloscope', () => {
  it.each([
    ['default', '0 running', '0 on the host, 0 in silos'],
    ['disk-full', '0 running', '0 on the host, 0 in silos'],
    ['engine-denied', '0 running', '0 on the host, 0 in silos'],
    ['engine-restarts', '2 running', '0 on the host, 2 in silos'],
    ['fsd-missing', '0 running', '0 on the host, 0 in silos'],
    ['fsd-unloads', '2 running', '0 on the host, 2 in silos'],
    ['hanging-exec', '1 running', '0 on the host, 1 in silos'],
    ['hanging-file-system', '2 running', '0 on the host, 2 in silos'],
    ['mapped-drive', '1 running', '1 on the host, 0 in silos'],
    ['noisy-neighbours', '38 running', '2 on the host, 29 in silos'],
    ['not-elevated', '2 running', '0 on the host, 2 in silos'],
    ['nothing-works', '0 running', '0 on the host, 0 in silos'],
    ['pull-breaks', '0 running', '0 on the host, 0 in silos'],
    ['server-2019', '0 running', '0 on the host, 0 in silos'],
    ['winfsp-container-support', '2 running', '0 on the host, 2 in silos'],
  ])('%s: containers %s, volumes %s', (name, containers, volumes) =>
    on(assetScenario(name), async host => {
      expect(census(host)).toEqual({ containers, volumes });
    }),
  );
});

describe('faults that come by the clock', () => {
  it('let somebody unload the FSD: every volume goes, and its name from the namespace', () => {
    const clock = new ManualClock();
    const act = async (host: SimulatedHost): Promise<void> => {
      expect(census(host).volumes).toBe('0 on the host, 2 in silos');
      clock.advance(60_000);
      expect(census(host).volumes).toBe('0 on the host, 0 in silos');
      const drivers = await host.objects.list('\\FileSystem');
      expect('entries' in drivers && drivers.entries.filter(({ name }) => name.startsWith('WinFsp'))).toEqual([]);
    };
    return on(assetScenario('fsd-unloads'), act, clock);
  });

  it('let the engine restart: all containers end, and those whose policy says so come back with their volume', () => {
    const clock = new ManualClock();
    const act = async (host: SimulatedHost): Promise<void> => {
      const connection = await host.dialEngine();
      const cut = new Promise<void>(resolve => connection.once('close', resolve).resume());
      clock.advance(30_000);
      await cut;
      expect(await faultOf(host.dialEngine())).toMatchObject({ code: 'engine-unreachable' });
      await expect.poll(() => census(host).containers).toBe('0 running');
      clock.advance(2_000);
      await expect.poll(() => census(host)).toEqual({ containers: '1 running', volumes: '0 on the host, 1 in silos' });
      (await host.dialEngine()).destroy();
    };
    return on(assetScenario('engine-restarts'), act, clock);
  });

  it('do not wake a host that was disposed while its engine was down', async () => {
    const clock = new ManualClock();
    const act = async (host: SimulatedHost): Promise<void> => {
      clock.advance(30_000);
      await expect.poll(() => census(host).containers).toBe('0 running');
    };
    await on(assetScenario('engine-restarts'), act, clock);
    clock.advance(60_000);
  });
});

describe('faults that come and go while the host runs', () => {
  it('keep the FSD from starting as long as they are there', () =>
    on(Scenario.parse({}), async host => {
      const start = (): Promise<number | undefined> =>
        host.machine
          .win32(host.machine.subjects.elevated)
          .startService('WinFsp+2.1')
          .then(
            () => undefined,
            (error: { readonly win32?: number }) => error.win32,
          );
      const fault: Scenario['faults'][number] = { kind: 'fsd-start-fails', win32: 31 };
      host.scenario.faults.push(fault);
      expect(await start()).toBe(31);
      host.scenario.faults.splice(0);
      expect(await start()).toBeUndefined();
    }));
});

describe('a daemon that is killed', () => {
  it('cuts its connections; its containers go on until it is back, and are ended then', () => {
    const clock = new ManualClock();
    const act = async (host: SimulatedHost): Promise<void> => {
      const connection = await host.dialEngine();
      const cut = new Promise<void>(resolve => connection.once('close', resolve).resume());
      const isBack = host.engine.crash(5_000);
      await cut;
      expect(census(host)).toEqual({ containers: '2 running', volumes: '0 on the host, 2 in silos' });
      clock.advance(5_000);
      await isBack;
      // The one whose restart policy says so is there anew.
      expect(census(host).containers).toBe('1 running');
    };
    return on(assetScenario('engine-restarts'), act, clock);
  });
});
