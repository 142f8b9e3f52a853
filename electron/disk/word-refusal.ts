import { FaultError } from '../../shared/contract/fault.ts';
import { wordFault } from '../../shared/wording/word-fault.ts';
import { placeFault } from './place-fault.ts';

/** Why nothing could be kept at a place, as the end of a sentence: in plain words, or else as the system said it. */
export function wordRefusal(caught: unknown, path: string): string {
  const fault = caught instanceof FaultError ? caught.fault : placeFault(caught, path, path);
  if (fault?.code === 'place-unusable') return wordFault(fault).cause.replace(/\.$/, '');
  if (fault !== undefined && 'raw' in fault) return fault.raw;
  return caught instanceof Error ? caught.message : String(caught);
}
