import type { Screen } from '../domain/screen.ts';

/** A page of help: what a screen is for, what its words mean, and how to do the same on the command line. */
export interface HelpPage {
  readonly what: string;
  /** Terms and questions, each with its answer. */
  readonly entries: readonly (readonly [term: string, meaning: string])[];
  /** The twins on the command line. */
  readonly commands: readonly string[];
}

/** Words of the help that F1 opens. */
export const helpWords = {
  title: (screen: string): string => `${screen}: help`,
  commands: 'On the command line',
} as const;

/** One page for each screen. They teach the field: a reader may never have heard of a silo. */
export const helpPages: Readonly<Record<Screen, HelpPage>> = {
  readiness: {
    what: 'Whether a file system can be launched on this host, and what to do about what is missing. The checks run again by themselves when something changes.',
    entries: [
      [
        'FSD',
        "WinFsp's kernel driver. It runs on the host, never in a container; every WinFsp volume of every container goes through it.",
      ],
      [
        'Start the driver',
        'Anybody may start it. Nobody can stop it through Windows; unloading it takes every volume on the host along.',
      ],
      [
        'Process isolation',
        'The container shares the kernel of the host. Under Hyper-V isolation it has a kernel of its own, where WinFsp is not.',
      ],
      [
        'Base image',
        'Under process isolation the build of the image must go with the build of the host. Nano Server cannot run WinFsp programs yet.',
      ],
      ['[?] unknown', 'The question could not be asked, with the reason. Unknown is not the same as fine.'],
    ],
    commands: ['siloscope doctor', 'siloscope doctor --record host.json', 'siloscope fsd start'],
  },
  launch: {
    what: 'Runs a file system in a container of its own. Before anything is made, it shows who will see the volume.',
    entries: [
      [
        'As a disk',
        'A drive letter in the container. By what WinFsp documents no other namespace sees it: expected to be private, and a probe tells whether it is.',
      ],
      [
        'As a network file system',
        'The volume has a UNC prefix as well. Containers share the switchboard for such names (MUP) with the host: WinFsp documents that the host can open it; that other containers can is inferred.',
      ],
      [
        'UNC prefix',
        'The name \\\\class\\share without its first backslash: \\memfs\\share. Of two volumes with one class only one is expected to answer for the names that begin with it (inferred from WinFsp’s source).',
      ],
      ['Expected to be visible from', 'A prediction by rule. After the launch, probe or plant a canary to know.'],
      ['docker run', 'The same launch as a line for a terminal. Edit or paste one: the form follows.'],
      [
        'Secrets',
        'What a program needs and nobody else should read, such as a password: kept by name, or asked for at each launch. The plan says how it reaches the program, and who can read it there.',
      ],
      ['When it fails', 'Everything that the launch made is taken back, and the reason is told with the next step.'],
    ],
    commands: [
      'siloscope launch memfs-disk',
      'siloscope launch memfs-network --dry-run',
      'siloscope launch rclone-disk --secret rclone-config-password=env:RCLONE_PASS',
      'siloscope profiles',
      'siloscope secrets',
    ],
  },
  filesystems: {
    what: 'Every container that runs a user-mode file system, whoever started it.',
    entries: [
      [
        'Stop',
        'Asks the program to end, waits, checks that the volume is gone, and removes the container. Force kills it after the grace period; what it had not written is lost.',
      ],
      [
        'Logs and terminal',
        'Open below the list. The terminal is a shell in the container, beside the file system, not its own console.',
      ],
      [
        'Program',
        'Recognised by its command line. A container without one that is known is listed only if it brings a volume.',
      ],
      [
        'Kept for what they may hold',
        'Containers that ended before their program had written all. Save its files copies out what was not written; Remove throws it away.',
      ],
      [
        'Workspaces',
        'File systems that belong together, kept under one name: launched in order, and brought back after a crash or a restart. What a person stopped is left alone.',
      ],
    ],
    commands: [
      'siloscope list',
      'siloscope logs NAME --follow',
      'siloscope stop NAME',
      'siloscope workspaces --capture NAME',
      'siloscope workspaces --start NAME',
      'siloscope unwritten',
    ],
  },
  visibility: {
    what: 'Who can open which volume: one row a volume, one column a namespace (the host, and each silo). A cell says yes or no, and how that is known.',
    entries: [
      [
        'Silo',
        'The container as the kernel knows it: a process-isolated container has its own object namespace, hence its own drive letters.',
      ],
      [
        'MUP',
        'The Multiple UNC Provider, the switchboard for names that begin with two backslashes. Silos are taken to share the one of the host: that is how volumes leak. What a silo’s was seen to be stands under the volume.',
      ],
      [
        'rule, expected',
        'Predicted by what WinFsp documents; nobody looked. rule* is inferred from sources and documented by nobody. Expected to leak, expected to be private: the same of a volume.',
      ],
      ['inventory, namespace', "The driver's list in the silo names it; its object was seen in the object namespace."],
      [
        'probe',
        'It was opened from there; that it is WinFsp shows in its answer, or in the name by which it was opened. P probes the cell that has the focus.',
      ],
      [
        'canary',
        'A random token was written inside and read back from there: the same volume, proven. C plants one; the token is removed.',
      ],
      [
        'private',
        'Tried, and not reached. How much of it was tried stands beside it. Process isolation is no security boundary, and this is no promise of one.',
      ],
      [
        'Relaunch privately',
        'Puts the same program in its place as a disk; the old one is kept until the new one has its volume. Where its command line is not known, only the Launch screen is filled in.',
      ],
    ],
    commands: ['siloscope inspect --probe --canary', 'siloscope look VOLUME', 'siloscope inspect --policy no-leaks'],
  },
  namespaces: {
    what: 'The object namespace of the host and of silos, side by side: devices, links and where they lead.',
    entries: [
      [
        '\\Device',
        'Here a disk volume is a Device, and a network volume a SymbolicLink to the provider of its silo: the type tells one from the other, the target whose it is. Who sees it is told under Visibility.',
      ],
      ['\\GLOBAL??', 'Drive letters and names like UNC that programs use. Each silo has its own.'],
      [
        'As it was at',
        'The last different listings of a directory are kept: choose the same directory in both panes, each at its time, and what changed is marked.',
      ],
      [
        'Elevation',
        'Silos are expected to be readable for administrators only (inferred). What could not be read is told as not readable, not as empty.',
      ],
    ],
    commands: ['siloscope namespace \\Device', 'siloscope namespace \\Device --in NAME'],
  },
  images: {
    what: 'Base images on this host and those that are known, each with whether WinFsp can work in it here, and why.',
    entries: [
      ['Will it run', 'Decided by the builds of image and host, and by what the image holds. The rule is named.'],
      [
        'Pull',
        'Downloads, then unpacks: two phases, one bar that never goes back. What is cancelled goes on where it was.',
      ],
      [
        'Build an image',
        "Puts a file system's program into a base image that fits the host. The Dockerfile is shown and can be edited; only the files that are listed go to the engine. What fails or is cancelled leaves nothing.",
      ],
      ['Unused', 'No container uses it. Removing shows what would go and what it frees before anything is removed.'],
    ],
    commands: ['siloscope images', 'siloscope images --pull REFERENCE', 'siloscope images build PROFILE'],
  },
  timeline: {
    what: 'What happened on this host while somebody looked: driver, engine, silos, volumes, launches. One clock, newest last.',
    entries: [
      ['expected', 'Something that follows by rule from what was seen, and was not itself seen.'],
      [
        'Scrub',
        'Goes back to a moment: the line says what was known then, the matrix shows who saw what, and a cell the evidence of then. What was not recorded is named.',
      ],
      [
        'Compare from here',
        'Keeps that moment, and tells what changed up to another one: silos, volumes, who sees them.',
      ],
      ['Report of this moment', 'Saves what was known then as one file. Nothing is looked at for it.'],
      [
        'Export',
        'The lines that fit the filter, as JSON, one object each, or as CSV for a spreadsheet. They hold names of containers and volumes; read them before you share them.',
      ],
    ],
    commands: [
      'siloscope journal',
      'siloscope journal --at 14:02',
      'siloscope journal --at 14:02 --diff now',
      'siloscope report --at 14:02 --out then.html',
      'siloscope watch --json',
    ],
  },
  logs: {
    what: 'All logs on one clock, newest last: of the app, the engine, the driver, every file system, and what was ordered and found.',
    entries: [
      [
        'From',
        'App: this program. Engine: containers and silos. Driver: the FSD. File systems: what programs in containers wrote. Siloscope: orders and findings.',
      ],
      [
        'Severity',
        'The app says it itself. Of events it follows from what happened; of what programs write it is judged by their words, so it can be wrong.',
      ],
      [
        'Enter, F, M',
        'Enter shows a line whole, with what is known of an error in it. F shows its file system, M the moment in the timeline.',
      ],
      ['Older lines', 'Twenty thousand are held; the oldest go first. The journal keeps its own on disk.'],
      ['Export', 'The lines that fit the filter, one JSON object each. Read them before you share them.'],
      [
        'Diagnostics bundle',
        'Report, recording, settings and the app’s log in one zip to pass on. What says who and where is taken out, and marked: read it, then save it.',
      ],
    ],
    commands: ['siloscope logs --all --follow', 'siloscope logs --all --severity warning', 'siloscope logs NAME'],
  },
  settings: {
    what: 'How it looks, which host is open, your profiles, and the policy that says who may see what. Ctrl+F looks through all sections.',
    entries: [
      [
        'Hosts',
        'A simulated one to try things, this machine on Windows, others over SSH. Opening one takes every window and page of this server along.',
      ],
      [
        'Profiles',
        'A way to launch a file system, as data. Duplicate one, or import a file: mistakes are told by line and column, and the command line that comes of it is shown before it is kept.',
      ],
      [
        'Secrets',
        'What profiles hand to their programs: as a file in the container, a line of input, a variable or an argument. The last two are shown by docker inspect, and the plan of a launch says so. A value is never shown again.',
      ],
      [
        'Policy',
        'Rules, tried from the top; the first that fits decides. What no rule fits is forbidden, unless the policy says otherwise.',
      ],
      [
        'Your files',
        'They are texts that you may edit. What this version does not know in them, a misspelt key or what a newer version wrote, is told by line and column and stays as it is; a policy counts whole or not at all.',
      ],
      [
        'Newer versions',
        'Fetched by channel, and put in when you exit and no file system runs. Nothing is restarted by itself.',
      ],
    ],
    commands: ['siloscope settings', 'siloscope hosts', 'siloscope profiles', 'siloscope secrets', 'siloscope policy'],
  },
};
