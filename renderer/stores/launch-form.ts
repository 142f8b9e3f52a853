import type { Contract } from '../../shared/contract/contract.ts';
import type { InputOf } from '../../shared/contract/operation.ts';
import { composeCmdLine } from '../../shared/domain/cmd-line.ts';
import { composeCommandLine, splitCommandLine } from '../../shared/domain/command-line.ts';
import { composeDockerRun, type DockerRun, dockerRunOf } from '../../shared/domain/docker-run.ts';
import { withVariables } from '../../shared/domain/fill-profile.ts';
import type { LaunchPlan } from '../../shared/domain/launch.ts';
import type { Profile } from '../../shared/domain/profile.ts';
import {
  MASK,
  maskArguments,
  maskDockerRun,
  maskEnvironment,
  unmaskArguments,
  unmaskEnvironment,
} from '../../shared/domain/secrets.ts';

/** What the launch screen's fields hold, as typed. Empty means "leave it to the defaults". */
export interface LaunchForm {
  /** A profile's name; undefined: a command of one's own. */
  readonly profile: string | undefined;
  readonly command: string;
  readonly name: string;
  readonly image: string;
  readonly mountPoint: string;
  readonly uncPrefix: string;
  readonly isolation: 'process' | 'hyperv';
  readonly pull: 'missing' | 'always' | 'never';
  readonly startFsd: boolean;
  readonly environment: Readonly<Record<string, string>>;
  /** Typed for this launch alone, by name. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly binds: readonly string[];
  /** Flags of a pasted `docker run` that a launch has no place for. They stay in the text. */
  readonly others: readonly string[];
  /** Filled in by a link from outside: the screen says so, and nothing runs before a person has looked. */
  readonly fromLink: boolean;
}

export const EMPTY_FORM: LaunchForm = {
  profile: undefined,
  command: '',
  name: '',
  image: '',
  mountPoint: '',
  uncPrefix: '',
  isolation: 'process',
  pull: 'missing',
  startFsd: true,
  environment: {},
  secrets: {},
  labels: {},
  binds: [],
  others: [],
  fromLink: false,
};

/** What a fragment such as `#/launch?profile=memfs-disk&mount=Y:&from=link` wishes for. */
export interface LaunchWish {
  readonly profile: string;
  readonly mountPoint: string | undefined;
  readonly uncPrefix: string | undefined;
  readonly fromLink: boolean;
}

/** Reads a launch fragment; undefined when it wishes for nothing. */
export function wishOf(fragment: string): LaunchWish | undefined {
  const [, query] = /^#\/launch\?(.*)$/.exec(fragment) ?? [];
  const fields = new URLSearchParams(query ?? '');
  const profile = fields.get('profile');
  if (profile === null) return undefined;
  return {
    profile,
    mountPoint: fields.get('mount') ?? undefined,
    uncPrefix: fields.get('prefix') ?? undefined,
    fromLink: fields.get('from') !== 'user',
  };
}

/** The form as a wish has it. */
export function grantWish(form: LaunchForm, profile: Profile, wish: LaunchWish): LaunchForm {
  const chosen = chooseProfile(form, profile);
  return {
    ...chosen,
    mountPoint: wish.mountPoint ?? chosen.mountPoint,
    uncPrefix: profile.kind === 'network' ? (wish.uncPrefix ?? chosen.uncPrefix) : '',
    fromLink: wish.fromLink,
  };
}

export type LaunchRequest = InputOf<Contract, 'launch.plan'>;

/** The form after a profile was chosen: its defaults stand in the fields, the rest stays as it was. */
export function chooseProfile(form: LaunchForm, profile: Profile): LaunchForm {
  return {
    ...form,
    profile: profile.name,
    secrets: {},
    command: '',
    others: [],
    fromLink: false,
    mountPoint: profile.defaults.mountPoint ?? '',
    uncPrefix: profile.kind === 'network' ? (profile.defaults.uncPrefix ?? '') : '',
  };
}

/**
 * The form that says what a pasted `docker run` says. The plan that stands for the form names the binds that a launch
 * adds by itself; a launch is always detached, so that flag is no news. A masked secret that form or plan knows stays
 * what it was, and a variable without a value (docker would hand on its own) is kept among the other flags.
 */
