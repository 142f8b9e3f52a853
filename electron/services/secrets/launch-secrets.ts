import { FaultError } from '../../../shared/contract/fault.ts';
import { fillEnvironment, fillProfile, givenSecrets, planSecrets } from '../../../shared/domain/fill-profile.ts';
import type { LaunchInput } from '../../../shared/domain/launch.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { PlannedSecret } from '../../../shared/domain/profile-secret.ts';
import { isHandedOver, refuseSecretValue, secretFile } from '../../../shared/domain/secret-delivery.ts';
import { isTooShort } from '../../../shared/domain/secret-parts.ts';
import { maskedError } from './masked-error.ts';
import type { SecretSource } from './secret-store.ts';
import { valueMask } from './value-mask.ts';

/** What a launch hands over, with values: made last, used once, and held by nobody. */
export interface DeliveredSecrets {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Files of the container, whole. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** What the program reads from its input. */
  readonly input: string | undefined;
  /** To take out of what the engine says. */
  readonly values: readonly string[];
}

/** How each secret of a profile stands for this launch. Opens none. */
export async function statesForLaunch(
  source: SecretSource | undefined,
  profile: Profile | undefined,
  given: LaunchInput['secrets'] = {},
): Promise<PlannedSecret[]> {
  const kept = (profile?.secrets ?? []).length === 0 ? undefined : await source?.states();
  return planSecrets(profile, name => (Object.hasOwn(given, name) ? 'given' : (kept?.get(name) ?? 'missing')));
}

/** Rejects with `invalid-input` for secrets that the profile does not take, and with `secrets-missing`. */
export function requireSecrets(
  input: Pick<LaunchInput, 'secrets'>,
  profile: Profile | undefined,
  planned: readonly PlannedSecret[],
): void {
  const issues = Object.entries(input.secrets ?? {}).flatMap(([name, value]) => {
    const need = profile?.secrets?.find(one => one.name === name);
    const message =
      need === undefined
        ? `${profile === undefined ? 'A command of your own' : `The profile ${profile.name}`} takes no secret of that name.`
        : refuseSecretValue(need, value);
    return message === undefined ? [] : [{ path: `secrets.${name}`, message }];
  });
  if (issues.length > 0) throw new FaultError({ code: 'invalid-input', issues });
  const missing = planned.filter(({ optional, state }) => !optional && !isHandedOver(state));
  if (missing.length > 0) {
    throw new FaultError({
      code: 'secrets-missing',
      profile: profile?.name ?? '',
      secrets: missing.map(({ name, title, state }) => ({ name, title, locked: state === 'locked' })),
    });
  }
}

/** Opens the secrets of a launch and puts each where it goes. */
export async function deliverSecrets(
  source: SecretSource | undefined,
  input: Pick<LaunchInput, 'secrets' | 'mountPoint'>,
  profile: Profile | undefined,
  planned: readonly PlannedSecret[],
  filling: { readonly winfsp: string; readonly uncPrefix: string | undefined },
): Promise<DeliveredSecrets | undefined> {
  if (profile === undefined || planned.length === 0) return undefined;
  const given = givenSecrets(planned);
  const values = new Map<string, string>();
  for (const need of profile.secrets ?? []) {
    if (!given.has(need.name)) continue;
    const value = input.secrets?.[need.name] ?? (await source?.open(need.name));
    if (value === undefined) continue;
    const message = refuseSecretValue(need, value);
    if (message !== undefined) {
      throw new FaultError({ code: 'invalid-input', issues: [{ path: `secrets.${need.name}`, message }] });
    }
    source?.use(need.name, value);
    values.set(need.name, value);
  }
  const filled = { ...filling, mountPoint: input.mountPoint, given, values };
  const handed = (profile.secrets ?? []).filter(({ name }) => values.has(name));
  const lines = handed.filter(({ deliver }) => deliver.by === 'stdin').map(({ name }) => `${values.get(name) ?? ''}\n`);
  return {
    command: fillProfile(profile, filled),
    environment: fillEnvironment(profile, filled),
    files: handed.flatMap(need => {
      const path = secretFile(need);
      return path === undefined ? [] : [{ path, text: asFile(values.get(need.name) ?? '') }];
    }),
    input: lines.length === 0 ? undefined : lines.join(''),
    values: [...values.values()],
  };
}

/** Text files end with a line end: OpenSSH refuses a key without. A password of one line is that line, and no more. */
function asFile(value: string): string {
  return value.includes('\n') && !value.endsWith('\n') ? `${value}\n` : value;
}

/** An error as it may be told: a value that the engine repeated is masked in it. */
export function withoutValues(error: unknown, values: readonly string[]): unknown {
  // In an answer of the engine short ones are taken out, too: it repeats what it was told, and little else.
  const short = valueMask(values.filter(isTooShort), 1);
  return maskedError(maskedError(error, valueMask(values)), short);
}
