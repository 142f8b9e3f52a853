/** Words of the file systems screen. */
export const fileSystemsWords = {
  title: 'File systems',
  subtitle: 'Every container that runs a user-mode file system, whoever started it.',
  list: 'File systems in containers',
  columns: {
    name: 'Container',
    state: 'State',
    program: 'Program',
    volumes: 'Volumes',
    image: 'Image',
    actions: 'Actions',
  },
  unknownProgram: 'not recognised',
  managed: 'Siloscope',
  foreign: 'started elsewhere',
  noVolumes: 'none',
  stop: 'Stop',
  stopping: (note: string | undefined): string => note ?? 'Stopping',
  see: 'See who sees it',
  emptyTitle: 'No file system runs in a container',
  emptyText: 'Launch one, or start one with docker: it will be shown here as well.',
  emptyAction: 'Launch a file system',
  noMatch: 'No file system fits the filter.',
  confirm: {
    title: (name: string): string => `Stop ${name}?`,
    lost: (volumes: readonly string[]): string =>
      volumes.length === 0
        ? 'The container is stopped and removed. It has no volume that is known.'
        : `The container is stopped and removed, and these go away: ${volumes.join(', ')}.`,
    memory: 'What the file system holds in memory is lost for good. Open files on it are cut off.',
    remote: 'Data that the program has not yet written to where it keeps it may be lost. Open files are cut off.',
    foreign: 'Siloscope did not start it. Whoever did may miss it.',
    grace: 'The program is asked first and given 30 seconds; then the volume is checked to be gone.',
    stop: 'Stop it',
    force: 'Stop by force',
  },
} as const;
