import type { Disposable } from '../../../shared/base/disposables.ts';
import type { UpdateChoice } from '../../../shared/domain/settings.ts';
import { windowUpdateWords } from '../../../shared/wording/window-update.ts';
import type { Ask } from './open-outside.ts';
import type { Updates } from './updates.ts';

/** Why a copy of the app has no way to a newer version of itself. */
export type NoUpdates = 'not-packaged' | 'portable' | 'no-feed';

export interface AppUpdatesOptions {
  readonly opening: Promise<Updates | NoUpdates>;
  /** Of the app that runs. */
  readonly version: string;
  readonly ask: Ask;
  readonly tell: (title: string, body: string) => void;
  readonly showFileSystems: () => void;
}

export interface AppUpdates extends Disposable {
  choose(choice: UpdateChoice): void;
  /** What the menu does: looks, says what came of it, and restarts when the user wants and may. */
  askedFor(): Promise<void>;
  /** As `Updates.atExit`. Nothing is put in while Windows ends the session: it would be killed half-way. */
  atExit(isSigningOut: boolean): Promise<(() => Promise<void>) | undefined>;
}

/** Updates as the user meets them: a notification when one is ready, dialogs when asked, nothing by itself. */
export function appUpdates({ opening, version, ask, tell, showFileSystems }: AppUpdatesOptions): AppUpdates {
  const withUpdates = async (act: (updates: Updates) => void): Promise<void> => {
    const updates = await opening;
    if (typeof updates !== 'string') act(updates);
  };
  void withUpdates(updates => {
    updates.onChange(state => {
      if (state.kind !== 'ready') return;
      const { title, body } = windowUpdateWords.readyNotice(state.version, updates.needsRights);
      tell(title, body);
    });
  });
  return {
    choose: choice => void withUpdates(updates => updates.choose(choice)),
    askedFor: async () => {
      const updates = await opening;
      if (typeof updates === 'string') {
        await ask(windowUpdateWords.none[updates]);
        return;
      }
      const state = await updates.look();
      if (state.kind === 'failed') await ask(windowUpdateWords.failed(state.reason));
      else if (state.kind === 'current') await ask(windowUpdateWords.current(version, state.withheld));
      else if (
        state.kind === 'ready' &&
        (await ask(windowUpdateWords.ready(state.version, updates.needsRights))) === 0
      ) {
        const held = await updates.restart();
        if (held === undefined) return;
        const pressed = await ask(windowUpdateWords.held(state.version, held));
        if (pressed === 0 && held.because !== 'command-line-runs') showFileSystems();
      }
    },
    atExit: async isSigningOut => {
      const updates = await opening;
      return typeof updates === 'string' || isSigningOut ? undefined : updates.atExit();
    },
    dispose: () => void withUpdates(updates => updates.dispose()),
  };
}
