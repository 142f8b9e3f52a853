import type { Recording } from './recording.ts';

/** What a recording shows of one silo. Names of entries in lower case. */
export interface SiloEvidence {
  readonly id: string;
  /** `\Silos\<id>\Device`: type by name. */
  readonly device: ReadonlyMap<string, string>;
  /** Targets of links in it. */
  readonly links: ReadonlyMap<string, string>;
  /** From the provider's name. */
  readonly providerGuid: string | undefined;
  /** Paths of drive letters that lead to a volume of WinFsp, with their targets. */
  readonly letters: readonly string[];
}

/** A compute system as hcsdiag listed it. */
export interface ComputeEvidence {
  readonly id: string;
  readonly siloId: string | undefined;
  readonly runtimeId: string | undefined;
}

/** A recording, read for what it proves. What was not answered is undefined, or missing from its list. */
export interface Evidence {
  readonly elevated: boolean | undefined;
  /** Whether who asked the kernel had an administrator's rights by itself: it is never asked by another. */
  readonly askerElevated: boolean | undefined;
  /** What `\Silos` answered: `listed`, or why not. */
  readonly silosAnswer: string | undefined;
  readonly siloIds: readonly string[] | undefined;
  readonly silos: readonly SiloEvidence[];
  readonly compute: readonly ComputeEvidence[];
  readonly hostDevice: ReadonlyMap<string, string> | undefined;
  readonly global: ReadonlyMap<string, string> | undefined;
  readonly globalLinks: ReadonlyMap<string, string>;
  /** Docker ids that a Job of the root is named after. */
  readonly jobs: ReadonlySet<string> | undefined;
  /** First processes of running containers under process isolation, by the container's id. */
  readonly firstProcesses: ReadonlyMap<string, number>;
  /** Ids of running containers, by isolation. */
  readonly processContainers: readonly string[];
  readonly hypervContainers: readonly string[];
  /** The service's security descriptor. */
  readonly sddl: string | undefined;
  /** Output of fsptool lsvol on the host. */
  readonly hostVolumes: string | undefined;
}

/** Reads a recording for evidence. Total: what is odd is left out. */
export function readEvidence(recording: Recording): Evidence {
  const silosAnswer = answerOf(recording, '\\Silos');
  const listed = directory(recording, '\\Silos');
  const siloIds = listed === undefined ? undefined : [...listed.keys()].filter(name => /^[1-9]\d{0,9}$/.test(name));
  const root = directory(recording, '\\');
  const groups = output(recording, 'whoami.exe', '/groups');
  // The high and the system integrity level; their SIDs are the same in every language.
  const askerElevated = groups === undefined ? undefined : /S-1-16-(?:12288|16384)\b/.test(groups);
  const running = inspected(recording);
  return {
    elevated: recording.elevated ?? askerElevated,
    askerElevated,
    silosAnswer,
    siloIds,
    silos: (siloIds ?? []).map(id => siloEvidence(recording, id)),
    compute: computeSystems(output(recording, 'hcsdiag.exe', 'list')),
    hostDevice: directory(recording, '\\Device'),
    global: directory(recording, '\\GLOBAL??'),
    globalLinks: links(recording, '\\GLOBAL??'),
    jobs:
      root === undefined
        ? undefined
        : new Set([...root].flatMap(([name, type]) => (type === 'Job' ? [name.replace(/^container_/, '')] : []))),
    firstProcesses: new Map(
      running.flatMap(({ id, isolation, processId }): [string, number][] =>
        isolation === 'process' && processId > 0 ? [[id, processId]] : [],
      ),
    ),
    processContainers: running.filter(one => one.isolation === 'process').map(one => one.id),
    hypervContainers: running.filter(one => one.isolation === 'hyperv').map(one => one.id),
    sddl: output(recording, 'sc.exe', 'sdshow')?.trim(),
    hostVolumes: output(recording, 'fsptool-x64.exe', 'lsvol'),
  };
}

