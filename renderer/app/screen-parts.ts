import { type ComponentType, lazy } from 'react';
import type { Stores } from '../stores/stores.ts';
import type { Screen } from '../stores/view-store.ts';

type Part = ComponentType<{ readonly stores: Stores }>;

const LOADS = {
  readiness: async () => (await import('../screens/readiness/ReadinessScreen.tsx')).ReadinessScreen,
  launch: async () => (await import('../screens/launch/LaunchScreen.tsx')).LaunchScreen,
  filesystems: async () => (await import('../screens/filesystems/FileSystemsScreen.tsx')).FileSystemsScreen,
  visibility: async () => (await import('../screens/visibility/VisibilityScreen.tsx')).VisibilityScreen,
  namespaces: async () => (await import('../screens/namespaces/NamespacesScreen.tsx')).NamespacesScreen,
  images: async () => (await import('../screens/images/ImagesScreen.tsx')).ImagesScreen,
  timeline: async () => (await import('../screens/timeline/TimelineScreen.tsx')).TimelineScreen,
  settings: async () => (await import('../screens/settings/SettingsScreen.tsx')).SettingsScreen,
} satisfies Record<Screen, () => Promise<Part>>;

/** Each screen is a file of its own that comes when it is first shown. */
export const SCREEN_PARTS = Object.fromEntries(
  Object.entries(LOADS).map(([screen, load]) => [screen, lazy(async () => ({ default: await load() }))]),
) as Readonly<Record<Screen, Part>>;

/**
 * Fetches what was not shown yet. Once the page stands it must not need its server to change screens: the server may be
 * busy, or gone. What does not come now is asked for again when it is shown.
 */
export async function fetchScreens(): Promise<void> {
  const rest = [() => import('./CommandPalette.tsx'), () => import('../components/SiloMap.tsx')];
  for (const load of [...Object.values(LOADS), ...rest]) await load().catch(() => undefined);
}
