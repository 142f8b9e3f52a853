import { FaultError } from '../../../shared/contract/fault.ts';
import { splitCommandLine } from '../../../shared/domain/command-line.ts';
import { awaitVolume, volumesOf } from './await-volume.ts';
import { ApiError } from './engine/api-error.ts';
import type { CreateInput } from './engine/create-request.ts';
import type { Daemon } from './engine/daemon.ts';
import type { ByteSink, ComputeSystem, Machine, SiloId, Subject } from './machine.ts';
import type { ContainerScenario, FileSystemScenario, Scenario } from './scenario/schema.ts';
import { writeVolumeFiles } from './write-volume-files.ts';

/** What a scenario is played on. */
export interface Stage {
  readonly scenario: Scenario;
  readonly machine: Machine;
  readonly daemon: Daemon;
  /** The session that Siloscope runs in; host file systems run in it too. */
  readonly session: Subject;
}

const HOST: SiloId = 0;
const nowhere: ByteSink = { write: () => Promise.resolve() };

/**
 * Starts what the scenario describes, one after the other, so that ids come out the same each time.
 * @throws FaultError `engine-refused` for a container that cannot be had on this host.
 */
export async function playScenario(stage: Stage): Promise<void> {
  for (const fileSystem of stage.scenario.hostFileSystems) await playOnHost(stage, fileSystem);
  for (const container of stage.scenario.containers) await playContainer(stage, container);
}

async function playOnHost(stage: Stage, fileSystem: FileSystemScenario): Promise<void> {
  const { machine, session } = stage;
  const before = volumesOf(machine, HOST);
  const process = await machine.spawn(session, {
    commandLine: commandLineOf(stage, fileSystem),
    stdout: nowhere,
    stderr: nowhere,
  });
  const volume = await awaitVolume(machine, HOST, before, () => process.exitCode === undefined);
  if (volume !== undefined) await writeVolumeFiles(machine, HOST, volume, fileSystem.files);
}

async function playContainer(stage: Stage, container: ContainerScenario): Promise<void> {
  const { daemon, machine } = stage;
  const { command, name, fileSystems, state } = container;
  const [entry, further] = command === undefined ? [fileSystems[0], fileSystems.slice(1)] : [undefined, fileSystems];
  const commandLine = command ?? (entry === undefined ? 'ping -t localhost' : commandLineOf(stage, entry));
  const { id } = await asked(`create ${name}`, daemon.create(createRequest(stage, container, commandLine), name));
  if (state === 'created' || !(await starts(stage, name))) return;
  const system = (): ComputeSystem | undefined => machine.computeSystems().find(other => other.name === id);
  const silo = system()?.siloId;
  const running = (): boolean => system() !== undefined;
  if (silo !== undefined && entry !== undefined) await settle(stage, silo, [], entry, running);
  for (const fileSystem of further) {
    if (silo === undefined || !running()) break;
    await playExec(stage, name, silo, fileSystem);
  }
  if (state === 'exited' && running()) await asked(`stop ${name}`, daemon.stop(name, 1));
}

/** False when a fault of the scenario keeps the container from starting; it then stays as the engine leaves it. */
async function starts({ daemon, scenario }: Stage, name: string): Promise<boolean> {
  try {
    await asked(`start ${name}`, daemon.start(name));
    return true;
  } catch (caught) {
    if (scenario.faults.some(fault => fault.kind === 'start-fails')) return false;
    throw caught;
  }
}

async function playExec(stage: Stage, container: string, silo: SiloId, fileSystem: FileSystemScenario): Promise<void> {
  const { daemon, machine } = stage;
  const before = volumesOf(machine, silo);
  const words = splitCommandLine(commandLineOf(stage, fileSystem));
  const exec = await asked(`exec in ${container}`, daemon.exec(container, words));
  let running = true;
  void exec.ended.then(() => {
    running = false;
  });
  await settle(stage, silo, before, fileSystem, () => running);
}

/** The daemon's answer, or its refusal as a fault. */
async function asked<T>(operation: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (caught) {
    if (!(caught instanceof ApiError)) throw caught;
    const { status, message } = caught;
    throw new FaultError({ code: 'engine-refused', operation, statusCode: status, raw: message }, { cause: caught });
  }
}

/** Waits for the volume of a file system that was just started, and fills it. One that failed has none: no error. */
async function settle(
  { machine }: Stage,
  silo: SiloId,
  before: readonly string[],
  fileSystem: FileSystemScenario,
  running: () => boolean,
): Promise<void> {
  const volume = await awaitVolume(machine, silo, before, running);
  if (volume !== undefined) await writeVolumeFiles(machine, silo, volume, fileSystem.files);
}

function createRequest({ scenario }: Stage, container: ContainerScenario, commandLine: string): CreateInput {
  const { installed, installDirectory } = scenario.winfsp;
  const needsWinFsp = installed && container.fileSystems.length > 0 && container.isolation !== 'hyperv';
  const winfsp = needsWinFsp ? [`${installDirectory}:${installDirectory}:ro`] : [];
  return {
    Image: container.image,
    Cmd: splitCommandLine(commandLine),
    Env: Object.entries(container.environment).map(([name, value]) => `${name}=${value}`),
    Labels: container.labels,
    HostConfig: {
      Isolation: container.isolation,
      Binds: [...winfsp, ...container.binds],
      RestartPolicy: { Name: container.restart },
    },
  };
}

function commandLineOf({ scenario }: Stage, { commandLine }: FileSystemScenario): string {
  return commandLine.replaceAll('{winfsp}', scenario.winfsp.installDirectory);
}
