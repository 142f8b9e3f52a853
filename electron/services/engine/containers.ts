import { z } from 'zod';
import type { RunningFileSystem } from '../../../shared/domain/launch.ts';
import { type ContainerRef, PROFILE_LABEL } from '../../../shared/domain/namespace.ts';
import { SECRET_ARGUMENTS_LABEL, withoutSecretArguments } from '../../../shared/domain/secret-labels.ts';
import type { CallOptions, EngineConnection } from './engine-connection.ts';
import { isNotFound } from './engine-errors.ts';
import { splitListCommand } from './list-command.ts';
import { readAnswer } from './read-answer.ts';

export interface ContainerMount {
  readonly type: string;
  readonly source: string;
  readonly destination: string;
  readonly readOnly: boolean;
}

/** A container of the engine's list. */
export interface ListedContainer {
  readonly ref: ContainerRef;
  readonly state: RunningFileSystem['state'];
  /** As Docker words it: `Up 3 minutes`. */
  readonly status: string;
  /** Path and arguments as one text; arguments with blanks in single quotes. Secrets that Siloscope put there are masked. */
  readonly command: string;
  readonly mounts: readonly ContainerMount[];
}

/** A container as `inspect` tells it, as far as it is used here. */
export interface InspectedContainer {
  readonly ref: ContainerRef;
  readonly state: RunningFileSystem['state'];
  readonly running: boolean;
  /** Host process id of the entry process under process isolation; 0 when it does not run. */
  readonly processId: number;
  readonly exitCode: number;
  readonly error: string;
  /** argv of the entry process. Secrets that Siloscope put there are masked. */
  readonly argv: readonly string[];
  readonly tty: boolean;
  /** Names of the variables in its environment, as they are written; their values are nobody's business. */
  readonly variables: readonly string[];
}

const State = z.enum(['running', 'exited', 'created', 'restarting', 'paused', 'dead', 'removing']).catch('dead');
const Labels = z.record(z.string(), z.string()).nullish().catch(undefined);

const ListItem = z.object({
  Id: z.string(),
  Names: z.array(z.string()).nullish(),
  Image: z.string().catch(''),
  Command: z.string().catch(''),
  Labels,
  State,
  Status: z.string().catch(''),
  Mounts: z
    .array(
      z.object({
        Type: z.string().catch('bind'),
        Source: z.string().catch(''),
        Destination: z.string().catch(''),
        RW: z.boolean().catch(true),
      }),
    )
    .nullish(),
});

const Inspected = z.object({
  Id: z.string(),
  Name: z.string().catch(''),
  Path: z.string().catch(''),
  Args: z.array(z.string()).nullish(),
  State: z.object({
    Status: State,
    Running: z.boolean().catch(false),
    Pid: z.int().catch(0),
    ExitCode: z.number().catch(0),
    Error: z.string().catch(''),
  }),
  Config: z.object({
    Image: z.string().catch(''),
    Labels,
    Tty: z.boolean().catch(false),
    Env: z.array(z.string()).nullish().catch(undefined),
  }),
  HostConfig: z.object({ Isolation: z.string().catch('') }),
});

/** So many ids fit into a request line; for more, the whole list is asked for. */
const MOST_IDS = 64;

