import type { Profile, StopRung } from './profile.ts';
import type { PlannedSecret, SecretNeed, SecretState } from './profile-secret.ts';
import { isHandedOver, secretFile } from './secret-delivery.ts';
import { MASK } from './secrets.ts';

/** What the placeholders of a profile's command stand for. */
export interface ProfileFilling {
  /** The installation directory of WinFsp, without a trailing backslash. */
  readonly winfsp: string;
  readonly mountPoint?: string | undefined;
  readonly uncPrefix?: string | undefined;
  /** Secrets that are handed over, by name, beside those that the program cannot do without. */
  readonly given?: ReadonlySet<string> | undefined;
  /** Their values. Without one a mask stands in its place: so it is shown, and never run. */
  readonly values?: ReadonlyMap<string, string> | undefined;
}

/** Where in a command the arguments stand that come with secrets. */
export const SECRETS_HERE = '{secrets}';

/** A profile's argv with its placeholders filled in, its defaults standing in for what is absent. */
export function fillProfile(profile: Profile, filling: ProfileFilling): string[] {
  return commandTemplate(profile, filling).map(part => fill(part, profile, filling));
}

/** Which arguments of the filled-in argv hold the value of a secret. */
export function secretArguments(profile: Profile, filling: ProfileFilling): readonly number[] {
  const byValue = (profile.secrets ?? []).filter(({ deliver }) => deliver.by === 'argument');
  return commandTemplate(profile, filling).flatMap((part, at) =>
    byValue.some(({ name }) => part.includes(`{secret:${name}}`)) ? [at] : [],
  );
}

/** The argv of a rung, filled in as the launch was. */
export function fillRung(rung: StopRung, profile: Profile, filling: ProfileFilling): string[] {
  return rung.command.map(part => fill(part, profile, filling));
}

/** The variables a profile's program needs, filled in; those that come with secrets, too. */
export function fillEnvironment(profile: Profile, filling: ProfileFilling): Record<string, string> {
  const needs = handedOver(profile, filling);
  const variables = [profile.environment, ...needs.map(({ environment }) => environment)].flatMap(record =>
    Object.entries(record ?? {}),
  );
  return {
    ...Object.fromEntries(variables.map(([name, value]) => [name, fill(value, profile, filling)])),
    ...Object.fromEntries(
      needs.flatMap(({ name, deliver }) =>
        deliver.by === 'environment' ? [[deliver.variable, filling.values?.get(name) ?? MASK]] : [],
      ),
    ),
  };
}

/** Variables with others on top. Windows does not tell `Path` from `PATH`, so neither does this. */
export function withVariables(
  own: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
): Record<string, string> {
  const replaced = new Set(Object.keys(others).map(name => name.toUpperCase()));
  const kept = Object.entries(own).filter(([name]) => !replaced.has(name.toUpperCase()));
  return { ...Object.fromEntries(kept), ...others };
}

/** The secrets of a profile as a launch finds them. */
export function planSecrets(profile: Profile | undefined, stateOf: (name: string) => SecretState): PlannedSecret[] {
  return (profile?.secrets ?? []).map(({ name, title, deliver, optional }) => ({
    name,
    title,
    deliver,
    optional: optional === true,
    state: stateOf(name),
  }));
}

/** Names of the planned secrets that the launch hands over. */
export function givenSecrets(planned: readonly PlannedSecret[]): ReadonlySet<string> {
  return new Set(planned.filter(({ state }) => isHandedOver(state)).map(({ name }) => name));
}

function handedOver({ secrets = [] }: Profile, { given }: ProfileFilling): readonly SecretNeed[] {
  return secrets.filter(({ name, optional }) => optional !== true || given?.has(name) === true);
}

/** A profile's argv, placeholders not yet filled in, with the arguments that come with the secrets handed over. */
export function commandTemplate(profile: Profile, filling: ProfileFilling): readonly string[] {
  const added = handedOver(profile, filling).flatMap(need => need.arguments ?? []);
  return profile.command.includes(SECRETS_HERE)
    ? profile.command.flatMap(part => (part === SECRETS_HERE ? added : [part]))
    : [...profile.command, ...added];
}

function fill(text: string, profile: Profile, filling: ProfileFilling): string {
  const { winfsp, mountPoint, uncPrefix } = filling;
  const values: Readonly<Record<string, string>> = {
    winfsp: winfsp.replace(/\\+$/, ''),
    mountPoint: mountPoint ?? profile.defaults.mountPoint ?? '*',
    uncPrefix: uncPrefix ?? profile.defaults.uncPrefix ?? '',
  };
  return text.replace(
    /\{(?:(winfsp|mountPoint|uncPrefix)|secret:([a-z0-9-]+))\}/g,
    (whole, name: string | undefined, secret: string | undefined) =>
      name === undefined ? (standFor(secret ?? '', profile, filling) ?? whole) : (values[name] ?? ''),
  );
}

/** The path of a secret that is a file, the value of one that is an argument. */
function standFor(name: string, { secrets = [] }: Profile, { values }: ProfileFilling): string | undefined {
  const need = secrets.find(one => one.name === name);
  return need === undefined ? undefined : (secretFile(need) ?? values?.get(name) ?? MASK);
}
