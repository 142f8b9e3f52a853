import { longDate, longTime, serialNumber, shortTime } from '../../base/formats.ts';
import { readKey, readLine } from '../../base/read-line.ts';
import { parsePath } from '../../base/win32-path.ts';
import { parseArguments, wordsOf } from '../arguments.ts';
import { type Builtin, complain, fail } from '../builtin.ts';
import type { Shell, Streams } from '../shell.ts';

/** `echo text`, `echo.`, `echo on|off`. One separator after the name is dropped, the rest is printed as it is. */
async function echo(shell: Shell, tail: string, { stdout }: Streams): Promise<number> {
  const text = tail.replace(/^[ \t,;=./\\:+[\](]/, '');
  const state = /^\s*(on|off)\s*$/i.exec(text)?.[1]?.toLowerCase();
  if (state !== undefined && /^\s/.test(tail)) shell.echo = state === 'on';
  else if (tail.trim() === '') await stdout.write(`ECHO is ${shell.echo ? 'on' : 'off'}.\r\n`);
  else await stdout.write(`${text}\r\n`);
  return 0;
}

async function ver(shell: Shell, _tail: string, { stdout }: Streams): Promise<number> {
  const { build, revision } = shell.context.machine.version;
  await stdout.write(`\r\nMicrosoft Windows [Version 10.0.${build}.${revision}]\r\n`);
  return 0;
}

/** The two header lines of `vol` and `dir`. */
export async function volumeHeader(shell: Shell, path: string): Promise<string> {
  const { root } = parsePath(path);
  const { label, serialNumber: serial } = await shell.win32.information(/^[A-Z]:$/i.test(root) ? `${root}\\` : root);
  const name = root.replace(/:$/, '');
  const first = label === '' ? ` Volume in drive ${name} has no label.` : ` Volume in drive ${name} is ${label}`;
  return `${first}\r\n Volume Serial Number is ${serialNumber(serial)}\r\n`;
}

async function vol(shell: Shell, tail: string, streams: Streams): Promise<number> {
  const [drive] = parseArguments(tail).words;
  try {
    await streams.stdout.write(
      await volumeHeader(shell, shell.path(drive === undefined ? '' : `${drive.slice(0, 2)}\\`)),
    );
    return 0;
  } catch (caught) {
    return fail(streams, caught);
  }
}

async function pause(shell: Shell, _tail: string, { stdin, stdout }: Streams): Promise<number> {
  await stdout.write('Press any key to continue . . . ');
  await readKey(stdin);
  await stdout.write('\r\n');
  return shell.errorLevel;
}

async function dateOrTime(shell: Shell, tail: string, streams: Streams, what: 'date' | 'time'): Promise<number> {
  const at = shell.context.clock.now();
  if (parseArguments(tail).switches.includes('/t')) {
    await streams.stdout.write(what === 'date' ? `${longDate(at)} \r\n` : `${shortTime(at)}\r\n`);
    return 0;
  }
  const now = what === 'date' ? `${longDate(at)} ` : longTime(at);
  await streams.stdout.write(`The current ${what} is: ${now}\r\n`);
  await streams.stdout.write(`Enter the new ${what}: ${what === 'date' ? '(mm-dd-yy) ' : ''}`);
  const answer = await readLine(streams.stdin);
  return answer === undefined || answer.trim() === ''
    ? 0
    : complain(streams, 'A required privilege is not held by the client.');
}

const quietly = (): Promise<number> => Promise.resolve(0);

async function mklink(shell: Shell, tail: string, streams: Streams): Promise<number> {
  const words = wordsOf(tail);
  const [link, target] = words.filter(word => !/^\/[jdh]$/i.test(word));
  if (link === undefined || target === undefined) return complain(streams, 'The syntax of the command is incorrect.');
  if (!words.some(word => /^\/j$/i.test(word)))
    return complain(streams, 'You do not have sufficient privilege to perform this operation.');
  if (shell.win32.createJunction === undefined) return complain(streams, 'The request is not supported.');
  const full = shell.path(target);
  const drive = /^[A-Z]:\\?$/i.test(full) ? shell.win32.queryDosDevice(full.slice(0, 2))[0] : undefined;
  if (drive === undefined) return complain(streams, 'Local volumes are required to complete the operation.');
  try {
    await shell.win32.createJunction(shell.path(link), drive);
    await streams.stdout.write(`Junction created for ${link} <<===>> ${target}\r\n`);
    return 0;
  } catch (caught) {
    return fail(streams, caught);
  }
}

/** What talks to the console, and little else. */
export const CONSOLE_BUILTINS: readonly (readonly [string, Builtin])[] = [
  ['echo', { run: echo, keepsErrorLevel: true }],
  ['rem', { run: quietly, keepsErrorLevel: true }],
  ['ver', { run: ver }],
  ['vol', { run: vol }],
  ['pause', { run: pause, keepsErrorLevel: true }],
  ['date', { run: (shell, tail, streams) => dateOrTime(shell, tail, streams, 'date') }],
  ['time', { run: (shell, tail, streams) => dateOrTime(shell, tail, streams, 'time') }],
  [
    'cls',
    {
      run: async (_shell, _tail, { stdout }) => stdout.write('\u001b[2J\u001b[H').then(() => 0),
      keepsErrorLevel: true,
    },
  ],
  ['title', { run: quietly, keepsErrorLevel: true }],
  ['color', { run: quietly, keepsErrorLevel: true }],
  ['break', { run: quietly, keepsErrorLevel: true }],
  ['setlocal', { run: quietly, keepsErrorLevel: true }],
  ['endlocal', { run: quietly, keepsErrorLevel: true }],
  ['verify', { run: async (_shell, _tail, { stdout }) => stdout.write('VERIFY is off.\r\n').then(() => 0) }],
  ['mklink', { run: mklink }],
];
