import type { Process, ServerSiloRequest, SpawnRequest, Subject } from '../machine.ts';
import { bindSource, bindTarget, makeDirectories } from './bind-source.ts';
import { type Bind, withBinds } from './bound-disk.ts';
import { type Carrier, SimulatedComputeSystem } from './compute-system.ts';
import { defaultEnvironment, Environment } from './environment.ts';
import { fileDevice } from './host-objects.ts';
import type { Kernel } from './kernel.ts';
import { type CompleteRequest, type LaunchPad, launch } from './launch.ts';
import { NamedPipeDevice } from './named-pipe-device.ts';
import { NtfsStore } from './ntfs-store.ts';
import { globalLink, type KernelObject, opaque } from './objects.ts';
import { siloRoot } from './silo-objects.ts';
import { win32Error } from './status.ts';

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
const MAPPED_BYTES = 1_099_511_627_776;
const MAPPED_SERIAL = 0x3ab_1d00;

/** Makes a server silo on this kernel: root, job, devices, core processes. Rejects when a bind has no source. */
export async function createServerSilo(
  kernel: Kernel,
  pad: LaunchPad,
  request: ServerSiloRequest,
): Promise<SimulatedComputeSystem> {
  const { operations: files } = request.disk;
  const drives: { letter: string; target: string }[] = [];
  const devices: { name: string; object: KernelObject }[] = [];
  const mounted = new Map<string, Bind[]>([['C:', []]]);
  for (const mount of request.binds) {
    const { letter, path } = bindTarget(mount.target);
    const bind = { path, readOnly: mount.readOnly, ...(await bindSource(kernel, mount)) };
    mounted.set(letter, [...(mounted.get(letter) ?? []), bind]);
  }
  const binds = mounted.get('C:') ?? [];
  mounted.delete('C:');
  for (const { path } of binds) await makeDirectories(files, path);
  for (const [letter, onLetter] of mounted) {
    // How HCS names the device behind a letter of its own is not documented. [inferred]
    const name = `MappedDirectory{${kernel.random.guid()}}`;
    const empty = new NtfsStore(kernel.clock, { label: '', totalBytes: MAPPED_BYTES, serialNumber: MAPPED_SERIAL });
    for (const { path } of onLetter) await makeDirectories(empty, path);
    devices.push({ name, object: fileDevice(withBinds(empty, onLetter)) });
    drives.push({ letter, target: `\\Device\\${name}` });
  }

  const silo = kernel.processTable.ids.take();
  const containerGuid = kernel.random.guid();
  const runtimeId = kernel.behaviour.runtimeIdIsContainerGuid ? containerGuid : kernel.random.guid();
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
    mup: kernel.mupForSilo(),
    drives,
    devices,
  });
  kernel.namespace.addSiloRoot(silo, root);
  const job = `Container_${request.name}`;
  kernel.namespace.rootOf(0).set(job, opaque('Job'));

  const core = new Map<number, Process>();
  const logon = kernel.nextLogon();
  const { programsShareALogon } = kernel.behaviour;
  let isFirst = true;
  const subjectOf = (user: string): Subject => {
    const own = isFirst || programsShareALogon ? logon : kernel.nextLogon();
    isFirst = false;
    return siloSubject(silo, own, user);
  };
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
  const system = new SimulatedComputeSystem({ name: request.name, siloId: silo, containerGuid, runtimeId }, carrier);
  for (const [image, commandLine] of CORE_PROCESSES) {
    const process = kernel.processTable.create(silo, image, commandLine);
    core.set(process.processId, process);
    if (CRITICAL.has(image)) kernel.whenEnded(process.processId, () => system.end());
  }
  kernel.siloCreated({
    silo,
    containerGuid,
    machineName: request.hostname,
    logon,
    adapters: request.adapters ?? [],
  });
  return system;
}

/**
 * A user of a container, in a logon session of its silo; LocalSystem is in its own. The names are those of
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
