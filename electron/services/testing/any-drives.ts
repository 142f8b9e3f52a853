import fc from 'fast-check';
import { awaitVolume, volumesOf } from '../../hosts/simulated/await-volume.ts';
import type { Subject } from '../../hosts/simulated/machine.ts';
import type { SimulatedHost } from '../../hosts/simulated/simulated-host.ts';

const NOWHERE = { write: () => Promise.resolve() };
const MEMFS = '"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS';

const own = ({ machine: { subjects }, scenario }: SimulatedHost): Subject =>
  scenario.windows.elevated ? subjects.elevated : subjects.user;
const other = ({ machine: { subjects }, scenario }: SimulatedHost): Subject =>
  scenario.windows.elevated ? subjects.user : subjects.elevated;

/** Gives this session a letter for a share of a server, which nobody has yet contacted: as one that comes back at sign-in. */
export function mapDrive(host: SimulatedHost, letter: string): void {
  const subject = own(host);
  const session = subject.logon.replace('-', '').padStart(16, '0');
  const target = `\\Device\\LanmanRedirector\\;${letter}${session}\\fileserver\\x`;
  host.machine.win32(subject).defineDosDevice(letter, target);
}

/** Runs a file system in the user's other session, and waits for its volume. */
export async function mountElsewhere(host: SimulatedHost, commandLine: string): Promise<void> {
  const { machine, scenario } = host;
  const before = volumesOf(machine, 0);
  const process = await machine.spawn(other(host), {
    commandLine: commandLine.replaceAll('{winfsp}', scenario.winfsp.installDirectory),
    stdout: NOWHERE,
    stderr: NOWHERE,
  });
  await awaitVolume(machine, 0, before, () => process.exitCode === undefined);
}

/** Letters of the host that lead elsewhere for this session than for the other: file systems there, servers here. */
interface Drives {
  readonly elsewhere: readonly (readonly [letter: string, prefix: string | undefined])[];
  readonly mapped: readonly string[];
}

const NONE: Drives = { elsewhere: [], mapped: [] };

/** Most hosts have none such. */
export const anyDrives: fc.Arbitrary<Drives> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(NONE) },
  {
    weight: 1,
    arbitrary: fc.record({
      elsewhere: fc.array(
        fc.tuple(fc.constantFrom('G:', 'H:', 'Y:'), fc.constantFrom(undefined, '\\other\\session', '\\memfs\\share')),
        { maxLength: 2 },
      ),
      mapped: fc.subarray(['G:', 'H:', 'X:', 'Y:']),
    }),
  },
);

/** Makes them, before anybody looks. */
export async function setDrives(host: SimulatedHost, { elsewhere, mapped }: Drives): Promise<void> {
  const runs = host.scenario.winfsp.fsd === 'running';
  for (const [at, prefix] of runs ? elsewhere : []) {
    await mountElsewhere(host, `${MEMFS} -m ${at}${prefix === undefined ? '' : ` -u ${prefix}`}`);
  }
  for (const letter of mapped) mapDrive(host, letter);
}
