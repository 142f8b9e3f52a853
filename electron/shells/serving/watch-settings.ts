import { type FSWatcher, watch } from 'node:fs';
import type { Clock } from '../../../shared/base/clock.ts';
import { type Disposable, disposable } from '../../../shared/base/disposables.ts';
import { makeFolderSync } from '../../disk/make-folder.ts';
import type { Files } from '../../services/settings/files.ts';
import type { PreferenceKind, Preferences } from '../../services/settings/preferences.ts';

const FILES: Readonly<Record<PreferenceKind, string>> = {
  settings: 'settings.json',
  profiles: 'profiles.json',
  policy: 'policy.json',
  secrets: 'secrets.json',
  recent: 'recent.json',
};
const KINDS = Object.keys(FILES) as PreferenceKind[];
/** A file is written beside, renamed and copied: one change is several events. */
const SETTLE_MS = 150;

export interface WatchedSettings extends Disposable {
  /** The files have been read once: what changes from now on is told. */
  readonly ready: Promise<void>;
}

/**
 * Tells whoever listens to the preferences when another process, or a person with an editor, changed their files. A folder
 * that cannot be watched (some network drives) is left alone: every question reads the files anew all the same.
 */
export function watchSettings(
  folder: string,
  clock: Clock,
  files: Pick<Files, 'read'>,
  preferences: Pick<Preferences, 'onChanged' | 'changedElsewhere'>,
): WatchedSettings {
  const known = new Map<PreferenceKind, string | undefined>();
  /** Changed by this very process, which has told of it already. */
  const own = new Set<PreferenceKind>();
  let timer: Disposable | undefined;
  let isOver = false;

  const read = (kind: PreferenceKind): Promise<string | undefined> =>
    files.read(FILES[kind]).catch(() => known.get(kind));
  const look = async (isFirst: boolean): Promise<void> => {
    for (const kind of KINDS) {
      const text = await read(kind);
      const isNew = text !== known.get(kind);
      known.set(kind, text);
      const isOwn = own.delete(kind);
      if (isNew && !isOwn && !isFirst && !isOver) preferences.changedElsewhere(kind);
    }
  };
  const ready = look(true);
  let looking = ready;
  const lookSoon = (): void => {
    timer?.dispose();
    timer = clock.after(SETTLE_MS, () => {
      looking = looking.then(() => look(false));
    });
  };
  const forget = preferences.onChanged(kind => {
    if (!isOver) own.add(kind);
  });
  const watcher = watched(folder, lookSoon);
  const ending = disposable(() => {
    isOver = true;
    forget();
    timer?.dispose();
    watcher?.close();
  });
  return { ready, dispose: () => ending.dispose() };
}

function watched(folder: string, changed: () => void): FSWatcher | undefined {
  try {
    makeFolderSync(folder);
    const watcher = watch(folder, { persistent: false }, changed);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
