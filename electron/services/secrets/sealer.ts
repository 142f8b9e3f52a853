import type { NoSeal, SealKind } from '../../../shared/domain/secret-store.ts';

/** Seals texts for this user of this machine. What opens nothing else than what it sealed itself. */
export interface Sealer {
  readonly kind: SealKind;
  /** Why it cannot be used now; undefined: it can. */
  refuses(): NoSeal | undefined;
  /** Base64. Throws when the system below refuses. */
  seal(text: string): string;
  /** Throws for what another user, machine or program sealed. */
  open(sealed: string): string;
}