/** Lists containers. Isolation is in no list item, hence it is asked for by filter, once for each container, and by inspect where that says nothing. */
export async function listContainers(
  connection: EngineConnection,
  options: CallOptions & {
    readonly all: boolean /** Docker ids; absent: every one. */;
    readonly ids?: ReadonlySet<string> | undefined;
  },
): Promise<readonly ListedContainer[]> {
  const { ids } = options;
  // An empty filter is none to the engine.
  if (ids?.size === 0) return [];
  const few = ids !== undefined && ids.size <= MOST_IDS;
  const chosen = few ? { id: [...ids] } : {};
  const list = async (filters: Record<string, string[]>): Promise<readonly z.infer<typeof ListItem>[]> => {
    const answer: unknown = await connection.ask(
      'list containers',
      (docker, abortSignal) => docker.listContainers({ all: options.all, filters, abortSignal }),
      options,
    );
    return readAnswer(z.array(ListItem), answer ?? [], 'list containers');
  };
  const known = isolationsOf(connection);
  const every = (await list(chosen)).filter(({ Id }) => ids?.has(Id) !== false);
  // Its own, as another listing may forget meanwhile.
  const isolations = new Map(known);
  const unknown = every.flatMap(({ Id }) => (known.has(Id) ? [] : [Id]));
  if (unknown.length > 0) {
    const asked = unknown.length === every.length || unknown.length > MOST_IDS ? chosen : { id: unknown };
    const [process, hyperv] = await Promise.all([
      list({ ...asked, isolation: ['process'] }),
      list({ ...asked, isolation: ['hyperv'] }),
    ]);
    const processIds = new Set(process.map(item => item.Id));
    const hypervIds = new Set(hyperv.map(item => item.Id));
    await Promise.all(
      unknown.map(async id => {
        const inProcess = processIds.has(id);
        const isolation =
          inProcess !== hypervIds.has(id)
            ? inProcess
              ? 'process'
              : 'hyperv'
            : (await inspectIfThere(connection, id, options))?.ref.isolation;
        if (isolation === undefined) return;
        isolations.set(id, isolation);
        known.set(id, isolation);
      }),
    );
  }
  const containers = every.map(item => listed(item, isolations.get(item.Id) ?? 'process'));
  if (options.all && options.ids === undefined) {
    const there = new Set(every.map(({ Id }) => Id));
    for (const id of known.keys()) if (!there.has(id)) known.delete(id);
  }
  return containers;
}

type Isolations = Map<string, ContainerRef['isolation']>;

/** A container keeps for life the isolation that it was made with; ids are never used again. */
const knownIsolations = new WeakMap<EngineConnection, Isolations>();

function isolationsOf(connection: EngineConnection): Isolations {
  const known = knownIsolations.get(connection) ?? new Map();
  knownIsolations.set(connection, known);
  return known;
}

function listed(item: z.infer<typeof ListItem>, isolation: ContainerRef['isolation']): ListedContainer {
  const labels = item.Labels ?? {};
  return {
    ref: {
      id: item.Id,
      name: (item.Names?.[0] ?? item.Id.slice(0, 12)).replace(/^\//, ''),
      image: item.Image,
      isolation,
      labels,
      managed: PROFILE_LABEL in labels,
    },
    state: item.State,
    status: item.Status,
    command: shownCommand(item.Command, labels),
    mounts: (item.Mounts ?? []).map(mount => ({
      type: mount.Type,
      source: mount.Source,
      destination: mount.Destination,
      readOnly: !mount.RW,
    })),
  };
}

/** In the engine's own way of writing it. */
function shownCommand(command: string, labels: Readonly<Record<string, string>>): string {
  if (labels[SECRET_ARGUMENTS_LABEL] === undefined) return command;
  const shown = withoutSecretArguments(splitListCommand(command), labels);
  return shown.map((part, at) => (at > 0 && part.includes(' ') ? `'${part}'` : part)).join(' ');
}

export async function inspectContainer(
  connection: EngineConnection,
  name: string,
  options?: CallOptions,
): Promise<InspectedContainer> {
  const answer: unknown = await connection.ask(
    'inspect container',
    (docker, abortSignal) => docker.getContainer(encodeURIComponent(name)).inspect({ abortSignal }),
    options,
  );
  const item = readAnswer(Inspected, answer, 'inspect container');
  const labels = item.Config.Labels ?? {};
  return {
    ref: {
      id: item.Id,
      name: item.Name.replace(/^\//, ''),
      image: item.Config.Image,
      isolation: item.HostConfig.Isolation.toLowerCase() === 'hyperv' ? 'hyperv' : 'process',
      labels,
      managed: PROFILE_LABEL in labels,
    },
    state: item.State.Status,
    running: item.State.Running,
    processId: item.State.Pid,
    exitCode: item.State.ExitCode,
    error: item.State.Error,
    argv: withoutSecretArguments([item.Path, ...(item.Args ?? [])], labels),
    tty: item.Config.Tty,
    variables: (item.Config.Env ?? []).map(set => set.replace(/=.*$/s, '')),
  };
}

/** Like `inspectContainer`, but undefined when the container is not there (any more). */
export async function inspectIfThere(
  connection: EngineConnection,
  name: string,
  options?: CallOptions,
): Promise<InspectedContainer | undefined> {
  try {
    return await inspectContainer(connection, name, options);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
