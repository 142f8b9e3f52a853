import type { Contract } from '../../shared/contract/contract.ts';
import { FaultError } from '../../shared/contract/fault.ts';
import type { Handlers } from '../../shared/contract/operation.ts';
import { matchesWildcard } from '../../shared/domain/wildcard.ts';
import { fakeInspection } from './fake-inspection.ts';
import type { FakeWorld } from './fake-world.ts';

type LookCall = 'inspection.take' | 'volume.look' | 'namespace.find' | 'namespace.list';

/** Volumes and object namespaces, as the story has them. */
export function fakeLooks(world: FakeWorld): Pick<Handlers<Contract>, LookCall> {
  return {
    'inspection.take': async ({ probe, canary }, { signal }) => {
      if (probe || canary) await world.pause(700, signal);
      return fakeInspection(
        world.silos.map(({ namespace }) => namespace),
        world.silos.flatMap(({ fileSystem }) => fileSystem.volumes),
        { probe, canary },
        world.iso(),
      );
    },
    'volume.look': async ({ device, namespace, canary }, { signal }) => {
      await world.pause(300, signal);
      const { volumes } = fakeInspection(
        world.silos.map(silo => silo.namespace),
        world.silos.flatMap(({ fileSystem }) => fileSystem.volumes),
        { probe: true, canary },
        world.iso(),
      );
      const volume = volumes.find(one => one.device === device);
      if (volume === undefined) throw new FaultError({ code: 'not-found', what: 'volume', name: device });
      const cells = volume.visibility.filter(cell => namespace === undefined || cell.namespace === namespace);
      return { cells, chain: volume.chain, gaps: [] };
    },
    'namespace.find': async ({ name }, { progress, signal }) => {
      progress({ namespaces: 0, of: world.silos.length + 1, directories: 20, found: 0 });
      await world.pause(120, signal);
      const found = world.silos.flatMap(({ namespace, fileSystem }) =>
        fileSystem.volumes
          .map(volume => ({
            name: volume.device.slice(8),
            type: volume.provider === undefined ? 'Device' : 'SymbolicLink',
            ...(volume.provider === undefined ? {} : { target: volume.provider }),
            namespace: namespace.id,
            label: namespace.label,
            directory: '\\Device',
          }))
          .filter(object => matchesWildcard(name, object.name)),
      );
      return { found, unseen: [], directories: 40, namespaces: world.silos.length + 1, capped: false };
    },
    'namespace.list': ({ path, in: container }) => {
      const silo = world.silos.find(({ namespace }) => namespace.label === container);
      if (container !== undefined && silo === undefined) {
        throw new FaultError({ code: 'not-found', what: 'container', name: container });
      }
      const volumes = silo?.fileSystem.volumes ?? [];
      const own = volumes.flatMap(volume => [
        volume.provider === undefined
          ? { name: volume.device.slice(8), type: 'Device' }
          : { name: volume.device.slice(8), type: 'SymbolicLink', target: volume.provider },
        ...(volume.provider === undefined
          ? []
          : [{ name: volume.provider.slice(8), type: 'SymbolicLink', target: '\\Device\\Mup' }]),
      ]);
      const mup =
        silo === undefined
          ? { name: 'Mup', type: 'Device' }
          : { name: 'Mup', type: 'SymbolicLink', target: '\\Device\\Mup' };
      return {
        path,
        namespace: silo?.namespace.id ?? 'host',
        takenAt: world.iso(),
        earlier: [],
        entries: [
          mup,
          { name: 'NamedPipe', type: 'Device' },
          { name: 'Null', type: 'SymbolicLink', target: '\\Device\\Null' },
          { name: 'WinFsp.Net', type: 'SymbolicLink', target: '\\Device\\WinFsp.Net+2.1.25156' },
          { name: 'WinFsp.Disk+2.1.25156', type: 'Device' },
          { name: 'WinFsp.Net+2.1.25156', type: 'Device' },
          { name: 'Http', type: 'Directory' },
          ...own,
        ],
      };
    },
  };
}