export function formOfDockerRun(
  form: LaunchForm,
  run: DockerRun,
  plan?: Pick<LaunchPlan, 'binds' | 'command' | 'environment'>,
): LaunchForm {
  const pairs = (entries: readonly string[]): Record<string, string> =>
    Object.fromEntries(
      entries.map(entry => {
        const equals = entry.indexOf('=');
        return equals < 0 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)];
      }),
    );
  const own = new Set((plan?.binds ?? []).map(bind => bind.toLowerCase()));
  const others = [
    ...(run.interactive ? ['-i'] : []),
    ...(run.tty ? ['-t'] : []),
    ...(run.remove ? ['--rm'] : []),
    ...(['restart', 'workingDirectory', 'user', 'network', 'entrypoint'] as const).flatMap(field =>
      run[field] === undefined ? [] : [`${FLAGS[field]}=${run[field]}`],
    ),
    ...run.environment.filter(entry => !entry.includes('=')).map(name => `--env=${name}`),
    ...run.others,
  ];
  // A command that was typed is newer than the plan that was made for it.
  const typed = splitCommandLine(form.command);
  const known = typed.length > 0 ? typed : (plan?.command ?? []);
  return {
    ...form,
    profile: undefined,
    secrets: {},
    command: composeCommandLine(unmaskArguments(run.command, known)),
    mountPoint: '',
    uncPrefix: '',
    name: run.name ?? '',
    image: run.image,
    isolation: run.isolation === 'hyperv' ? 'hyperv' : 'process',
    environment: unmaskEnvironment(
      pairs(run.environment.filter(entry => entry.includes('='))),
      withVariables(plan?.environment ?? {}, form.environment),
    ),
    labels: unmaskEnvironment(pairs(run.labels), form.labels),
    binds: run.binds.filter(bind => !own.has(bind.toLowerCase())),
    others: unmaskArguments(others, form.others),
  };
}

const FLAGS = {
  restart: '--restart',
  workingDirectory: '--workdir',
  user: '--user',
  network: '--network',
  entrypoint: '--entrypoint',
} as const;

/** The `docker run` line for a plan, with what the form keeps beside it; secrets are masked, since it is made to be copied. */
export function dockerRunText(plan: LaunchPlan, form: LaunchForm): string {
  const run = dockerRunOf({
    ...plan,
    environment: withVariables(plan.environment ?? {}, form.environment),
    labels: form.labels,
  });
  return composeDockerRun(maskDockerRun({ ...run, others: form.others }));
}

/** The `siloscope launch` that does what the form asks for, for cmd.exe; secrets are masked. Empty while it asks for nothing. */
export function siloscopeText(form: LaunchForm): string {
  const request = requestOf(form);
  if (request === undefined) return '';
  const { profile, command, environment = {}, labels = {}, binds = [] } = request;
  const option = (flag: string, value: string | undefined): string[] => (value === undefined ? [] : [flag, value]);
  const pairs = (flag: string, record: Readonly<Record<string, string>>): string[] =>
    Object.entries(maskEnvironment(record)).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  return composeCmdLine([
    'siloscope',
    'launch',
    ...(profile === undefined ? [] : [profile]),
    ...option('--name', request.name),
    ...option('--image', request.image),
    ...(request.isolation === 'hyperv' ? ['--isolation', 'hyperv'] : []),
    ...option('--mount-point', request.mountPoint),
    ...option('--unc-prefix', request.uncPrefix),
    ...(request.pull === 'missing' ? [] : option('--pull', request.pull)),
    ...(request.startFsd === false ? ['--no-start-fsd'] : []),
    ...pairs('-e', environment),
    ...Object.keys(request.secrets ?? {}).flatMap(one => ['--secret', `${one}=env:${variableOf(one)}`]),
    ...pairs('-l', labels),
    ...binds.flatMap(bind => ['-v', bind]),
    ...(command === undefined ? [] : ['--', ...maskArguments(command)]),
  ]);
}

/** A variable to hold a secret in, for a line that is copied. */
const variableOf = (secret: string): string => secret.toUpperCase().replaceAll('-', '_');

/** What a plan is asked for with: the names of typed secrets are enough. */
export function withoutSecretValues(request: LaunchRequest): LaunchRequest {
  const { secrets } = request;
  if (secrets === undefined) return request;
  return { ...request, secrets: Object.fromEntries(Object.keys(secrets).map(name => [name, MASK])) };
}

/** What the form asks for; undefined while there is neither a profile nor a command. */
export function requestOf(form: LaunchForm): LaunchRequest | undefined {
  const command = splitCommandLine(form.command);
  if (form.profile === undefined && command.length === 0) return undefined;
  const filled = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());
  const [name, image] = [filled(form.name), filled(form.image)];
  const [mountPoint, uncPrefix] = [filled(form.mountPoint), filled(form.uncPrefix)];
  return {
    ...(form.profile === undefined ? { command } : { profile: form.profile }),
    ...(name === undefined ? {} : { name }),
    ...(image === undefined ? {} : { image }),
    ...(mountPoint === undefined ? {} : { mountPoint }),
    ...(uncPrefix === undefined ? {} : { uncPrefix }),
    isolation: form.isolation,
    pull: form.pull,
    startFsd: form.startFsd,
    environment: { ...form.environment },
    ...(form.profile === undefined || Object.keys(form.secrets).length === 0 ? {} : { secrets: { ...form.secrets } }),
    labels: { ...form.labels },
    binds: [...form.binds],
  };
}
