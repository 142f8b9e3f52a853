import { z } from 'zod';
import { SecretName } from './profile-secret.ts';
import { UnmaskedSecret } from './secret-masking.ts';

/** What seals a kept value: Windows' own call for this user, or Electron's store of the desktop. */
export const SealKind = z.enum(['dpapi', 'safe-storage']);
export type SealKind = z.infer<typeof SealKind>;

/** Why nothing here keeps a secret safely. */
export const NoSeal = z.enum([
  /** This system has no such store, or Siloscope runs where it cannot ask it. */
  'no-store',
  /** Electron says that it cannot encrypt now: no keyring, or a locked one. */
  'no-encryption',
  /** The desktop has no keyring: Electron would use a key that everybody knows. */
  'basic-text',
  /** The call of Windows failed. */
  'failed',
]);
export type NoSeal = z.infer<typeof NoSeal>;

/** Where secrets are kept. `session`: nowhere but in memory, until Siloscope ends. */
export const SecretPlace = z.union([
  z.object({ kind: SealKind }),
  z.object({ kind: z.literal('session'), because: NoSeal }),
]);
export type SecretPlace = z.infer<typeof SecretPlace>;

/** A secret as a list shows it. There is no operation that answers a value. */
export const SecretRow = z.object({
  name: SecretName,
  /** `locked`: kept, but not by what is at hand here. */
  state: z.enum(['kept', 'session', 'missing', 'locked']),
  /** What sealed it. */
  sealedBy: SealKind.optional(),
  changedAt: z.iso.datetime().optional(),
  /** What it is, in the words of the profile that takes it. */
  title: z.string().optional(),
  /** Names of the profiles that take it. */
  usedBy: z.array(z.string()),
});
export type SecretRow = z.infer<typeof SecretRow>;

export const SecretList = z.object({
  place: SecretPlace,
  secrets: z.array(SecretRow),
  /** Those that would be shown if a program printed them. */
  unmasked: z.array(UnmaskedSecret),
});
export type SecretList = z.infer<typeof SecretList>;
