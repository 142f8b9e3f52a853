import { assertNever } from '../base/assert-never.ts';
import type { PlannedSecret, SecretDelivery, SecretState } from '../domain/profile-secret.ts';
import { secretFile } from '../domain/secret-delivery.ts';
import type { UnmaskedSecret } from '../domain/secret-masking.ts';
import { SHORTEST_MASKED } from '../domain/secret-parts.ts';
import type { NoSeal, SealKind, SecretPlace } from '../domain/secret-store.ts';
import { formatList } from './amounts.ts';
import { escapeUntrusted } from './plain-text.ts';

/** Why nothing keeps a secret safely, as a sentence. */
export function wordNoSeal(because: NoSeal): string {
  switch (because) {
    case 'no-store':
      return 'This system has no store for secrets that Siloscope can ask here.';
    case 'no-encryption':
      return 'The desktop says that it cannot encrypt now: its keyring is missing or locked.';
    case 'basic-text':
      return 'The desktop has no keyring: what is called encrypted there is encrypted with a key that everybody knows.';
    case 'failed':
      return 'The call of Windows that seals it failed.';
    default:
      return assertNever(because);
  }
}

/** What sealed a secret. */
export function wordSealKind(kind: SealKind): string {
  return kind === 'dpapi' ? 'The data protection of Windows (DPAPI), for this user,' : "The desktop's safe storage";
}

/** Where secrets are kept, as a sentence. */
export function wordSecretPlace(place: SecretPlace): string {
  switch (place.kind) {
    case 'dpapi':
      return 'Kept in secrets.json, sealed by the data protection of Windows (DPAPI) for this user. Any program that runs as you can open them.';
    case 'safe-storage':
      return "Kept in secrets.json, sealed by the desktop's safe storage for this user. Any program that runs as you may be able to open them.";
    case 'session':
      return `${wordNoSeal(place.because)} Secrets are held in memory until Siloscope ends, and written nowhere.`;
    default:
      return assertNever(place);
  }
}

/** How a secret comes to its program, and who can see it there. */
export function wordDelivery(need: { readonly name: string; readonly deliver: SecretDelivery }): string {
  const { deliver } = need;
  switch (deliver.by) {
    case 'file':
      return `As the file ${secretFile(need) ?? ''} in the container: programs in it can read it, and so can whoever may copy files out of it (docker cp). Not in docker inspect.`;
    case 'stdin':
      return 'As a line of its input: seen by the program alone, and gone when it is read. Not in docker inspect.';
    case 'environment':
      return `As the variable ${deliver.variable}: docker inspect shows it to whoever may ask the engine.`;
    case 'argument':
      return 'As an argument: docker inspect and every list of processes show it. The program has no other way.';
    default:
      return assertNever(deliver);
  }
}

const UNMASKED_WORDS: Readonly<Record<UnmaskedSecret['because'], string>> = {
  'too-short': `shorter than ${SHORTEST_MASKED} characters`,
  locked: 'kept, but it cannot be opened here',
  unknown: 'its value is not known here',
};

/** Which secrets would be shown if a program printed them; undefined: none that is known of. */
export function wordUnmasked(unmasked: readonly UnmaskedSecret[]): string | undefined {
  if (unmasked.length === 0) return undefined;
  const names = unmasked.map(({ name, because }) => `${escapeUntrusted(name, 80)} (${UNMASKED_WORDS[because]})`);
  return `Not masked where a program prints it: ${formatList(names, 6)}.`;
}

/** Said of a value while it is given. */
export const TOO_SHORT_TO_MASK = `It is shorter than ${SHORTEST_MASKED} characters: should its program print it, it is not masked in the log.`;

/** How a secret stands, in a word or two. */
export function wordSecretState(state: SecretState): string {
  switch (state) {
    case 'given':
      return 'given with this launch';
    case 'kept':
      return 'set';
    case 'session':
      return 'set, until Siloscope ends';
    case 'missing':
      return 'not set';
    case 'locked':
      return 'kept, but cannot be opened here';
    default:
      return assertNever(state);
  }
}

/** What a plan says about a secret: what will be seen of it, or that it is not there. Without blame for what is optional. */
export function wordSecretWarning({ name, deliver, state, optional }: PlannedSecret): string[] {
  if (state === 'locked') return [`The secret ${name} is kept, but cannot be opened here.`];
  if (state === 'missing') return optional ? [] : [`The secret ${name} is not set.`];
  if (deliver.by === 'environment') {
    return [`The secret ${name} goes into the variable ${deliver.variable}: docker inspect will show it.`];
  }
  if (deliver.by === 'argument') {
    return [`The secret ${name} goes onto the command line: docker inspect and lists of processes will show it.`];
  }
  return [`The secret ${name} is handed over by Siloscope: the docker run line alone leaves it out.`];
}
