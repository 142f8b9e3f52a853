import { useStore } from 'zustand';
import type { Stores } from '../stores/stores.ts';
import { useAsked } from './use-asked.ts';

/** How an administrator's rights are come by on this host: whether they can be had at all, and whether Windows asks first. */
export function useElevation(stores: Stores): { readonly possible: boolean; readonly prompts: boolean } {
  useAsked(stores.elevation);
  const state = useStore(stores.elevation.store, asked => (asked.kind === 'known' ? asked.value.state : 'unavailable'));
  return { possible: state !== 'unavailable', prompts: state === 'can-ask' };
}
