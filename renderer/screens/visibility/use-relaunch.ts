import { useStore } from 'zustand';
import type { Fix } from '../../../shared/domain/fix.ts';
import type { Finding, InspectedVolume, Inspection } from '../../../shared/domain/inspection.ts';
import { type ContainerRef, HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';

/**
 * What "Relaunch privately" does. `fix`: the finding's own relaunch, which keeps what runs until its private form has
 * its volume. `twin`: how that container was made is not known, so nothing is stopped; the Launch screen is filled in with
 * the private profile, under a name of its own.
 */
export type Relaunch = {
  readonly container: ContainerRef;
  readonly volume: InspectedVolume;
} & (
  | { readonly by: 'fix'; readonly finding: Finding; readonly fix: Fix }
  | { readonly by: 'twin'; readonly twin: Profile }
);

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
export function relaunchOf(
  inspection: Inspection | undefined,
  volume: InspectedVolume | undefined,
  profiles: readonly Profile[],
): Relaunch | undefined {
  const container = inspection?.namespaces.find(({ id }) => id === volume?.home)?.container;
  if (volume === undefined || container === undefined) return undefined;
  const offer = offerOf(inspection, volume.device);
  if (offer !== undefined) return { by: 'fix', container, volume, ...offer };
  const twin = privateTwinOf(volume, container, profiles);
  return twin === undefined ? undefined : { by: 'twin', container, volume, twin };
}

/** The same, followed; none while a launch is under way. */
export function useRelaunch(
  stores: Stores,
  inspection: Inspection | undefined,
  volume: InspectedVolume | undefined,
): Relaunch | undefined {
  const profiles = useAsked(stores.profiles);
  const busy = useStore(stores.launch.run, run => run.kind === 'running');
  return busy ? undefined : relaunchOf(inspection, volume, profiles.kind === 'known' ? profiles.value : []);
}

/** Does it, or fills the Launch screen in for a person to do it. */
export function runRelaunch(stores: Stores, relaunch: Relaunch): void {
  if (relaunch.by === 'fix') {
    void stores.inspection.fix(relaunch.finding, relaunch.fix).then(() => showRelaunched(stores));
    return;
  }
  const { container, twin, volume } = relaunch;
  stores.launch.again();
  stores.launch.choose(twin);
  stores.launch.edit({
    // The name is taken as long as nothing is stopped: one is chosen that is free.
    name: '',
    image: container.image,
    ...(volume.mountPoints[0] === undefined ? {} : { mountPoint: volume.mountPoints[0] }),
  });
  stores.view.select(undefined);
  stores.view.show('launch');
}

/** What came of it is shown where it was asked for: the new volume, as the host sees it. */
function showRelaunched(stores: Stores): void {
  const inspection = stores.inspection.store.getState();
  const [name] = stores.inspection.fixing.getState().last?.launched ?? [];
  if (inspection.kind !== 'known' || name === undefined) return;
  const { namespaces, volumes } = inspection.value;
  const home = namespaces.find(({ container }) => container?.name === name)?.id;
  const made = volumes.find(volume => volume.home === home);
  if (made !== undefined) stores.view.select(made.device, HOST_NAMESPACE);
}
