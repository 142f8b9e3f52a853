import type { FollowedLately, Lately } from './follow-lately.ts';
import type { HostWatch } from './host-watch.ts';
import { type AppState, judgeAppState } from './judge-app-state.ts';
import type { Work, WorkTap } from './work-tap.ts';

export interface StateShowing {
  readonly host: Pick<HostWatch, 'view' | 'onChange'>;
  readonly work: Pick<WorkTap, 'running' | 'onChange'>;
  readonly lately: Pick<FollowedLately, 'value' | 'onChange'>;
  /** Tray and taskbar. */
  readonly show: (state: AppState, running: readonly Work[], lately: Lately) => void;
  /** The jump list: not before it is known, since Windows keeps the last one. */
  readonly list: (lately: Lately) => void;
}

/** Keeps what shows outside the window in step with host, work, and what can be launched again. */
export function showState({ host, work, lately, show, list }: StateShowing): void {
  const update = (): void => {
    const { running } = work;
    show(judgeAppState(host.view, running.length), running, lately.value);
  };
  host.onChange(update);
  work.onChange(update);
  lately.onChange(value => {
    list(value);
    update();
  });
  update();
}
