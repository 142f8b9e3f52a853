import { useEffect } from 'react';
import { SCREENS } from '../../shared/domain/screen.ts';
import { grantWish, wishOf } from '../stores/launch-form.ts';
import type { Stores } from '../stores/stores.ts';
import { until } from '../stores/until.ts';
import { fragmentOf, isCapture, screenNamed, sectionOf } from '../stores/view-store.ts';
import { typeAhead } from './type-ahead.ts';

/** Ctrl+1..9 screens, Ctrl+K commands, F1 help, Ctrl+F filter, F5 refresh. The browser keeps what we do not take. */
export function useShortcuts(stores: Stores): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const ctrl = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      const screen = ctrl && /^[1-9]$/.test(event.key) ? SCREENS[Number(event.key) - 1] : undefined;
      const isOurs = screen !== undefined || (ctrl && event.key.toLowerCase() === 'k') || (plain && event.key === 'F1');
      if (isOurs && isAnswering(stores)) {
        event.preventDefault();
        return;
      }
      if (screen !== undefined) stores.view.show(screen);
      else if (ctrl && event.key.toLowerCase() === 'k') stores.view.openPalette(true);
      else if (plain && event.key === 'F1') openHelp(stores);
      else if (plain && event.key === 'F5') stores.refreshAll();
      else if (ctrl && event.key.toLowerCase() === 'f') {
        const box = document.querySelector<HTMLInputElement>('main input[type=search]');
        if (box === null) return;
        box.focus();
        box.select();
      } else return;
      event.preventDefault();
    };
    // What is typed while the palette is on its way is the palette's, and not of whatever has the focus until then.
    const onAhead = (event: KeyboardEvent): void => {
      const { paletteOpen, ahead } = stores.view.store.getState();
      if (!paletteOpen || ahead === undefined) return;
      const text = typeAhead(ahead, event);
      if (text === undefined) return;
      stores.view.typeAhead(text);
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', onAhead, { capture: true });
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onAhead, { capture: true });
      window.removeEventListener('keydown', onKey);
    };
  }, [stores]);
}

/** A dialog waits for its answer: what was typed there would go with the screen below it. The palette holds nothing. */
function isAnswering({ view }: Stores): boolean {
  return document.querySelector('dialog[open]') !== null && !view.store.getState().paletteOpen;
}

function openHelp({ view }: Stores): void {
  if (!view.store.getState().paletteOpen) view.ask('help');
}

/** Fills the launch form from a fragment such as `#/launch?profile=memfs-disk`. It never launches anything. */
async function fillFromFragment(stores: Stores, fragment: string): Promise<void> {
  const wish = wishOf(fragment);
  if (wish === undefined) return;
  stores.profiles.want();
  const profiles = await until(stores.profiles.store, ({ kind }) => kind === 'known');
  const profile = profiles.kind === 'known' && profiles.value.find(({ name }) => name === wish.profile);
  if (profile === undefined || profile === false || stores.launch.run.getState().kind === 'running') return;
  stores.launch.again();
  stores.launch.edit(grantWish(stores.launch.form.getState(), profile, wish));
}

/** Keeps the address and the screen in step, so that Back works and a screen can be linked to. */
export function useAddress(stores: Stores): void {
  useEffect(() => {
    const onHash = (): void => {
      // Read once: showing the screen replaces the fragment by the screen's own.
      const fragment = window.location.hash;
      const screen = screenNamed(fragment);
      if (screen === 'settings') stores.view.showSettings(sectionOf(fragment));
      else if (screen !== undefined) stores.view.show(screen);
      if (isCapture(fragment)) stores.view.capture(true);
      void fillFromFragment(stores, fragment);
    };
    void fillFromFragment(stores, window.location.hash);
    window.addEventListener('hashchange', onHash);
    const undo = stores.view.store.subscribe((view, before) => {
      const fragment = fragmentOf(view);
      if (fragment !== fragmentOf(before) && window.location.hash !== fragment) window.location.hash = fragment;
    });
    return () => {
      window.removeEventListener('hashchange', onHash);
      undo();
    };
  }, [stores]);
}
