import { type RefObject, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import type { Stores } from '../stores/stores.ts';

/**
 * Where the control that had the focus has gone, be it with its screen or with what it began, the focus comes to the screen:
 * a keyboard goes on from there, and a screen reader says where it is. The page's title is the screen's.
 */
export function useKeptFocus(stores: Stores, main: RefObject<HTMLElement | null>): void {
  const screen = useStore(stores.view.store, view => view.screen);
  const selected = useStore(stores.view.store, view => view.selected?.device);
  const launch = useStore(stores.launch.run, run => run.kind);
  const look = useStore(stores.inspection.deep, deep => deep.running);
  const cell = useStore(stores.inspection.cellLook, cellLook => cellLook.running !== undefined);
  const what = [screen, selected, launch, look, cell].join();
  const before = useRef(what);
  useEffect(() => {
    document.title = `${shellWords.screens[screen]} - ${shellWords.product}`;
  }, [screen]);
  useEffect(() => {
    if (before.current === what) return;
    before.current = what;
    // What takes the place of the old is drawn first; a dialog that closes gives its focus back first.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [what, main]);
}
