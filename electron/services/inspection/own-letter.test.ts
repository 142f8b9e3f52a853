import { afterEach, describe, expect, it } from 'vitest';
import { rankOf } from '../../../shared/domain/evidence.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import type { SimulatedHost } from '../../hosts/simulated/simulated-host.ts';
import { mapDrive, mountElsewhere } from '../testing/any-drives.ts';
import { GOOD_HOST, openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';

let open: SimulatedServices | undefined;
afterEach(async () => {
  await open?.dispose();
  open = undefined;
});

const MEMFS = '"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS';
const PROBE = rankOf({ rank: 'probe', ground: 'observed' });
const SERVER = { name: 'fileserver', shares: [{ name: 'x', files: { 'secret.txt': 'of the server' } }] };
const HOST: ScenarioInput = { winfsp: { fsd: 'running' }, network: { servers: [SERVER] } };

async function on(scenario: ScenarioInput, prepare: (host: SimulatedHost) => unknown): Promise<SimulatedServices> {
  open = await openSimulatedServices(scenario);
  await prepare(open.host);
  return open;
}

describe('a letter of the host', () => {
  const mapped = (letter: string) => (host: SimulatedHost) => mapDrive(host, letter);

  it.each(['Y:', 'X:'])('that is mapped to a server, %s, is not opened by the isolation self-test', async letter => {
    const services = await on({ ...GOOD_HOST, network: { servers: [SERVER] } }, mapped(letter));
    const { cells } = await services.call('isolation.test', {});
    const kind = letter === 'Y:' ? 'network' : 'disk';
    const drives = cells.filter(({ from, way }) => from === 'host' && way === 'drive');
    expect(drives.map(({ volume, outcome, why }) => ({ volume, outcome, why }))).toEqual(
      ['network', 'disk'].map(volume =>
        volume === kind
          ? { volume, outcome: 'not-tried', why: 'leads-elsewhere' }
          : { volume, outcome: 'not-reached', why: undefined },
      ),
    );
    expect(services.host.networkLog()).toEqual([]);
  });

  it.each([
    ['disk', ''],
    ['network', ' -u \\memfs\\share'],
  ])('of another session, mapped to a server in this one, is not opened to look at a %s volume', async (_, prefix) => {
    const services = await on(HOST, async host => {
      await mountElsewhere(host, `${MEMFS} -m Y:${prefix}`);
      mapDrive(host, 'Y:');
    });
    const { volumes } = await services.call('inspection.take', { probe: true, canary: true });
    const cells = volumes
      .flatMap(({ visibility }) => [...visibility])
      .filter(cell => cell.namespace === HOST_NAMESPACE);
    expect(volumes.map(({ mountPoints }) => mountPoints)).toEqual([['Y:']]);
    expect(cells.map(({ visible }) => visible)).toEqual(['yes']);
    const opened = cells.flatMap(({ through }) => through).filter(({ evidence }) => rankOf(evidence) >= PROBE);
    expect(opened.map(({ kind }) => kind)).not.toContain('drive');
    expect(opened).not.toEqual([]);
    expect(services.host.networkLog()).toEqual([]);
  });

  it('of another session takes no token that was meant for the volume, and the token is written by its device', async () => {
    const services = await on(HOST, async host => {
      await mountElsewhere(host, `${MEMFS} -m Y: -u \\memfs\\share`);
    });
    const { gaps, volumes } = await services.call('inspection.take', { canary: true });
    expect(gaps.filter(({ what }) => what.startsWith('canary'))).toEqual([]);
    const cells = volumes.flatMap(({ visibility }) => [...visibility]);
    expect(cells.map(({ namespace, evidence }) => [namespace, evidence.rank])).toEqual([['host', 'canary']]);
  });
});

describe('a directory that a command line in a container tells', () => {
  const DIRECTORY = 'C:\\work';
  const mounted = {
    ...GOOD_HOST,
    winfsp: { fsd: 'running' },
    containers: [{ name: 'box', image: SERVERCORE, fileSystems: [{ commandLine: `${MEMFS} -m ${DIRECTORY}` }] }],
  } satisfies ScenarioInput;
  /** The container's `C:` is said to lead there. */
  const leading = (target: string) => (host: SimulatedHost) => {
    const readLink = host.objects.readLink.bind(host.objects);
    host.objects.readLink = async (path, signal) =>
      /^\\Silos\\\d+\\.*\\C:$/i.test(path) ? { target } : readLink(path, signal);
  };
  const waysAtHome = async (prepare: (host: SimulatedHost) => unknown) => {
    const services = await on(mounted, prepare);
    const { volumes } = await services.call('inspection.take', { probe: true });
    expect(volumes.map(({ mountPoints }) => mountPoints)).toEqual([[DIRECTORY]]);
    return volumes.flatMap(({ home, visibility }) =>
      [...visibility]
        .filter(({ namespace }) => namespace === home)
        .flatMap(({ through }) => through.flatMap(({ path, evidence }) => (rankOf(evidence) >= PROBE ? [path] : []))),
    );
  };

  it('is opened where the letter before it leads to the container’s own disk', async () => {
    expect(await waysAtHome(() => undefined)).toContain(DIRECTORY);
  });

  it.each([
    '\\Device\\Mup\\;LanmanRedirector\\fileserver\\x',
    '\\Device\\Volume{00000000-0000-4000-8000-000000000000}',
  ])('is not opened where it leads elsewhere: %s; the volume is opened by its device', async target => {
    const ways = await waysAtHome(leading(target));
    expect(ways).not.toContain(DIRECTORY);
    expect(ways).toEqual([expect.stringContaining('Volume{')]);
  });
});

describe('a file or a program of the host', () => {
  it.each(['C:', 'D:'])(
    'is not opened or started by a letter that leads to a server in this session: %s',
    async letter => {
      const started: string[] = [];
      const installDirectory = `${letter}\\WinFsp`;
      const scenario = {
        ...GOOD_HOST,
        winfsp: { ...GOOD_HOST.winfsp, installDirectory },
        network: { servers: [SERVER] },
      };
      const services = await on(scenario, host => {
        mapDrive(host, letter);
        const run = host.run.bind(host);
        host.run = (argv, options) => {
          started.push(argv.join(' '));
          return run(argv, options);
        };
      });
      const { checks } = await services.call('readiness.check', {});
      expect(started.filter(line => line.includes(`${letter}\\`))).toEqual([]);
      if (letter === 'C:') expect(checks.find(({ code }) => code === 'disk-space')?.state).toBe('unknown');
      else expect(services.host.networkLog()).toEqual([]);
    },
  );
});
