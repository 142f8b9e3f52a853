import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Namespace } from '../../../shared/domain/namespace.ts';
import { judgeAll } from '../../../shared/domain/visibility.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import type { ComputeSystem } from './machine.ts';
import type { ScenarioInput } from './scenario/schema.ts';
import { createSimulatedHost, type SimulatedHost } from './simulated-host.ts';
import { runIn } from './testing/run-in.ts';
import { memfs, SERVERCORE, server2022 } from './testing/scenarios.ts';

const WINFSP = 'C:\\Program Files (x86)\\WinFsp';
const FSPTOOL = `${WINFSP}\\bin\\fsptool-x64.exe`;
const PROVIDER = 'WinFsp.Mup+2.1';

/** Up to one disk and two network file systems a place; prefixes collide between places. */
const place = fc.record({
  isolation: fc.constantFrom('process', 'process', 'hyperv'),
  disk: fc.boolean(),
  network: fc.subarray(['\\alpha\\one', '\\alpha\\two', '\\beta\\one'], { maxLength: 2 }),
});
type Place = typeof place extends fc.Arbitrary<infer P> ? P : never;

interface Home {
  readonly namespace: Namespace;
  readonly system: ComputeSystem | undefined;
}

function fileSystemsOf({ disk, network }: Omit<Place, 'isolation'>, name: string): readonly ReturnType<typeof memfs>[] {
  const letters = ['X:', 'Y:'];
  return [
    ...(disk ? [memfs('-m Z:', { 'token.txt': `${name} disk` })] : []),
    ...network.map((prefix, index) => memfs(`-m ${letters[index]} -u ${prefix}`, { 'token.txt': `${name} ${prefix}` })),
  ];
}

/** WinFsp is bound into every silo, for fsptool; `play` does so by itself where file systems are given. */
function containerOf({ isolation, ...rest }: Place, index: number): NonNullable<ScenarioInput['containers']>[number] {
  const fileSystems = isolation === 'hyperv' ? [] : [...fileSystemsOf(rest, `c${index}`)];
  const binds = isolation === 'hyperv' || fileSystems.length > 0 ? [] : [`${WINFSP}:${WINFSP}:ro`];
  return { name: `c${index}`, image: SERVERCORE, isolation, command: 'ping -t localhost', binds, fileSystems };
}

/** Runs a command line there, in a utility VM too, and answers what it printed. */
function runAt({ machine }: SimulatedHost, { system }: Home, commandLine: string): Promise<string> {
  return runIn(
    request => system?.spawn({ ...request, user: '' }) ?? machine.spawn(machine.subjects.elevated, request),
    commandLine,
  );
}

const typeAt = (host: SimulatedHost, home: Home, path: string): Promise<string> =>
  runAt(host, home, `cmd /c type "${path}"`);

/** The inventory as fsptool gives it in each silo and on the host. */
async function inventory(
  host: SimulatedHost,
  homes: readonly Home[],
): Promise<readonly (Volume & { readonly token: string })[]> {
  const found: (Volume & { readonly token: string })[] = [];
  for (const home of homes.filter(({ namespace }) => namespace.kind !== 'vm')) {
    const listed = await runAt(host, home, `"${FSPTOOL}" lsvol`);
    const guid = home.system === undefined ? '' : `{${home.system.containerGuid}}`;
    for (const [, letter = '', device = '', uncPrefix = ''] of listed.matchAll(
      /^(\S:) +(\\Device\\[^\\\r\n]+)(.*)$/gm,
    )) {
      const token = await typeAt(host, home, `${letter}\\token.txt`);
      const disk = { device, home: home.namespace.id, mountPoints: [letter], token };
      const network = { kind: 'network', uncPrefix, provider: `\\Device\\${PROVIDER}${guid}` } as const;
      found.push(uncPrefix === '' ? { ...disk, kind: 'disk' } : { ...disk, ...network });
    }
  }
  return found;
}

describe('a whole host, with real file systems in real containers', () => {
  it('shows each volume exactly where the rule says, to the programs that run there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 4 }), place, async (containers, onHost) => {
        const host = await createSimulatedHost({
          scenario: server2022({
            hostFileSystems: [...fileSystemsOf(onHost, 'host')],
            containers: containers.map(containerOf),
          }),
        });
        try {
          await holdAgainstRule(host);
        } finally {
          await host.dispose();
        }
      }),
      { numRuns: 60 },
    );
  });
});

async function holdAgainstRule(host: SimulatedHost): Promise<void> {
  const homes: Home[] = [
    { namespace: { id: 'host', kind: 'host', label: 'host' }, system: undefined },
    ...host.machine.computeSystems().map((system): Home => {
      const { siloId, name: label } = system;
      if (siloId === undefined) return { namespace: { id: `vm:${label.slice(0, 12)}`, kind: 'vm', label }, system };
      return { namespace: { id: `silo:${siloId}`, kind: 'silo', label, siloId }, system };
    }),
  ];
  const volumes = await inventory(host, homes);
  const rows = judgeAll({ volumes, namespaces: homes.map(({ namespace }) => namespace) });
  for (const [row, volume] of volumes.entries()) {
    for (const [column, home] of homes.entries()) {
      const cell = rows[row]?.[column];
      const names = [
        ...(volume.uncPrefix === undefined ? [] : [`\\${volume.uncPrefix}`, providerName(volume)]),
        ...volume.mountPoints,
      ];
      const opened: string[] = [];
      for (const name of names)
        if ((await typeAt(host, home, `${name}\\token.txt`)) === volume.token) opened.push(name);
      const where = `${volume.token} seen from ${home.namespace.id}`;
      expect([where, opened.length > 0 ? 'yes' : 'no']).toEqual([where, cell?.visible]);
      expect(opened, where).toEqual(expect.arrayContaining(cell?.through.map(({ path }) => path) ?? []));
    }
  }
}

function providerName({ provider = '', uncPrefix = '' }: Volume): string {
  return `\\\\?\\GLOBALROOT\\Device\\Mup\\;${provider.replace('\\Device\\', '')}${uncPrefix}`;
}
