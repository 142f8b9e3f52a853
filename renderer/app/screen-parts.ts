import type { ComponentType } from 'react';
import type { Screen } from '../../shared/domain/screen.ts';
import type { Stores } from '../stores/stores.ts';
import { lazyPart } from './lazy-part.ts';
import { quiet } from './quiet.ts';

interface PartProps {
  readonly stores: Stores;
}
type Part = ComponentType<PartProps>;

const LOADS = {
  readiness: async () => (await import('../screens/readiness/ReadinessScreen.tsx')).ReadinessScreen,
  launch: async () => (await import('../screens/launch/LaunchScreen.tsx')).LaunchScreen,
  filesystems: async () => (await import('../screens/filesystems/FileSystemsScreen.tsx')).FileSystemsScreen,
  visibility: async () => (await import('../screens/visibility/VisibilityScreen.tsx')).VisibilityScreen,
  namespaces: async () => (await import('../screens/namespaces/NamespacesScreen.tsx')).NamespacesScreen,
  images: async () => (await import('../screens/images/ImagesScreen.tsx')).ImagesScreen,
  timeline: async () => (await import('../screens/timeline/TimelineScreen.tsx')).TimelineScreen,
  logs: async () => (await import('../screens/logs/LogsScreen.tsx')).LogsScreen,
  settings: async () => (await import('../screens/settings/SettingsScreen.tsx')).SettingsScreen,
} satisfies Record<Screen, () => Promise<Part>>;

/** Each screen is a file of its own that comes when it is first shown. */
export const SCREEN_PARTS: Readonly<Record<Screen, ReturnType<typeof lazyPart<PartProps>>>> = {
  readiness: lazyPart(LOADS.readiness),
  launch: lazyPart(LOADS.launch),
  filesystems: lazyPart(LOADS.filesystems),
  visibility: lazyPart(LOADS.visibility),
  namespaces: lazyPart(LOADS.namespaces),
  images: lazyPart(LOADS.images),
  timeline: lazyPart(LOADS.timeline),
  logs: lazyPart(LOADS.logs),
  settings: lazyPart(LOADS.settings),
};

/** Sets one screen on its way, for whoever will show it. What does not come now is asked for again when it is shown. */
export function fetchScreen(screen: Screen): void {
  LOADS[screen]().catch(() => undefined);
}

/**
 * Fetches what was not shown yet. Once the page stands it must not need its server to change screens: the server may be
 * busy, or gone. What does not come now is asked for again when it is shown. Each waits for a quiet moment of its own:
 * to run one takes longer than a frame.
 */
export async function fetchScreens(): Promise<void> {
  // What is typed right after Ctrl+K must not go past a palette that is still on its way.
  const first = [() => import('./CommandPalette.tsx')];
  const rest = [() => import('./Dialogs.tsx'), () => import('../components/SiloMap.tsx')];
  for (const load of [...first, ...Object.values(LOADS), ...rest]) {
    await quiet();
    await load().catch(() => undefined);
  }
}
