import type { BindMount, ByteSink, ComputeSystem, Process, SpawnRequest } from '../machine.ts';
import { answerWithin } from './answer-within.ts';
import { ApiError, conflict, messageOf, serverError } from './api-error.ts';
import { makeDirectory } from './build/copy-sources.ts';
import { commandLineOf } from './command-line.ts';
import type { Container } from './container.ts';
import { logContainer } from './container-events.ts';
import { checkSecurityOption } from './credential-spec.ts';
import type { EngineState } from './engine-state.ts';
import { environmentOf } from './environment.ts';
import { finishRun } from './exit-container.ts';
import { monitorHealth } from './health-monitor.ts';
import { joinNetworks, leaveNetworks, sharedWith } from './networking.ts';
import { canStart } from './os-compatibility.ts';
import { removeContainer } from './remove-container.ts';
import type { OutputStream } from './stdcopy.ts';
import { createFailure, processFailure, StartFailure } from './system-call-words.ts';

/** Starts a container somebody asked for. Refusals as dockerd words them; 304 when it runs already. */
export function startContainer(state: EngineState, container: Container): Promise<void> {
  return container.exclusive(async () => {
    const { status } = container.state;
    if (status === 'paused') throw conflict('cannot start a paused container, try unpause instead');
    if (status === 'removing' || status === 'dead')
      throw conflict('container is marked for removal and cannot be started');
    if (status === 'running') throw new ApiError(304, '');
    container.restartTimer?.dispose();
    container.restartTimer = undefined;
    container.restartCount = 0;
    container.previousPause = undefined;
    await launch(state, container);
  });
}

/** Makes the compute system and its first process. On failure the container stays as it was, with the error noted. */
export async function launch(state: EngineState, container: Container): Promise<void> {
  container.stoppedByHand = false;
  let system: ComputeSystem | undefined;
  try {
    joinNetworks(state, container);
    system = await createSystem(state, container);
    const stdin = container.stdin;
    await makeWorkingDirectory(container);
    const process = await spawnFirst(container, system);
    const startedAt = state.time.now();
    const running = { system, process, startedAt, stdin };
    // Assigned at once, so that even a program that ends immediately finds its run in place.
    container.run = {
      ...running,
      exited: process.ended.then(code => finishRun(state, container, { ...running, code }, launch)),
    };
    Object.assign(container.state, { status: 'running', exitCode: 0, error: '', startedAt, finishedAt: undefined });
    container.healthMonitor?.dispose();
    container.healthMonitor = monitorHealth(state, container);
    logContainer(state, container, 'start');
  } catch (caught) {
    await system?.terminate().catch(() => undefined);
    leaveNetworks(state, container);
    container.state.error = messageOf(caught);
    container.state.exitCode = caught instanceof StartFailure ? caught.exitCode : 128;
    if (container.state.status === 'restarting') container.state.status = 'exited';
    container.output.end();
    if (container.hostConfig.AutoRemove) await removeContainer(state, container, { volumes: true });
    throw caught;
  }
}

async function createSystem(state: EngineState, container: Container): Promise<ComputeSystem> {
  const { id, image, isolation, mounts, config, disk } = container.parts;
  const { osVersion, reference, base } = image.scenario;
  if (base === 'linux' || !canStart(osVersion, state.machine.version.build, isolation))
    throw createFailure(id, '0xc0370101');
  const planned = state.options.faults.find(
    fault => fault.kind === 'start-fails' && fault.image === reference && isolation === 'process',
  );
  if (planned?.kind === 'start-fails') throw createFailure(id, planned.hresult);
  const host = state.machine.win32(state.machine.subjects.system);
  for (const option of container.hostConfig.SecurityOpt ?? []) await checkSecurityOption(host, id, option);
  for (const device of container.hostConfig.Devices ?? []) checkDevice(device.PathOnHost, isolation);
  await refuseWinFspSources(state, container);
  try {
    return await state.machine.createComputeSystem({
      name: id,
      hostname: config.Hostname,
      disk,
      binds: mounts.filter(mount => mount.type !== 'npipe').map(mount => bindOf(state, mount)),
      pipes: mounts
        .filter(mount => mount.type === 'npipe')
        .map(mount => ({ source: mount.source, target: mount.destination })),
      environment: environmentOf(config.Env ?? []),
      adapters: (sharedWith(state, container) ?? container).endpoints
        .filter(({ address }) => address !== '')
        .map(({ networkName, ...endpoint }) => ({ network: networkName, ...endpoint })),
      hyperv: isolation === 'hyperv',
    });
  } catch (caught) {
    throw new StartFailure(`hcs::CreateComputeSystem ${id}: ${messageOf(caught)}`);
  }
}

