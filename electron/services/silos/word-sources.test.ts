import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import type { SiloWord } from '../../../shared/domain/silo-sources.ts';
import type { Host, Ran } from '../../hosts/host.ts';
import { createEngineConnection, type EngineConnection } from '../engine/engine-connection.ts';
import { discoverFsd } from '../fsd/discover-fsd.ts';
import { takeInventory } from '../inspection/inventory.ts';
import { GOOD_HOST, openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';
import { readNamespaces } from './read-namespaces.ts';

let open: SimulatedServices | undefined;
let connection: EngineConnection | undefined;
afterEach(async () => {
  connection?.dispose();
  await open?.dispose();
});

const memfs = (mountPoint: string): { commandLine: string } => ({
  commandLine: `"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m ${mountPoint}`,
});

/** Two containers, and a host whose hcsdiag says what this makes of its answer. */
async function with_(hcsdiag: (ran: Ran) => Ran): Promise<{ host: Host; connection: EngineConnection }> {
  open = await openSimulatedServices({
    ...GOOD_HOST,
    windows: { elevated: true },
    winfsp: { fsd: 'running' },
    containers: [
      { name: 'aa', image: SERVERCORE, fileSystems: [memfs('X:')] },
      { name: 'bb', image: SERVERCORE, fileSystems: [memfs('Y:')] },
    ],
  });
  const { host } = open;
  const told: Host = {
    id: host.id,
    facts: host.facts,
    objects: host.objects,
    run: async (argv, options) => {
      const ran = await host.run(argv, options);
      return argv[0] === 'hcsdiag.exe' ? hcsdiag(ran) : ran;
    },
    dialEngine: signal => host.dialEngine(signal),
    probe: (target, options) => host.probe(target, options),
    onLost: listener => host.onLost(listener),
    dispose: async () => undefined,
  };
  connection = createEngineConnection(told, systemClock, 'the pipe');
  return { host: told, connection };
}

interface Heard {
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly gaps: readonly string[];
}

async function hear(around: { host: Host; connection: EngineConnection }): Promise<Heard> {
  const reading = await readNamespaces({ ...around, clock: systemClock });
  const fsd = await discoverFsd(around.host);
  const { views, gaps } = await takeInventory({ ...around, clock: systemClock }, reading, fsd);
  const short = ({ source, verdict }: SiloWord): string => `${source} ${verdict}`;
  return {
    words: Object.fromEntries(views.map(({ namespace }) => [namespace.label, (namespace.sources ?? []).map(short)])),
    gaps: gaps.map(({ what, reason }) => `${what}: ${reason}`),
  };
}

describe('which silo a container is in', () => {
  it('is said by every source, and all of them agree', async () => {
    const { words, gaps } = await hear(await with_(ran => ran));
    const all = [
      'hcsdiag',
      'silo-directory',
      'provider-guid',
      'docker-inspect',
      'docker-top',
      'job-name',
      'volume-device',
    ];
    expect(words).toMatchObject({ aa: all.map(one => `${one} agrees`), bb: all.map(one => `${one} agrees`) });
    expect(gaps).toEqual([]);
  });

  it('is disputed where HCS takes one container for another: a warning, with everybody’s word', async () => {
    const { words, gaps } = await hear(
      await with_(ran => {
        const [first = '', second = ''] = [...new Set(ran.stdout.match(/Silos\\\\\d+/g))];
        const swapped = ran.stdout.replaceAll(first, '<>').replaceAll(second, first).replaceAll('<>', second);
        return { ...ran, stdout: swapped };
      }),
    );
    expect(words['aa']).toContain('volume-device differs');
    expect(words['bb']).toContain('volume-device differs');
    expect(gaps).toEqual([
      expect.stringMatching(
        /^silo mapping: sources differ on which silo this is: volume-device: .*; against hcsdiag: ObRoot/,
      ),
      expect.stringMatching(/^silo mapping: /),
    ]);
  });

  it('is disputed where HCS names a silo that is not there', async () => {
    const { words, gaps } = await hear(
      await with_(ran => ({ ...ran, stdout: ran.stdout.replace(/Silos\\\\\d+/, 'Silos\\\\999996') })),
    );
    const disputed = Object.values(words).find(said => said.includes('silo-directory differs'));
    expect(disputed).toContain('hcsdiag differs');
    expect(gaps.join('\n')).toContain('silo-directory: no \\Silos\\999996');
  });

  it('is unknown where HCS does not know the container, and nobody is told that an administrator could help', async () => {
    const around = await with_(ran => ({ ...ran, stdout: '[]' }));
    const { gaps } = await readNamespaces({ ...around, clock: systemClock });
    expect(gaps.filter(({ what }) => what === 'silo id')).toEqual([
      { namespace: expect.any(String), what: 'silo id', reason: expect.stringContaining('HCS does not know') },
      { namespace: expect.any(String), what: 'silo id', reason: expect.stringContaining('HCS does not know') },
    ]);
  });
});
