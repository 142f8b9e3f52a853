import type { Inspection } from '../../../shared/domain/inspection.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import type { Host } from '../../hosts/host.ts';
import { startEngine } from '../engine/start-engine.ts';
import { discoverFsd } from '../fsd/discover-fsd.ts';
import { unloadFsd } from '../fsd/fsd-service.ts';
import { findObjects } from '../inspection/find-objects.ts';
import { takeInventory } from '../inspection/inventory.ts';
import { listNamespace } from '../inspection/list-namespace.ts';
import { takeInspection } from '../inspection/take-inspection.ts';
import type { Journal } from '../journal/journal.ts';
import { recordHost } from '../recording/record-host.ts';
import type { ServiceHandlers } from '../service-handlers.ts';
import { readNamespaces } from '../silos/read-namespaces.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Watch } from '../watch.ts';
import type { Rights } from './rights.ts';

interface Shared {
  readonly rights: Rights;
  readonly journal: Pick<Journal, 'note'>;
  readonly watch: Pick<Watch, 'changed'>;
  readonly isSimulated: boolean;
  /** Takes in an inspection made with this user's own rights. One of an administrator names silos that the next one cannot. */
  readonly inspected: (inspection: Inspection) => void;
}

/** Everything that can be done with an administrator's rights, and without them as far as that goes. */
export function elevationHandlers(
  around: Surroundings,
  { rights, journal, watch, isSimulated, inspected }: Shared,
): Pick<
  ServiceHandlers,
  | 'elevation.read'
  | 'engine.start'
  | 'fsd.unload'
  | 'host.record'
  | 'inspection.take'
  | 'namespace.list'
  | 'namespace.find'
> {
  const { host } = around;
  return {
    'elevation.read': () => rights.state(),
    'host.record': ({ elevate }, { signal }) =>
      rights.look(elevate, signal, async seen => {
        const recording = await recordHost({ ...around, host: seen }, isSimulated, signal);
        return seen === host ? recording : { ...recording, elevated: true };
      }),
    async 'engine.start'({ elevate }, { signal }) {
      const start = (seen: Host) => startEngine({ ...around, host: seen }, signal);
      const state = elevate ? await rights.once('start-engine', signal, start) : await start(host);
      journal.note({ source: 'user', what: 'engine.start-ordered', subject: host.id });
      watch.changed('engine');
      return state;
    },
    async 'fsd.unload'({ accept, elevate }, { signal }) {
      const unload = async (seen: Host): Promise<readonly Volume[]> => {
        const looking = { ...around, host: seen };
        const fsd = await discoverFsd(seen, signal);
        const { volumes } = await takeInventory(looking, await readNamespaces(looking, signal), fsd, signal);
        const atStake = volumes.map(witnessed => witnessed.volume);
        const lost = await unloadFsd(seen, accept, atStake, signal);
        journal.note({
          source: 'user',
          what: 'fsd.unloaded',
          subject: fsd.service ?? 'WinFsp',
          data: { lost: lost.map(volume => volume.device) },
        });
        return lost;
      };
      const lost = elevate ? await rights.once('unload-fsd', signal, unload) : await unload(host);
      watch.changed('fsd');
      return { lost: [...lost] };
    },
    'inspection.take': ({ elevate, ...depth }, { signal }) =>
      rights.look(elevate, signal, async seen => {
        const inspection = await takeInspection({ ...around, host: seen }, depth, signal);
        if (seen === host) inspected(inspection);
        return inspection;
      }),
    'namespace.list': ({ elevate, ...place }, { signal }) =>
      rights.look(elevate, signal, seen => listNamespace({ ...around, host: seen }, place, signal)),
    'namespace.find': ({ elevate, ...search }, { signal, progress }) =>
      rights.look(elevate, signal, seen => findObjects({ ...around, host: seen }, search, progress, signal)),
  };
}
