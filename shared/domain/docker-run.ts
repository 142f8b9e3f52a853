import { composeCmdLine, splitCmdLine } from './cmd-line.ts';

/** A `docker run` line as data. Lists keep their order; what is not known here is kept in `others`, value joined by `=`. */
export interface DockerRun {
  readonly detach: boolean;
  readonly interactive: boolean;
  readonly tty: boolean;
  readonly remove: boolean;
  readonly isolation?: string;
  readonly name?: string;
  readonly restart?: string;
  readonly workingDirectory?: string;
  readonly user?: string;
  readonly network?: string;
  readonly entrypoint?: string;
  /** `NAME=value`, or `NAME` to hand on the caller's own. */
  readonly environment: readonly string[];
  readonly labels: readonly string[];
  /** `C:\source:C:\target[:ro]`. */
  readonly binds: readonly string[];
  readonly others: readonly string[];
  readonly image: string;
  readonly command: readonly string[];
}

export type DockerRunRefusal = 'not-docker-run' | 'no-image' | 'flag-without-value';

type TextField = 'isolation' | 'name' | 'restart' | 'workingDirectory' | 'user' | 'network' | 'entrypoint';
type ListField = 'environment' | 'labels' | 'binds';
type SwitchField = 'detach' | 'interactive' | 'tty' | 'remove';

const SWITCHES: Readonly<Record<string, SwitchField>> = {
  '-d': 'detach',
  '--detach': 'detach',
  '-i': 'interactive',
  '--interactive': 'interactive',
  '-t': 'tty',
  '--tty': 'tty',
  '--rm': 'remove',
};
const TEXTS: Readonly<Record<string, TextField>> = {
  '--isolation': 'isolation',
  '--name': 'name',
  '--restart': 'restart',
  '-w': 'workingDirectory',
  '--workdir': 'workingDirectory',
  '-u': 'user',
  '--user': 'user',
  '--network': 'network',
  '--net': 'network',
  '--entrypoint': 'entrypoint',
};
const LISTS: Readonly<Record<string, ListField>> = {
  '-e': 'environment',
  '--env': 'environment',
  '-l': 'labels',
  '--label': 'labels',
  '-v': 'binds',
  '--volume': 'binds',
};
/** The other flags of `docker run` that take no value. Ground: docker/cli cli/command/container/opts.go. */
const OTHER_SWITCHES = new Set(
  '-P --publish-all -q --quiet --init --privileged --read-only --no-healthcheck --oom-kill-disable --sig-proxy --disable-content-trust --use-api-socket'.split(
    ' ',
  ),
);

/** The line for cmd.exe. */
export function composeDockerRun(run: DockerRun): string {
  return composeCmdLine(dockerRunArgv(run));
}

/** The same as argv, flags in a fixed order. */
export function dockerRunArgv(run: DockerRun): string[] {
  const text = (flag: string, value: string | undefined): string[] => (value === undefined ? [] : [flag, value]);
  return [
    'docker',
    'run',
    ...(run.detach ? ['-d'] : []),
    ...(run.interactive ? ['-i'] : []),
    ...(run.tty ? ['-t'] : []),
    ...(run.remove ? ['--rm'] : []),
    ...text('--isolation', run.isolation),
    ...text('--name', run.name),
    ...text('--restart', run.restart),
    ...text('--network', run.network),
    ...text('-u', run.user),
    ...text('-w', run.workingDirectory),
    ...text('--entrypoint', run.entrypoint),
    ...run.environment.flatMap(value => ['-e', value]),
    ...run.labels.flatMap(value => ['-l', value]),
    ...run.binds.flatMap(value => ['-v', value]),
    ...run.others,
    run.image,
    ...run.command,
  ];
}

/** What of a launch plan a `docker run` line says. */
export interface RunnablePlan {
  readonly name: string;
  readonly image: string;
  readonly isolation: string;
  readonly command: readonly string[];
  readonly binds: readonly string[];
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** The `docker run` that does what a plan does: detached, and never with a terminal, for then no stop would reach it. */
export function dockerRunOf(plan: RunnablePlan): DockerRun {
  const pairs = (record: Readonly<Record<string, string>> = {}): string[] =>
    Object.entries(record).map(([key, value]) => `${key}=${value}`);
  return {
    detach: true,
    interactive: false,
    tty: false,
    remove: false,
    isolation: plan.isolation,
    name: plan.name,
    environment: pairs(plan.environment),
    labels: pairs(plan.labels),
    binds: plan.binds,
    others: [],
    image: plan.image,
    command: plan.command,
  };
}

/** Reads a pasted `docker run` (or `docker container run`) line, as typed into cmd.exe. */
export function parseDockerRun(
  line: string,
):
  | { readonly ok: true; readonly run: DockerRun }
  | { readonly ok: false; readonly because: DockerRunRefusal; readonly flag?: string } {
  const argv = splitCmdLine(line);
  const verb = /(?:^|[\\/])docker(?:\.exe)?$/i.test(argv[0] ?? '') ? argv.indexOf('run') : -1;
  // Before the verb there may be `container` and the CLI's own flags.
  if (verb < 1) return { ok: false, because: 'not-docker-run' };

  const switches = new Set<SwitchField>();
  const texts: Partial<Record<TextField, string>> = {};
  const lists: Record<ListField, string[]> = { environment: [], labels: [], binds: [] };
  const others: string[] = [];
  let at = verb + 1;
  for (; at < argv.length; at++) {
    const arg = argv[at] ?? '';
    if (arg === '--') {
      at++;
      break;
    }
    if (!arg.startsWith('-') || arg === '-') break;
    for (const { flag, value: attached } of flagsIn(arg)) {
      const toggled = SWITCHES[flag];
      if (toggled !== undefined && attached === 'false') switches.delete(toggled);
      else if (toggled !== undefined) switches.add(toggled);
      else if (OTHER_SWITCHES.has(flag)) others.push(attached === undefined ? flag : `${flag}=${attached}`);
      else {
        const value = attached ?? argv[++at];
        if (value === undefined) return { ok: false, because: 'flag-without-value', flag };
        const text = TEXTS[flag];
        const list = LISTS[flag];
        if (text !== undefined) texts[text] = value;
        else if (list !== undefined) lists[list].push(value);
        else others.push(`${flag}=${value}`);
      }
    }
  }
  const [image, ...command] = argv.slice(at);
  if (image === undefined) return { ok: false, because: 'no-image' };
  const has = (field: SwitchField): boolean => switches.has(field);
  return {
    ok: true,
    run: {
      detach: has('detach'),
      interactive: has('interactive'),
      tty: has('tty'),
      remove: has('remove'),
      ...texts,
      ...lists,
      others,
      image,
      command,
    },
  };
}

/** `--name=x`, `-it`, `-eNAME=value`: each flag with the value attached to it, if any. */
function flagsIn(arg: string): { readonly flag: string; readonly value?: string }[] {
  if (arg.startsWith('--')) {
    const equals = arg.indexOf('=');
    return equals < 0 ? [{ flag: arg }] : [{ flag: arg.slice(0, equals), value: arg.slice(equals + 1) }];
  }
  const found: { flag: string; value?: string }[] = [];
  for (let at = 1; at < arg.length; at++) {
    const flag = `-${arg.charAt(at)}`;
    const rest = arg.slice(at + 1);
    const isSwitch = SWITCHES[flag] !== undefined || OTHER_SWITCHES.has(flag);
    if (rest === '' || (isSwitch && !rest.startsWith('='))) found.push({ flag });
    else {
      found.push({ flag, value: rest.replace(/^=/, '') });
      break;
    }
  }
  return found;
}