function siloEvidence(recording: Recording, id: string): SiloEvidence {
  const root = `\\Silos\\${id}`;
  const device = directory(recording, `${root}\\Device`) ?? new Map<string, string>();
  const provider = [...device.keys()].map(name => /^winfsp\.mup[^{]*\{([0-9a-f-]{36})\}$/.exec(name)?.[1]);
  const letters = recording.answers.flatMap(answer => {
    if (answer.ask !== 'link' || !('target' in answer.answer)) return [];
    const inSilo = answer.path.startsWith(`${root}\\`) && /\\[A-Z]:$/i.test(answer.path);
    const { target } = answer.answer;
    return inSilo && /^\\Device\\Volume\{/i.test(target) ? [`${answer.path} -> ${target}`] : [];
  });
  return {
    id,
    device,
    links: links(recording, `${root}\\Device`),
    providerGuid: provider.find(guid => guid !== undefined),
    letters,
  };
}

function output(recording: Recording, program: string, verb: string): string | undefined {
  for (const answer of recording.answers) {
    if (answer.ask !== 'run' || 'fault' in answer.answer || answer.answer.exitCode !== 0) continue;
    const [name = '', first] = answer.argv;
    if (name.toLowerCase().endsWith(program) && first === verb) return answer.answer.stdout;
  }
  return undefined;
}

function answerOf(recording: Recording, path: string): string | undefined {
  const found = recording.answers.find(answer => answer.ask === 'list' && answer.path === path);
  if (found?.ask !== 'list' || 'fault' in found.answer) return undefined;
  return 'refused' in found.answer ? found.answer.refused : 'listed';
}

function directory(recording: Recording, path: string): ReadonlyMap<string, string> | undefined {
  const found = recording.answers.find(answer => answer.ask === 'list' && answer.path === path);
  if (found?.ask !== 'list' || !('entries' in found.answer)) return undefined;
  return new Map(found.answer.entries.map(([name, type]) => [name.toLowerCase(), type]));
}

function links(recording: Recording, path: string): ReadonlyMap<string, string> {
  const below = `${path}\\`;
  return new Map(
    recording.answers.flatMap((answer): [string, string][] => {
      if (answer.ask !== 'link' || !answer.path.startsWith(below) || !('target' in answer.answer)) return [];
      const name = answer.path.slice(below.length).toLowerCase();
      return name.includes('\\') ? [] : [[name, answer.answer.target]];
    }),
  );
}

function computeSystems(text: string | undefined): readonly ComputeEvidence[] {
  const start = text?.indexOf('[') ?? -1;
  const end = text?.lastIndexOf(']') ?? -1;
  const listed = start < 0 ? undefined : parsed(text?.slice(start, end + 1) ?? '');
  return (Array.isArray(listed) ? listed : []).flatMap((system: unknown): ComputeEvidence[] => {
    const id = field(system, 'Id');
    if (id === undefined) return [];
    return [
      {
        id,
        siloId: /\\Silos\\(\d{1,10})$/i.exec(field(system, 'ObRoot') ?? '')?.[1],
        runtimeId: field(system, 'RuntimeId')?.toLowerCase(),
      },
    ];
  });
}

function inspected(
  recording: Recording,
): readonly { readonly id: string; readonly isolation: string; readonly processId: number }[] {
  return recording.answers.flatMap(answer => {
    if (answer.ask !== 'get' || !answer.path.endsWith('/json') || !('body' in answer.answer)) return [];
    const { body } = answer.answer;
    const id = field(body, 'Id');
    const state: unknown = property(body, 'State');
    const isolation = field(property(body, 'HostConfig'), 'Isolation');
    if (id === undefined || isolation === undefined || property(state, 'Running') !== true) return [];
    const processId = property(state, 'Pid');
    return [{ id, isolation, processId: typeof processId === 'number' ? processId : 0 }];
  });
}

function property(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
}

function field(holder: unknown, name: string): string | undefined {
  const value = property(holder, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
