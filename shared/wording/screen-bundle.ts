import { formatBytes, formatCount } from './amounts.ts';

/** Words of the dialog that shows what would go into a diagnostics bundle, and saves it. */
export const bundleWords = {
  title: 'Diagnostics bundle',
  what: 'Report, recording, settings and the log of the app in one archive, to pass on to who helps. The host is asked only what is known to be harmless, and nothing is sent to anybody.',
  redacted:
    'Names of the machine and of users, accounts, addresses and secrets are taken out, and each place is marked below. Labels and environments are left out altogether. UNC prefixes and file names stay: read it before you pass it on.',
  gathering: 'Asking the host. On a real one this takes some seconds.',
  list: 'Files of the bundle',
  columns: { name: 'File', bytes: 'Size', takenOut: 'Taken out' },
  size: (bytes: number): string => formatBytes(bytes),
  total: (files: number, bytes: number, takenOut: number): string =>
    `${formatCount(files, 'file')}, ${formatBytes(bytes)}; ${formatCount(takenOut, 'place')} taken out`,
  content: (name: string): string => `What is in ${name}`,
  lines: (shown: number, all: number): string =>
    shown === all ? formatCount(all, 'line') : `The first ${shown} of ${formatCount(all, 'line')}; all are saved.`,
  more: 'Show more lines',
  save: 'Save zip',
  fileName: (date: string): string => `siloscope-bundle-${date}.zip`,
  again: 'Gather anew',
  twin: 'On the command line: siloscope doctor --bundle siloscope.zip, with --preview to read it first.',
} as const;
