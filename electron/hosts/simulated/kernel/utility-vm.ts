import type { Machine, ServerSiloRequest } from '../machine.ts';
import { bindSource } from './bind-source.ts';
import { withBinds } from './bound-disk.ts';
import { SimulatedComputeSystem } from './compute-system.ts';
import { Kernel } from './kernel.ts';
import type { LaunchPad } from './launch.ts';
import { NtfsStore } from './ntfs-store.ts';
import { refusingOperations } from './refusing-operations.ts';
import { createServerSilo } from './server-silo.ts';
import type { SimulatedNetwork } from './smb-redirector.ts';
import { STATUS, systemCallError } from './status.ts';

export interface UtilityVmOptions {
  readonly host: Kernel;
  readonly machine: Machine;
  readonly pad: LaunchPad;
  readonly network: SimulatedNetwork;
  readonly request: ServerSiloRequest;
}

const FIRST_GUEST_ID = 1_032;
const GUEST_DISK_BYTES = 8_589_934_592;

/**
 * A Hyper-V isolated container: a kernel of its own in a utility VM, and the container a silo in there. On the host
 * there is no silo, no job and no process but vmwp.exe; WinFsp knows process isolation only.
 * Ground: Virtualization-Documentation hyperv-container.md; WinFsp-Container-Support.asciidoc.
 */
export async function createUtilityVm(options: UtilityVmOptions): Promise<SimulatedComputeSystem> {
  const { host, machine, pad, network, request } = options;
  const { clock, random } = machine;
  const guest = new Kernel({
    clock,
    random,
    machineName: request.hostname,
    version: machine.version,
    behaviour: host.behaviour,
    network,
    winfsp: undefined,
    faults: [],
    systemDisk: new NtfsStore(clock, { label: 'Windows', totalBytes: GUEST_DISK_BYTES, serialNumber: 0x0c0f_fee0 }),
    firstId: FIRST_GUEST_ID,
  });
  const guestMachine: Machine = {
    name: request.hostname,
    version: machine.version,
    processors: machine.processors,
    memoryBytes: machine.memoryBytes,
    clock,
    random,
    subjects: machine.subjects,
    win32: subject => guest.win32(subject),
    spawn: () => Promise.reject(systemCallError(STATUS.ACCESS_DENIED, 'the utility VM itself runs nothing')),
    processes: () => guest.processTable.all(),
    createComputeSystem: () => Promise.reject(systemCallError(STATUS.INVALID_DEVICE_REQUEST, 'no nested containers')),
    computeSystems: () => [],
    createStore: wanted => machine.createStore(wanted),
    createContainerDisk: (image, wanted) => machine.createContainerDisk(image, wanted),
    dispose: () => Promise.resolve(),
  };
  const binds = await Promise.all(
    request.binds.map(async mount => {
      // VSMB serves a directory of the host to the guest, which knows no path of the host.
      const store = withBinds(refusingOperations, [
        { path: '\\', readOnly: false, ...(await bindSource(host, mount)) },
      ]);
      return { ...mount, source: { store } };
    }),
  );
  const guestPad: LaunchPad = {
    ...pad,
    machine: guestMachine,
    processTable: guest.processTable,
    win32: (subject, process) => guest.win32(subject, process),
    checkAlive: subject => guest.checkAlive(subject),
  };
  const inside = await createServerSilo(guest, guestPad, { ...request, binds });
  const worker = host.processTable.create(
    0,
    'vmwp.exe',
    `C:\\Windows\\System32\\vmwp.exe ${random.guid().toUpperCase()}`,
  );
  const system = new SimulatedComputeSystem(
    { name: request.name, siloId: undefined, containerGuid: inside.containerGuid, runtimeId: inside.runtimeId },
    {
      clock,
      spawn: wanted => inside.spawn(wanted),
      processes: () => inside.processes(),
      spawned: () => inside.spawned(),
      end: () => {
        inside.end();
        worker.terminate(0);
      },
    },
  );
  void inside.ended.then(() => system.end());
  return system;
}
