import type { BindMount, FileSystemOperations, Process, ServerSiloRequest, SpawnRequest, Subject } from '../machine.ts';
import { type Bind, withBinds } from './bound-disk.ts';
import { type Carrier, SimulatedComputeSystem } from './compute-system.ts';
import { defaultEnvironment, Environment } from './environment.ts';
import { foldName } from './fold-name.ts';
import { fileDevice } from './host-objects.ts';
import type { Kernel } from './kernel.ts';
import { type CompleteRequest, type LaunchPad, launch } from './launch.ts';
import { NamedPipeDevice } from './named-pipe-device.ts';
import { globalLink, type KernelObject, opaque } from './objects.ts';
import { siloRoot } from './silo-objects.ts';
import { isSystemCallError, STATUS, systemCallError, win32Error } from './status.ts';

/** Every container has these before its first own process. */
const CORE_PROCESSES: readonly (readonly [image: string, commandLine: string])[] = [
  ['smss.exe', '\\SystemRoot\\System32\\smss.exe'],
  ['csrss.exe', '%SystemRoot%\\system32\\csrss.exe ObjectDirectory=\\Windows SharedSection=1024,20480,768'],
  ['wininit.exe', 'wininit.exe'],
  ['services.exe', 'C:\\Windows\\system32\\services.exe'],
  ['lsass.exe', 'C:\\Windows\\system32\\lsass.exe'],
  ['CExecSvc.exe', 'C:\\Windows\\system32\\CExecSvc.exe'],
];
/** Without them a Windows session cannot go on. */
const CRITICAL: ReadonlySet<string> = new Set(['smss.exe', 'csrss.exe', 'wininit.exe']);

const LOCAL_SYSTEM = '00000000-000003e7';
const ERROR_LOGON_FAILURE = 1_326;

/** Makes a server silo on this kernel: root, job, devices, core processes. Rejects when a bind has no source. */
export async function createServerSilo(
  kernel: Kernel,
  pad: LaunchPad,
  request: ServerSiloRequest,
): Promise<SimulatedComputeSystem> {
  const { operations: files } = request.disk;
  const drives: { letter: string; target: string }[] = [];
  const devices: { name: string; object: KernelObject }[] = [];
  const binds: Bind[] = [];
  for (const mount of request.binds) {
    const source = await sourceOf(kernel, mount);
    const { letter, path } = placeOf(mount.target);
    if (letter === 'C:') binds.push({ path, readOnly: mount.readOnly, ...source });
    else {
      // A whole drive letter. How HCS names the device behind it is not documented. [inferred]
      const name = `MappedDirectory{${kernel.random.guid()}}`;
      const disk = withBinds(files, [{ path: '\\', readOnly: mount.readOnly, ...source }]);
      devices.push({ name, object: fileDevice(disk) });
      drives.push({ letter, target: `\\Device\\${name}` });
    }
  }
  for (const { path } of binds) await makeDirectories(files, path);

  const silo = kernel.processTable.ids.take();
  const containerGuid = kernel.random.guid();
  const disk = withBinds(files, binds);
  kernel.allowJunctions(disk);
  const diskName = `VhdHardDisk{${kernel.random.guid()}}`;
  const hostDevices = kernel.namespace.rootOf(0).directory('Device');
  hostDevices.set(diskName, fileDevice(disk));
  devices.push({ name: diskName, object: globalLink(`\\Device\\${diskName}`) });
  drives.push({ letter: 'C:', target: `\\Device\\${diskName}` });

  const pipes = request.pipes.map(({ target }) => target.replace(/^\\\\[.?]\\pipe\\/i, ''));
  const root = siloRoot({
    namedPipe: new NamedPipeDevice(['InitShutdown', 'lsass', 'ntsvcs', 'scerpc', ...pipes]),
    ownMup: kernel.behaviour.mupIsShared ? undefined : kernel.createMup(),
    drives,
    devices,
  });
  kernel.namespace.addSiloRoot(silo, root);
  const job = `Container_${request.name}`;
  kernel.namespace.rootOf(0).set(job, opaque('Job'));

  const core = new Map<number, Process>();
  const logon = kernel.nextLogon();
  const subjectOf = (user: string): Subject => siloSubject(silo, logon, user);
  const carrier: Carrier = {
    clock: kernel.clock,
    spawn: async wanted => {
      const subject = subjectOf(wanted.user);
      return launch(pad, subject, inSilo(wanted, request, subject));
    },
    processes: () => kernel.processTable.of(silo),
    spawned: () => kernel.processTable.of(silo).filter(({ processId }) => !core.has(processId)),
    end: () => {
      for (const process of kernel.processTable.of(silo)) process.terminate(kernel.behaviour.killExitCode);
      kernel.siloEnded(silo);
      kernel.namespace.removeSiloRoot(silo);
      kernel.namespace.rootOf(0).delete(job);
      hostDevices.delete(diskName);
      kernel.processTable.ids.giveBack(silo);
    },
  };
  const system = new SimulatedComputeSystem({ name: request.name, siloId: silo, containerGuid }, carrier);
  for (const [image, commandLine] of CORE_PROCESSES) {
    const process = kernel.processTable.create(silo, image, commandLine);
    core.set(process.processId, process);
    if (CRITICAL.has(image)) kernel.whenEnded(process.processId, () => system.end());
  }
  kernel.siloCreated({ silo, containerGuid, machineName: request.hostname, logon });
  return system;
}

