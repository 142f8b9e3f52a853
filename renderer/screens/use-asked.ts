import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Asked, AskedStore } from '../stores/asked.ts';

/** The state of a question; asks it when nobody has yet. */
export function useAsked<T>(asked: AskedStore<T>): Asked<T> {
  useEffect(() => asked.want(), [asked]);
  return useStore(asked.store);
}
