import type { RecordedAnswer } from '../../../shared/domain/recording.ts';

/**
 * One thing to find out on a real Windows. `recorded`: whether an answer is one to it. `not`: why nothing that only reads
 * can find it out. Both, where a part can be.
 */
export interface CheckItem {
  readonly id: string;
  readonly what: string;
  readonly recorded?: (answer: RecordedAnswer) => boolean;
  readonly not?: string;
}

const ran =
  (pattern: RegExp) =>
  (answer: RecordedAnswer): boolean =>
    answer.ask === 'run' && pattern.test(answer.argv.join(' '));
const listed =
  (pattern: RegExp) =>
  (answer: RecordedAnswer): boolean =>
    answer.ask === 'list' && pattern.test(answer.path);
const linked =
  (pattern: RegExp) =>
  (answer: RecordedAnswer): boolean =>
    answer.ask === 'link' && pattern.test(answer.path);
const opened =
  (pattern: RegExp) =>
  (answer: RecordedAnswer): boolean =>
    answer.ask === 'probe' && pattern.test(answer.path);
const got =
  (pattern: RegExp) =>
  (answer: RecordedAnswer): boolean =>
    answer.ask === 'get' && pattern.test(answer.path);
const told =
  (about: string, of = /^/) =>
  (answer: RecordedAnswer): boolean =>
    answer.ask === 'kernel' && answer.question.about === about && of.test(Object.values(answer.question).join(' '));

const NEEDS_LAUNCH = 'a container would have to be made, run or ended for it';
const INSPECTED = /^\/containers\/[0-9a-f]+\/json$/;

