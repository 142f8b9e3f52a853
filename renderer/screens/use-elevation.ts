import type { NoElevation } from '../../shared/domain/elevation.ts';
import type { Stores } from '../stores/stores.ts';
import { useAsked } from './use-asked.ts';

/** How an administrator's rights are come by on this host. */
export interface ElevationView {
  readonly possible: boolean;
  /** Windows asks first. */
  readonly prompts: boolean;
  /** Why they cannot be had, where they cannot. */
  readonly because: NoElevation | undefined;
}

const UNKNOWN: ElevationView = { possible: false, prompts: false, because: undefined };

export function useElevation(stores: Stores): ElevationView {
  const asked = useAsked(stores.elevation);
  if (asked.kind !== 'known') return UNKNOWN;
  const { value } = asked;
  return {
    possible: value.state !== 'unavailable',
    prompts: value.state === 'can-ask',
    because: value.state === 'unavailable' ? value.because : undefined,
  };
}
