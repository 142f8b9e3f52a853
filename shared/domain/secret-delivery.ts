import type { SecretNeed, SecretState } from './profile-secret.ts';

/** Whether a launch in which it stands like this hands it over. */
export function isHandedOver(state: SecretState): boolean {
  return state !== 'missing' && state !== 'locked';
}

/** The file that a secret is put into, in the container. */
export function secretFile({ name, deliver }: Pick<SecretNeed, 'name' | 'deliver'>): string | undefined {
  if (deliver.by !== 'file') return undefined;
  return deliver.path ?? `C:\\ProgramData\\Siloscope\\secrets\\${name}`;
}

/** Why a value cannot be delivered like that; undefined: it can. */
export function refuseSecretValue({ deliver }: Pick<SecretNeed, 'deliver'>, value: string): string | undefined {
  if (value === '') return 'it is empty';
  if (value.length > LONGEST_SECRET) return `it is longer than ${LONGEST_SECRET} characters`;
  if (deliver.by === 'file') return undefined;
  if (/[\0\r\n]/.test(value)) return 'it has more than one line, which only a file can hold';
  // The engine lists a command as one text: only what stands as one word can be found and masked in it again.
  if (deliver.by === 'argument' && /[\s"']/.test(value)) return 'an argument cannot hold blanks or quotes unseen';
  return undefined;
}

/** A whole configuration file is a secret, too. */
export const LONGEST_SECRET = 65_536;
