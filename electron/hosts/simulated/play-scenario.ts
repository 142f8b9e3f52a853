import { splitCommandLine } from '../../../shared/domain/command-line.ts';
import { awaitVolume, volumesOf } from './await-volume.ts';
import type { EngineClient } from './engine-client.ts';
import type { ByteSink, Machine, SiloId, Subject } from './machine.ts';
import type { ContainerScenario, FileSystemScenario, Scenario } from './scenario/schema.ts';
import { writeVolumeFiles } from './write-volume-files.ts';

/** What a scenario is played on. */
export interface Stage {
  readonly scenario: Scenario;
  readonly machine: Machine;
  readonly engine: EngineClient;
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
  const volume = await awaitVolume(machine, HOST, before, () => Promise.resolve(process.exitCode === undefined));
  if (volume !== undefined) await writeVolumeFiles(machine, HOST, volume, fileSystem.files);
}

async function playContainer(stage: Stage, container: ContainerScenario): Promise<void> {
  const { engine, machine } = stage;
  const { command, name, fileSystems, state } = container;
  const [entry, further] = command === undefined ? [fileSystems[0], fileSystems.slice(1)] : [undefined, fileSystems];
  const commandLine = command ?? (entry === undefined ? 'ping -t localhost' : commandLineOf(stage, entry));
  const created = await engine.post(`/containers/create?name=${name}`, createBody(stage, container, commandLine));
  if (state === 'created') return;
  if (!(await starts(stage, name))) return;
  const silo = siloOf(machine, idIn(created, 'Id'));
  const running = async (): Promise<boolean> => isRunning(await engine.get(`/containers/${name}/json`), 'State');
  if (silo !== undefined && entry !== undefined) await settle(stage, silo, [], entry, running);
  for (const fileSystem of further) {
    if (silo === undefined || !(await running())) break;
    await playExec(stage, name, silo, fileSystem);
  }
  if (state === 'exited' && (await running())) await engine.post(`/containers/${name}/stop?t=1`);
}

/** False when a fault of the scenario keeps the container from starting; it then stays as the engine leaves it. */
async function starts({ engine, scenario }: Stage, name: string): Promise<boolean> {
  try {
    await engine.post(`/containers/${name}/start`);
    return true;
  } catch (caught) {
    if (scenario.faults.some(fault => fault.kind === 'start-fails')) return false;
    throw caught;
  }
}

async function playExec(stage: Stage, container: string, silo: SiloId, fileSystem: FileSystemScenario): Promise<void> {
  const { engine, machine } = stage;
  const before = volumesOf(machine, silo);
  const Cmd = splitCommandLine(commandLineOf(stage, fileSystem));
  const exec = idIn(await engine.post(`/containers/${container}/exec`, { Cmd }), 'Id');
  await engine.post(`/exec/${exec}/start`, { Detach: true });
  await settle(stage, silo, before, fileSystem, async () => isRunning(await engine.get(`/exec/${exec}/json`)));
}

/** Waits for the volume of a file system that was just started, and fills it. One that failed has none: no error. */
async function settle(
  { machine }: Stage,
  silo: SiloId,
  before: readonly string[],
  fileSystem: FileSystemScenario,
  running: () => Promise<boolean>,
): Promise<void> {
  const volume = await awaitVolume(machine, silo, before, running);
  if (volume !== undefined) await writeVolumeFiles(machine, silo, volume, fileSystem.files);
}

function createBody({ scenario }: Stage, container: ContainerScenario, commandLine: string): object {
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

/** The silo of a container; undefined for a utility VM and for one that has already ended. */
function siloOf(machine: Machine, containerId: string): SiloId | undefined {
  return machine.computeSystems().find(system => system.name === containerId)?.siloId;
}

function idIn(answer: unknown, key: string): string {
  return String(memberOf(answer, key));
}

function isRunning(answer: unknown, below?: string): boolean {
  return memberOf(below === undefined ? answer : memberOf(answer, below), 'Running') === true;
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && key in value
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