function bindOf(state: EngineState, mount: Container['parts']['mounts'][number]): BindMount {
  const { destination: target, readOnly, source, name } = mount;
  if (mount.type === 'bind') return { target, readOnly, source: { hostPath: source } };
  return { target, readOnly, source: { store: state.volumes.get(name ?? '').store } };
}

/** By class or by an id of its own, to a server silo alone. Ground: moby daemon/oci_windows.go, libcontainerd/local. */
function checkDevice(path: string, isolation: 'process' | 'hyperv'): void {
  const isTyped = path.includes('://');
  if (!path.startsWith('class/') && !isTyped) {
    throw serverError(`invalid device assignment path: '${path}', must be 'class/ID' or 'IDType://ID'`);
  }
  if (path.startsWith('://')) throw serverError(`invalid device assignment path: '${path}', IDType cannot be empty`);
  if (isolation === 'hyperv') throw new StartFailure('device assignment is not supported for HyperV containers');
}

/** Windows binds with a filter driver, and no filter attaches to a WinFsp volume (winfsp#498). */
async function refuseWinFspSources(state: EngineState, container: Container): Promise<void> {
  const { clock } = state.machine;
  const win32 = state.machine.win32(state.machine.subjects.system);
  for (const mount of container.parts.mounts) {
    if (mount.type !== 'bind') continue;
    const question = win32.isWinFsp(mount.source).catch(() => false);
    // What does not answer is a user-mode file system.
    const isWinFsp = await answerWithin(clock, question, true);
    if (isWinFsp) throw createFailure(container.id, '0x801f000f');
  }
}

/**
 * A working directory that is missing on the container's own drive is made at its start, by HCS; one on another drive, or
 * under a mount, is not. Ground: moby daemon/oci_windows.go ("done in VMCompute"), moby#30654.
 */
async function makeWorkingDirectory({ parts: { config, mounts, disk } }: Container): Promise<void> {
  const path = config.WorkingDir.replace(/\\+$/, '');
  const isCovered = mounts.some(({ destination }) =>
    `${path.toLowerCase()}\\`.startsWith(`${destination.toLowerCase().replace(/\\+$/, '')}\\`),
  );
  if (/^c:\\/i.test(path) && !isCovered) await makeDirectory(disk.operations, path.slice(2)).catch(() => undefined);
}

function spawnFirst(container: Container, system: ComputeSystem): Promise<Process> {
  const { config, path, args, id } = container.parts;
  const [rows = 0, columns = 0] = container.hostConfig.ConsoleSize;
  const request: SpawnRequest & { readonly user: string } = {
    commandLine: commandLineOf([path, ...args], config.ArgsEscaped),
    user: config.User,
    ...(config.WorkingDir === '' ? {} : { cwd: config.WorkingDir }),
    ...(container.stdin === undefined ? {} : { stdin: container.stdin }),
    stdout: sink(container, 'stdout'),
    stderr: sink(container, config.Tty ? 'stdout' : 'stderr'),
    ...(config.Tty ? { terminal: { rows: rows === 0 ? 24 : rows, columns: columns === 0 ? 80 : columns } } : {}),
  };
  return system.spawn(request).catch((caught: unknown) => {
    throw processFailure(id, caught);
  });
}

/** Output goes to the log first, then to whoever is attached. */
function sink(container: Container, stream: OutputStream): ByteSink {
  const logs = container.hostConfig.LogConfig.Type !== 'none';
  return {
    write(bytes) {
      if (bytes.length === 0) return Promise.resolve();
      const chunk = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
      if (logs) container.log.write(stream, chunk);
      return container.output.write(stream, chunk);
    },
  };
}
