import type { CheckCode, ReadinessCheck } from '../domain/readiness.ts';

/** Words of the readiness screen. */
export const readinessScreenWords = {
  title: 'Readiness',
  subtitle: 'What must be true before a WinFsp file system can run in a container.',
  ready: 'This host is ready.',
  notReady: (failed: number): string =>
    failed === 1 ? 'One thing stands in the way.' : `${failed} things stand in the way.`,
  readyText: 'Launch a file system, then see who can see it.',
  notReadyText: 'Fix it here where there is a button; each check says what it found.',
  launch: 'Launch a file system',
  checks: {
    'windows-build': 'Windows build',
    'winfsp-installed': 'WinFsp installed',
    'winfsp-version': 'WinFsp version',
    'fsd-running': 'File system driver',
    'engine-reachable': 'Docker Engine',
    'engine-windows-mode': 'Windows containers',
    'process-isolation': 'Process isolation',
    'base-image': 'Base image',
    'disk-space': 'Disk space',
  } satisfies Record<CheckCode, string>,
  states: { ok: 'OK', warning: 'Warning', failed: 'Failed', unknown: 'Not known' } satisfies Record<
    ReadinessCheck['state'],
    string
  >,
  fixes: {
    'start-fsd': 'Start the driver',
    'pull-image': 'Pull the image',
    'switch-host': 'Open a host that is ready',
    'start-engine': 'Start the Docker service',
  },
  fixing: { 'start-fsd': 'Starting', 'pull-image': 'Pulling', 'switch-host': 'Opening', 'start-engine': 'Starting' },
  switchHint: 'Nothing can be installed on a simulated host. The default one has all of it.',
  unload: {
    open: 'Unload the driver',
    title: 'Unload the WinFsp driver?',
    lost: (count: number): string =>
      count === 1
        ? 'This volume goes away, with what was not yet written:'
        : `These ${count} volumes go away, with what was not yet written:`,
    nothingLost: 'No volume is mounted: nothing is lost.',
    list: 'Volumes that will be lost',
    of: (home: string): string => `in ${home}`,
    silos: 'The driver is one for the host and all its silos. Nothing can be mounted until it is started again.',
    confirm: (count: number): string =>
      count === 0 ? 'Unload' : `Unload and lose ${count === 1 ? 'it' : `all ${count}`}`,
    running: 'Unloading',
  },
  command: 'the command',
  list: 'Checks',
} as const;
