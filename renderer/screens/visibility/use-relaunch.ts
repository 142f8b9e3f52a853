import { useStore } from 'zustand';
import type { Fix } from '../../../shared/domain/fix.ts';
import type { Finding, InspectedVolume, Inspection } from '../../../shared/domain/inspection.ts';
import type { ContainerRef } from '../../../shared/domain/namespace.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';

/** What "Relaunch privately" would do: stop this container, launch that profile in its place. */
export interface Relaunch {
  readonly container: ContainerRef;
  readonly twin: Profile;
  readonly volume: InspectedVolume;
  /** The finding's own fix, which keeps arguments and binds and is checked before its stop; absent: the twin it is. */
  readonly fix?: Fix;
  run(): Promise<void>;
}

/**
 * The profile that does privately what a leaking volume's program does: by the label of the launch, else by the
 * program's name.
 */
export function privateTwinOf(
  volume: InspectedVolume,
  container: ContainerRef | undefined,
  profiles: readonly Profile[],
): Profile | undefined {
  const label = container?.labels['dev.siloscope.profile'];
  const program = volume.fileSystem?.program.toLowerCase();
  const own =
    profiles.find(({ name }) => name === label) ??
    profiles.find(({ kind, command }) => {
      const base = command[0]?.split('\\').at(-1)?.toLowerCase();
      return kind === volume.kind && program !== undefined && base?.replace('.exe', '') === program.replace('.exe', '');
    });
  return profiles.find(({ name, kind }) => name === own?.privateTwin && kind === 'disk');
}

/** The finding of a volume that offers to relaunch it, and nothing else, as a disk. */
function offerOf(
  inspection: Inspection | undefined,
  device: string,
): { readonly finding: Finding; readonly fix: Fix } | undefined {
  for (const finding of inspection?.findings ?? []) {
    const fix = finding.fixes?.find(
      ({ kind, relaunches }) => kind === 'relaunch-as-disk' && relaunches.every(one => one.device === device),
    );
    if (fix !== undefined && fix.relaunches.length > 0) return { finding, fix };
  }
  return undefined;
}

/** The relaunch of a volume, where there is one. */
export function useRelaunch(
  stores: Stores,
  inspection: Inspection | undefined,
  volume: InspectedVolume | undefined,
): Relaunch | undefined {
  const profiles = useAsked(stores.profiles);
  const busy = useStore(stores.launch.run, run => run.kind === 'running');
  const container = inspection?.namespaces.find(({ id }) => id === volume?.home)?.container;
  if (profiles.kind !== 'known' || busy || volume === undefined || container === undefined) return undefined;
  const twin = privateTwinOf(volume, container, profiles.value);
  if (twin === undefined) return undefined;
  const offer = offerOf(inspection, volume.device);
  if (offer !== undefined) {
    const { finding, fix } = offer;
    return { container, twin, volume, fix, run: () => stores.inspection.fix(finding, fix) };
  }
  return {
    container,
    twin,
    volume,
    run: async () => {
      await stores.fileSystems.stop(container.name, false);
      stores.launch.again();
      stores.launch.choose(twin);
      stores.launch.edit({
        name: container.name,
        image: container.image,
        ...(volume.mountPoints[0] === undefined ? {} : { mountPoint: volume.mountPoints[0] }),
      });
      const failed = stores.fileSystems.stops.getState()[container.name]?.fault;
      stores.view.select(undefined);
      if (failed !== undefined) {
        stores.view.show('filesystems');
        return;
      }
      stores.view.show('launch');
      await stores.launch.launch();
    },
  };
}
