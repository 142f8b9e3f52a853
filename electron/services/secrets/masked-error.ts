import { type Fault, FaultError } from '../../../shared/contract/fault.ts';
import type { ValueMask } from './value-mask.ts';

/** An error as it may be told: values are masked in all that it says. */
export function maskedError(error: unknown, mask: ValueMask): unknown {
  if (mask.isIdle) return error;
  if (error instanceof FaultError) {
    return new FaultError({ ...(mask.json(error.fault) as Fault), code: error.fault.code } as Fault);
  }
  // A bug: whoever hands it on makes a fault of its message and its stack.
  if (!(error instanceof Error)) return typeof error === 'string' ? mask.text(error) : error;
  error.message = mask.text(error.message);
  if (error.stack !== undefined) error.stack = mask.text(error.stack);
  return error;
}
