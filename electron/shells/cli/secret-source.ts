import { FaultError } from '../../../shared/contract/fault.ts';
import type { Input, Io } from './io.ts';
import { readUserFile } from './read-user-file.ts';

/** Where a value is read from: never from the command line itself, which shells keep and every program can list. */
export type SecretSource =
  | { readonly from: 'file'; readonly path: string }
  | { readonly from: 'input' }
  | { readonly from: 'variable'; readonly name: string };

/** Reads `@FILE`, `-` or `env:VARIABLE`; anything else is `invalid-input`, and is not repeated. */
export function parseSecretSource(text: string, option: string): SecretSource {
  if (text === '-') return { from: 'input' };
  if (text.startsWith('@') && text.length > 1) return { from: 'file', path: text.slice(1) };
  if (/^env:./.test(text)) return { from: 'variable', name: text.slice('env:'.length) };
  throw refuse(
    option,
    'expected @FILE, - (standard input) or env:VARIABLE. A value on the command line would be kept by the shell, and shown to every program that lists processes.',
  );
}

/** The value, without its last line end. `name` is shown in the prompt of a terminal. */
export async function readSecret(source: SecretSource, io: Io, name: string, option: string): Promise<string> {
  const value = await read(source, io, name, option);
  // One line end is the editor's, or echo's; what has more than one line is a text, and is kept whole.
  const line = value.replace(/\r?\n$/, '');
  if (line === '') throw refuse(option, 'the value is empty');
  return line.includes('\n') ? value : line;
}

/** `NAME=SOURCE` of several options. At most one of them may be standard input. */
export async function readSecrets(
  pairs: readonly string[],
  io: Io,
  option: string,
): Promise<Record<string, string> | undefined> {
  if (pairs.length === 0) return undefined;
  const sources = pairs.map(pair => {
    const [, name = '', source = ''] = /^([a-z0-9-]+)=(.*)$/s.exec(pair) ?? [];
    if (name === '') throw refuse(option, 'expected NAME=@FILE, NAME=- or NAME=env:VARIABLE');
    return [name, parseSecretSource(source, option)] as const;
  });
  if (sources.filter(([, { from }]) => from === 'input').length > 1) {
    throw refuse(option, 'standard input holds one secret, and no more');
  }
  const values: Record<string, string> = {};
  for (const [name, source] of sources) values[name] = await readSecret(source, io, name, option);
  return values;
}

async function read(source: SecretSource, io: Io, name: string, option: string): Promise<string> {
  if (source.from === 'file') return readUserFile(source.path, option);
  if (source.from === 'variable') {
    const value = io.env[source.name];
    if (value === undefined) throw refuse(option, `there is no variable ${source.name}`);
    return value;
  }
  const { stdin } = io;
  if (stdin === undefined) throw refuse(option, 'there is no standard input');
  return stdin.isTTY ? typed(stdin, io, name) : piped(stdin, io.signal);
}

/** Everything up to the end of the input. */
function piped(stdin: Input, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (settle: () => void): void => {
      forgetData();
      forgetEnd();
      signal.removeEventListener('abort', cancelled);
      settle();
    };
    const cancelled = (): void => end(() => reject(new FaultError({ code: 'cancelled' })));
    const forgetData = stdin.onData(chunk => {
      text += chunk;
    });
    const forgetEnd = stdin.onEnd(() => end(() => resolve(text)));
    signal.addEventListener('abort', cancelled, { once: true });
  });
}

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

/** One line of a terminal, which shows nothing of it. */
function typed(stdin: Input, { stderr, signal }: Io, name: string): Promise<string> {
  stderr.write(`${name} (not shown): `);
  stdin.setRaw(true);
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (settle: () => void): void => {
      forget();
      signal.removeEventListener('abort', cancelled);
      stdin.setRaw(false);
      stderr.write('\n');
      settle();
    };
    const cancelled = (): void => end(() => reject(new FaultError({ code: 'cancelled' })));
    const forget = stdin.onData(keys => {
      for (const key of keys) {
        if (key === CTRL_C) return cancelled();
        if (key === '\r' || key === '\n' || key === CTRL_D) return end(() => resolve(text));
        if (key === '\u007f' || key === '\b') text = Array.from(text).slice(0, -1).join('');
        else if (key >= ' ') text += key;
      }
    });
    signal.addEventListener('abort', cancelled, { once: true });
  });
}

function refuse(path: string, message: string): FaultError {
  return new FaultError({ code: 'invalid-input', issues: [{ path, message }] });
}
