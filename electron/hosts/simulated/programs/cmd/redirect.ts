import type { ByteSink, ByteSource } from '../../machine.ts';
import { isSystemCallError } from '../base/nt-status.ts';
import { emptySource, encodeText, LineReader, nulSink, sourceOf } from '../base/streams.ts';
import { complain, fail } from './builtin.ts';
import type { Shell, Streams } from './shell.ts';
import type { Redirection } from './syntax.ts';

const isNul = (target: string): boolean => /^(\\\\\.\\)?nul:?$/i.test(target);
const isConsole = (target: string): boolean => /^(\\\\\.\\)?con(out\$)?:?$/i.test(target);

/** Applies redirections from left to right. `undefined`: one failed, and the reason has been printed. */
export async function redirect(
  shell: Shell,
  streams: Streams,
  redirections: readonly Redirection[],
): Promise<Streams | undefined> {
  let stdin: ByteSource = streams.stdin;
  const sinks = new Map<number, ByteSink>([
    [1, streams.stdout],
    [2, streams.stderr],
  ]);
  for (const redirection of redirections) {
    if (redirection.kind === 'duplicate') {
      sinks.set(redirection.handle, sinks.get(redirection.of) ?? nulSink);
      continue;
    }
    try {
      if (redirection.how === 'read') stdin = await openForReading(shell, redirection.target);
      else sinks.set(redirection.handle, await openForWriting(shell, redirection.target, redirection.how));
    } catch (caught) {
      if (isSystemCallError(caught) && caught.win32 === 15)
        await complain(streams, 'The system cannot find the drive specified.');
      else await fail(streams, caught);
      return undefined;
    }
  }
  return { stdin, stdout: sinks.get(1) ?? nulSink, stderr: sinks.get(2) ?? nulSink };
}

async function openForReading(shell: Shell, target: string): Promise<ByteSource> {
  if (isNul(target)) return emptySource;
  return new LineReader(sourceOf(await shell.win32.read(shell.path(target))));
}

async function openForWriting(shell: Shell, target: string, how: 'replace' | 'append'): Promise<ByteSink> {
  if (isNul(target)) return nulSink;
  if (isConsole(target)) return shell.context.stdout;
  const path = shell.path(target);
  await shell.win32.write(path, new Uint8Array(), how);
  return {
    write: bytes => shell.win32.write(path, typeof bytes === 'string' ? encodeText(bytes) : bytes, 'append'),
  };
}
