import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { devicePath } from '../../../shared/domain/volume-names.ts';
import { isSystemCallError } from '../../hosts/simulated/kernel/status.ts';
import type { Subject } from '../../hosts/simulated/machine.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { createEngineConnection } from '../engine/engine-connection.ts';
import type { NamespaceView } from '../silos/namespace-view.ts';
import { readNamespaces } from '../silos/read-namespaces.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';
import { lookBy } from './isolation-looks.ts';
import { tryVolume, type Viewers } from './try-volume.ts';

const TRUTH = { file: 'truth.txt', token: 'the kernel says so' };
const SWITCHES = [
  {},
  { mupIsShared: false },
  { mupIsSharedBetweenSilos: false },
  { prefixCacheIsShared: false },
  { unknownProvidersAreAskedLast: false },
  { providerLinkIsInSilo: false },
  { mupIsShared: false, prefixCacheIsShared: false },
] as const;
const ELEVATION = [true, false] as const;

describe.each(SWITCHES)('every way into a volume, on a host with %o', behaviour => {
  it.each(ELEVATION)('comes out as the kernel has it (host user elevated: %s)', async elevated => {
    const scenario: ScenarioInput = {
      windows: { elevated },
      winfsp: { fsd: 'running' },
      images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
      behaviour,
    };
    const open = await openSimulatedServices(scenario);
    const connection = createEngineConnection(open.host, systemClock, 'the pipe');
    try {
      const around = { host: open.host, clock: systemClock, connection };
      const network = await launched(open, { profile: 'memfs-network', mountPoint: 'Y:', uncPrefix: '\\self\\test' });
      const disk = await launched(open, { profile: 'memfs-disk', mountPoint: 'X:' });
      const { views } = await readNamespaces(around);
      for (const [own, other] of [
        [network, disk],
        [disk, network],
      ] as const) {
        const viewOf = (id: string): NamespaceView | undefined =>
          views.find(({ container }) => container?.ref.id === id);
        const host = views.find(({ namespace }) => namespace.id === HOST_NAMESPACE);
        const viewers: Viewers = {
          own: viewOf(own.container),
          host,
          'other-container': viewOf(other.container),
          'hyperv-container': undefined,
        };
        const cells = await tryVolume({ around, volume: own.volume, viewers, plainUnc: true, tried: () => undefined });
        const subjects = {
          own: subjectOf(open, own.container),
          host: elevated ? open.host.machine.subjects.elevated : open.host.machine.subjects.user,
          'other-container': subjectOf(open, other.container),
          'hyperv-container': undefined,
        };
        const home = subjects.own;
        if (home === undefined) throw new Error('no silo');
        const root = `${devicePath(own.volume.device)}${own.volume.uncPrefix ?? ''}`;
        await open.host.machine.win32(home).write(`${root}\\${TRUTH.file}`, Buffer.from(TRUTH.token), 'replace');
        for (const { from, way, outcome, detail } of cells) {
          const how = lookBy(way, own.volume, TRUTH, { plainUnc: true });
          const subject = subjects[from];
          if (!('look' in how) || subject === undefined) {
            expect(outcome).toBe('not-tried');
            continue;
          }
          const leads = await readsBack(open, subject, `${how.look.way.path}\\${TRUTH.file}`);
          const said = `${own.volume.kind} from ${from} by ${way}: ${outcome} (${detail})`;
          expect(outcome === 'reached', said).toBe(leads);
        }
      }
    } finally {
      connection.dispose();
      await open.dispose();
    }
  });
});

async function launched(
  open: SimulatedServices,
  input: { profile: string; mountPoint: string; uncPrefix?: string },
): Promise<{ readonly container: string; readonly volume: Volume }> {
  const { container, volumes } = await open.call('filesystem.launch', input);
  const [volume] = volumes;
  if (volume === undefined) throw new Error('no volume');
  return { container: container.id, volume };
}

function subjectOf({ host }: SimulatedServices, container: string): Subject | undefined {
  const silo = host.machine.computeSystems().find(({ name }) => name === container)?.siloId;
  return silo === undefined ? undefined : host.machine.subjectIn(silo);
}

/** Asked of the kernel itself, without services, engine and programs. */
async function readsBack({ host }: SimulatedServices, subject: Subject, path: string): Promise<boolean> {
  try {
    const bytes = await host.machine.win32(subject).read(path);
    return Buffer.from(bytes).toString() === TRUTH.token;
  } catch (error) {
    if (isSystemCallError(error)) return false;
    throw error;
  }
}