/** What is to be found out about silos, MUP and WinFsp, in the order in which a first run on real Windows asks it. */
export const SILO_CHECKS: readonly CheckItem[] = [
  { id: '1a', what: 'ObRoot of process and Hyper-V containers', recorded: ran(/^hcsdiag\.exe list -raw$/) },
  { id: '1b', what: 'RuntimeId beside the GUID of the provider', recorded: listed(/^\\Silos\\\d+\\Device$/) },
  { id: '2a', what: 'who may list \\Silos', recorded: listed(/^\\Silos$/) },
  { id: '2b', what: 'who may list \\Silos\\<id>', recorded: listed(/^\\Silos\\\d+$/) },
  { id: '2c', what: "who may list a silo's logon sessions", recorded: listed(/\\Sessions\\0\\DosDevices$/) },
  { id: '2d', what: 'with which rights that was asked', recorded: ran(/^whoami\.exe \/groups$/) },
  {
    id: '2e',
    what: 'the same as SYSTEM',
    not: 'nothing of Siloscope runs as SYSTEM; who can start a terminal as SYSTEM may record there',
  },
  { id: '2f', what: 'the rights that class 174 needs', recorded: told('silo-ids') },
  { id: '2g', what: 'the rights that class 109 needs', recorded: told('process-silo') },
  { id: '2h', what: 'the rights that class 37 of a thread needs', recorded: told('thread-container') },
  { id: '3a', what: "the target of a silo's \\Device\\Mup", recorded: linked(/^\\Silos\\\d+\\Device\\Mup$/) },
  {
    id: '3b',
    what: "the target of a silo's LanmanRedirector",
    recorded: linked(/^\\Silos\\\d+\\Device\\LanmanRedirector$/),
  },
  { id: '3c', what: "the target of a silo's WinFsp.Net", recorded: linked(/^\\Silos\\\d+\\Device\\WinFsp\.Net/) },
  { id: '3d', what: "the target of a silo's provider", recorded: linked(/^\\Silos\\\d+\\Device\\WinFsp\.Mup/) },
  { id: '3e', what: "the target of a silo's Volume{guid}", recorded: linked(/^\\Silos\\\d+\\Device\\Volume\{/) },
  { id: '3f', what: "whether a silo's provider is in the host's \\Device", recorded: listed(/^\\Device$/) },
  { id: '3g', what: 'whether \\GLOBAL??\\Silos is there', recorded: linked(/^\\GLOBAL\?\?\\Silos$/) },
  {
    id: '4a',
    what: "a network volume by the provider's name in the host's \\Device, timed",
    recorded: opened(/\\GLOBALROOT\\Device\\WinFsp\.Mup[^\\]*\{/),
  },
  {
    id: '4b',
    what: "by the provider's link in the silo, timed",
    recorded: opened(/\\GLOBALROOT\\Silos\\\d+\\Device\\WinFsp\.Mup/),
    not: 'a link that leads to the bare MUP is not opened through: a name could go out on the network',
  },
  { id: '4c', what: "by the provider's name behind the MUP, timed", recorded: opened(/\\GLOBALROOT\\Device\\Mup\\;/) },
  {
    id: '4d',
    what: 'by its plain UNC name, timed',
    not: 'a name may go out on the network; `inspect --plain-unc` opens it for somebody who asks for that',
  },
  { id: '4e', what: 'traffic on the first plain access', not: 'it takes a capture driver, and the access of 4d' },
  { id: '4f', what: 'a disk volume by its device in the silo', recorded: opened(/\\Silos\\\d+\\Device\\Volume\{/) },
  {
    id: '5a',
    what: "the MUP's providers and their priority: host, silo, SMB",
    recorded: told('mup-providers'),
    not: 'before and after a container starts are two recordings, made by whoever starts it',
  },
  { id: '5b', what: 'the prefix cache, the base of its offsets', recorded: told('mup-prefix-cache') },
  {
    id: '5c',
    what: 'whether the MUP answers without elevation, opened synchronously for SYNCHRONIZE alone',
    recorded: told('mup-providers'),
  },
  {
    id: '6a',
    what: "volumes by a silo's own control device",
    recorded: told('winfsp-volumes', /\\Silos\\\d+\\Device\\WinFsp\.Net\+/),
  },
  {
    id: '6b',
    what: 'volumes by the link beside it',
    recorded: told('winfsp-volumes', /\\Silos\\\d+\\Device\\WinFsp\.Net$/),
  },
  { id: '6c', what: "volumes by the host's device", recorded: told('winfsp-volumes', /winfsp-volumes \\Device\\/) },
  { id: '7', what: 'who answers for a contested prefix or class', not: NEEDS_LAUNCH },
  {
    id: '8',
    what: 'where a drive letter of a container stands',
    recorded: linked(/^\\Silos\\\d+\\(?:Sessions\\0\\DosDevices\\[^\\]+|GLOBAL\?\?)\\[A-Z]:$/),
    not: 'both as ContainerAdministrator and as ContainerUser only where both have mounted one already',
  },
  {
    id: '8b',
    what: 'whether what `docker exec` starts sees that letter, or has a logon session of its own',
    not: 'a program would have to be run in a container; `doctor --isolation` runs one and says so by the way "drive" at home',
  },
  { id: '9a', what: 'who may open the job Container_<id>', recorded: told('job-silo') },
  { id: '9b', what: "the job's container GUID (class 30)", recorded: told('job-container') },
  { id: '9c', what: "the job's root directory (class 37)", recorded: told('job-root') },
  { id: '9d', what: "the job's server silo (class 38)", recorded: told('job-server-silo') },
  { id: '9e', what: "the session of a silo's processes (class 24)", recorded: told('process-session') },
  { id: 'servers-a', what: 'servers a class could shadow: connections', recorded: ran(/^net\.exe use$/) },
  { id: 'servers-b', what: 'servers of drives that come back', recorded: ran(/^reg\.exe query HKCU\\Network \/s$/) },
  { id: 'servers-c', what: 'the domain and its controller', recorded: ran(/HKCU\\Volatile Environment$/) },
  { id: 'servers-d', what: 'in which order providers are asked', recorded: ran(/NetworkProvider\\Order$/) },
];

/** What is to be found out about the Docker Engine on Windows: its open points, then the tests of moby by their number. */
export const ENGINE_CHECKS: readonly CheckItem[] = [
  {
    id: 'exit-after-kill',
    what: 'the exit code after a kill, of containers that were killed',
    recorded: got(INSPECTED),
  },
  {
    id: 'hcs-details',
    what: "HCS's words on a start that failed, of containers where it did",
    recorded: got(INSPECTED),
  },
  { id: 'nat-subnet', what: 'the subnet of the default network', recorded: got(/^\/networks$/) },
  { id: 'pids', what: 'how processes are numbered', recorded: got(/^\/containers\/[0-9a-f]+\/top$/) },
  { id: 'event-order', what: 'the order of events', recorded: got(/^\/events$/) },
  { id: 'pipe-access', what: 'that the pipe answers this user', recorded: got(/^\/_ping$/) },
  { id: 't1-3', what: 'both isolations run side by side', recorded: got(INSPECTED), not: NEEDS_LAUNCH },
  { id: 't4', what: 'limits come back in an inspection', recorded: got(INSPECTED), not: NEEDS_LAUNCH },
  { id: 't5-6', what: 'devices and pausing', not: NEEDS_LAUNCH },
  { id: 't7-8', what: "the processes of a container, in top's words", recorded: got(/\/top$/) },
  { id: 't9-10', what: 'mounts, and how they are refused', not: NEEDS_LAUNCH },
  { id: 't11-14', what: 'credentials, limits, users', not: NEEDS_LAUNCH },
  { id: 't15', what: 'a Linux image is not pulled', not: 'an image would be pulled' },
  { id: 't16-20', what: 'networks and their drivers', recorded: got(/^\/networks$/), not: NEEDS_LAUNCH },
  { id: 't21-22', what: 'signals and waiting', not: NEEDS_LAUNCH },
  {
    id: 't23-24',
    what: 'copying and exec',
    not: 'a program would be started in a container, or a file read out of one',
  },
  { id: 't25', what: 'how a creation is refused', not: 'a request to create might be granted' },
  { id: 't26a', what: 'version and information', recorded: got(/^\/(?:version|info)$/) },
  {
    id: 't26b',
    what: 'the headers of an answer',
    not: 'the client library hands over bodies; what Siloscope needs of the headers stands in /version and /info',
  },
  { id: 't27', what: 'logs', not: 'logs of containers hold what nobody should send' },
  { id: 't28', what: 'restarts', recorded: got(INSPECTED), not: NEEDS_LAUNCH },
  { id: 'volumes', what: 'volumes of the engine', recorded: got(/^\/volumes$/) },
  { id: 'images', what: 'images and their Windows', recorded: got(/^\/images\/[0-9a-z:]+\/json$/) },
];
