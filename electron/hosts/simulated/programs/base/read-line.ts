import type { ByteSink, ByteSource } from '../../machine.ts';
import { Keyboard } from './keyboard.ts';
import { LineReader } from './streams.ts';

/**
 * The next line of an input without its end, taking no more than that line: what follows is for the next who reads.
 * undefined when the input has ended, or was interrupted by Ctrl-C.
 */
export async function readLine(source: ByteSource): Promise<string | undefined> {
  if (source instanceof LineReader) return source.next();
  if (!(source instanceof Keyboard)) return new LineReader(source).next();
  const typed = await source.line();
  return typed !== undefined && 'line' in typed ? typed.line : undefined;
}

/** Waits for a key: one character of an input that is no keyboard. */
export async function readKey(source: ByteSource): Promise<void> {
  if (source instanceof LineReader) await source.character();
  else await source.read();
}

/**
 * Asks `Are you sure (Y/N)?` and its like. The answer's first letter in lower case, empty when none was given. An answer
 * that nobody typed is shown as if it had been.
 */
export async function ask(question: string, stdin: ByteSource, stdout: ByteSink): Promise<string> {
  await stdout.write(`${question} `);
  const line = await readLine(stdin);
  if (!(stdin instanceof Keyboard)) await stdout.write(`${line ?? ''}\r\n`);
  return line?.trim().charAt(0).toLowerCase() ?? '';
}
