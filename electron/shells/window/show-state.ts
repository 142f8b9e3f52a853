import { isProfileName } from '../../../shared/domain/deep-link.ts';
import type { HostWatch } from './host-watch.ts';
import { type AppState, judgeAppState } from './judge-app-state.ts';
import { withRecent } from './jump-list.ts';
import type { KeptFile } from './kept-file.ts';
import type { WindowMemory } from './window-memory.ts';
import type { Work, WorkTap } from './work-tap.ts';

export interface StateShowing {
  readonly host: Pick<HostWatch, 'view' | 'onChange'>;
  readonly work: Pick<WorkTap, 'running' | 'onChange' | 'onEnd'>;
  readonly memory: KeptFile<WindowMemory>;
  /** Tray and taskbar. */
  readonly show: (state: AppState, running: readonly Work[], recentProfiles: readonly string[]) => void;
  /** The jump list. */
  readonly list: (recentProfiles: readonly string[]) => void;
}

/** Keeps what shows outside the window in step with host and work, and remembers the profiles that were launched. */
export function showState({ host, work, memory, show, list }: StateShowing): void {
  const update = (): void => {
    const { running } = work;
    show(judgeAppState(host.view, running.length), running, memory.value.recentProfiles);
  };
  host.onChange(update);
  work.onChange(update);
  work.onEnd(({ work: ended, how }) => {
    if (ended.kind !== 'launch' || how !== 'done' || ended.profile === undefined || !isProfileName(ended.profile))
      return;
    memory.keep({ ...memory.value, recentProfiles: withRecent(memory.value.recentProfiles, ended.profile) });
    list(memory.value.recentProfiles);
    update();
  });
  update();
  list(memory.value.recentProfiles);
}
