import type { NoSeal, SealKind } from '../../../shared/domain/secret-store.ts';

/** Seals texts for this user of this machine. What one seals, no other kind opens. */
export interface Sealer {
  readonly kind: SealKind;
  /** Why it cannot be used now; undefined: it can. Never rejects. */
  refuses(): Promise<NoSeal | undefined>;
  /** Base64. Rejects when the system below refuses. */
  seal(text: string): Promise<string>;
  /** Rejects for what another user, machine or program sealed. */
  open(sealed: string): Promise<string>;
}