/** A bind's source, resolved once: as LocalSystem on the host, who has no session's drive letters. */
async function sourceOf(
  kernel: Kernel,
  mount: BindMount,
): Promise<{ readonly operations: FileSystemOperations; readonly from: string }> {
  if ('store' in mount.source) return { operations: mount.source.store, from: '\\' };
  const target = await kernel.openAsSystem(mount.source.hostPath);
  // A user-mode file system of the host can never be bound (facts: DESIGN's second truth).
  if (target.winfsp) throw systemCallError(STATUS.INVALID_DEVICE_REQUEST, mount.source.hostPath);
  const { directory } = await target.operations.stat(target.path);
  if (!directory) throw systemCallError(STATUS.NOT_A_DIRECTORY, mount.source.hostPath);
  return { operations: target.operations, from: target.path };
}

function placeOf(target: string): { readonly letter: string; readonly path: string } {
  const slashed = target.replaceAll('/', '\\').replace(/^\\\\[.?]\\/, '');
  const letter = foldName(slashed.slice(0, 2));
  if (!/^[A-Z]:$/.test(letter)) throw systemCallError(STATUS.OBJECT_PATH_SYNTAX_BAD, target);
  const path = slashed.slice(2).replace(/\\+$/, '');
  return { letter, path: path === '' ? '\\' : path };
}

/** The target directories of binds come to be in the scratch layer. */
async function makeDirectories(disk: FileSystemOperations, path: string): Promise<void> {
  let at = '';
  for (const name of path.split('\\').filter(component => component !== '')) {
    at = `${at}\\${name}`;
    try {
      await disk.createDirectory(at);
    } catch (error) {
      if (!isSystemCallError(error) || error.status !== STATUS.OBJECT_NAME_COLLISION) throw error;
    }
  }
}

/**
 * All processes of a container run in one logon session of the silo, but for LocalSystem's. The names are those of
 * P0 "Who Contains the Containers?". Throws 1326 for a user whom nobody knows.
 */
export function siloSubject(silo: number, logon: string, user: string): Subject {
  const name = user.toLowerCase().replace(/^user manager\\/, '');
  if (name === '' || name === 'containeradministrator') {
    return { silo, logon, user: 'User Manager\\ContainerAdministrator', elevated: true };
  }
  if (name === 'containeruser') return { silo, logon, user: 'User Manager\\ContainerUser', elevated: false };
  if (name === 'nt authority\\system' || name === 'system') {
    return { silo, logon: LOCAL_SYSTEM, user: 'NT AUTHORITY\\SYSTEM', elevated: true };
  }
  throw win32Error(ERROR_LOGON_FAILURE, user);
}

/** CExecSvc gives each process the system's variables, then the container's or those of the request. */
function inSilo(wanted: SpawnRequest, request: ServerSiloRequest, subject: Subject): CompleteRequest {
  const name = subject.user.split('\\').at(-1) ?? '';
  const profile = name === 'SYSTEM' ? 'C:\\Windows\\system32\\config\\systemprofile' : `C:\\Users\\${name}`;
  const base = defaultEnvironment(request.hostname.toUpperCase(), subject.user, profile);
  const environment = Environment.of(base, wanted.environment ?? request.environment);
  return { ...wanted, cwd: wanted.cwd ?? 'C:\\', environment: Object.fromEntries(environment) };
}
