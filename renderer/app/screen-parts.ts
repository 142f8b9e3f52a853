import { type ComponentType, lazy } from 'react';
import type { Stores } from '../stores/stores.ts';
import type { Screen } from '../stores/view-store.ts';

type Part = ComponentType<{ readonly stores: Stores }>;

/** Each screen is a file of its own that comes when it is first shown. */
export const SCREEN_PARTS: Readonly<Record<Screen, Part>> = {
  readiness: lazy(async () => ({
    default: (await import('../screens/readiness/ReadinessScreen.tsx')).ReadinessScreen,
  })),
  launch: lazy(async () => ({ default: (await import('../screens/launch/LaunchScreen.tsx')).LaunchScreen })),
  filesystems: lazy(async () => ({
    default: (await import('../screens/filesystems/FileSystemsScreen.tsx')).FileSystemsScreen,
  })),
  visibility: lazy(async () => ({
    default: (await import('../screens/visibility/VisibilityScreen.tsx')).VisibilityScreen,
  })),
  namespaces: lazy(async () => ({
    default: (await import('../screens/namespaces/NamespacesScreen.tsx')).NamespacesScreen,
  })),
  images: lazy(async () => ({ default: (await import('../screens/images/ImagesScreen.tsx')).ImagesScreen })),
  timeline: lazy(async () => ({ default: (await import('../screens/timeline/TimelineScreen.tsx')).TimelineScreen })),
  settings: lazy(async () => ({ default: (await import('../screens/settings/SettingsScreen.tsx')).SettingsScreen })),
};
