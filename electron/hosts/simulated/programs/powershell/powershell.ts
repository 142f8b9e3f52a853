import type { ProgramContext } from '../../machine.ts';
import { Keyboard } from '../base/keyboard.ts';
import { isSystemCallError, STATUS } from '../base/nt-status.ts';
import { decodeText, LineReader, readAll } from '../base/streams.ts';
import { win32Message } from '../base/win32-message.ts';
import { dosDeviceCall } from './dos-device-call.ts';
import { runScript } from './evaluate.ts';
import { fileNamesCall } from './file-names-call.ts';
import { readFileCall } from './read-file-call.ts';
import { Session } from './session.ts';

/** How powershell.exe was started. */
export type PowerShellStart =
  | { readonly kind: 'script'; readonly text: string; readonly stays: boolean }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'input' | 'interactive' }
  | { readonly kind: 'malformed'; readonly complaint: string };

const WITH_VALUE = [
  'executionpolicy',
  'inputformat',
  'outputformat',
  'version',
  'windowstyle',
  'configurationname',
  'psconsolefile',
];
const ALONE = ['nologo', 'noprofile', 'noninteractive', 'noexit', 'sta', 'mta'];

/** Reads the switches; any unambiguous beginning of a name will do, and a bare word starts the command. Total. */
export function parsePowerShell(args: readonly string[]): PowerShellStart {
  let stays = false;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    const name = /^[-/](\w+)$/.exec(arg)?.[1]?.toLowerCase();
    if (name === undefined)
      return arg === '-' ? { kind: 'input' } : { kind: 'script', text: args.slice(at).join(' '), stays };
    if ('command'.startsWith(name)) {
      const text = args.slice(at + 1).join(' ');
      return text === '-' ? { kind: 'input' } : { kind: 'script', text, stays };
    }
    if (name === 'e' || name === 'ec' || (name.length > 1 && 'encodedcommand'.startsWith(name))) {
      return { kind: 'script', text: Buffer.from(args[at + 1] ?? '', 'base64').toString('utf16le'), stays };
    }
    if (name === 'f' || name === 'file') return { kind: 'file', path: args[at + 1] ?? '' };
    if (name === 'ep' || WITH_VALUE.some(known => name.length > 1 && known.startsWith(name))) at++;
    else if (ALONE.some(known => name.length > 2 && known.startsWith(name))) stays ||= 'noexit'.startsWith(name);
    else if (name === 'nop') continue;
    else return { kind: 'malformed', complaint: `The argument '${arg}' is not recognized.` };
  }
  return { kind: 'interactive' };
}

/** powershell.exe (Windows PowerShell 5.1): a handful of cmdlets, variables, pipelines and programs. */
export async function powershell(context: ProgramContext): Promise<number> {
  const start = parsePowerShell(context.argv.slice(1));
  const session = new Session(context);
  switch (start.kind) {
    case 'malformed':
      await context.stderr.write(`${start.complaint}\r\n`);
      return 0xfffd_0000;
    case 'file':
      return runFile(session, start.path);
    case 'input':
      return run(session, decodeText(await readAll(context.stdin)));
    case 'script': {
      const code = await run(session, start.text);
      return start.stays && session.exitCode === undefined ? readLines(session) : code;
    }
    case 'interactive':
      await context.stdout.write(
        'Windows PowerShell\r\nCopyright (C) Microsoft Corporation. All rights reserved.\r\n\r\n',
      );
      return readLines(session);
  }
}

/** 0, or 1 when the last statement failed; `exit n` says otherwise. */
async function run(session: Session, script: string): Promise<number> {
  const called = dosDeviceCall(session.context, script);
  if (called !== undefined) return called ? 0 : 1;
  const read = (await readFileCall(session.context, script)) ?? (await fileNamesCall(session.context, script));
  if (read !== undefined) return read;
  await runScript(session, script);
  return session.exitCode ?? (session.succeeded ? 0 : 1);
}

async function runFile(session: Session, path: string): Promise<number> {
  try {
    return await run(session, decodeText(await session.context.win32.read(session.path(path))));
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    await session.context.stderr.write(
      `The argument '${path}' to the -File parameter does not exist. ${win32Message(caught.win32)}\r\n`,
    );
    return 0xfffd_0000;
  }
}

async function readLines(session: Session): Promise<number> {
  const { stdin, stdout, terminal } = session.context;
  const keyboard = terminal === undefined ? undefined : new Keyboard(stdin, stdout, () => keyboard?.interrupt());
  const lines = new LineReader(stdin);
  const undo = session.context.onControl(event => {
    if (event === 'shutdown') session.exitCode = STATUS.controlCExit;
    keyboard?.interrupt();
  });
  while (session.exitCode === undefined) {
    await stdout.write(`PS ${session.cwd}> `);
    const typed =
      keyboard === undefined
        ? await lines.next().then(line => (line === undefined ? undefined : { line }))
        : await keyboard.line();
    if (typed === undefined) break;
    if ('interrupted' in typed) continue;
    if (terminal === undefined) await stdout.write(`${typed.line}\r\n`);
    await runScript(session, typed.line);
  }
  undo();
  return session.exitCode ?? (session.succeeded ? 0 : 1);
}
