import type { ProgramContext } from '../../machine.ts';
import { encodeText } from '../base/streams.ts';
import { win32Message } from '../base/win32-message.ts';
import { fullPath } from '../base/win32-path.ts';
import { readInputs } from './text-input.ts';

const switchesOf = (context: ProgramContext): string[] =>
  context.argv
    .slice(1)
    .filter(arg => arg.startsWith('/'))
    .map(arg => arg.toLowerCase());
const wordsOf = (context: ProgramContext): string[] => context.argv.slice(1).filter(arg => !arg.startsWith('/'));

/** find [/v] [/c] [/n] [/i] "text" files. */
export async function find(context: ProgramContext): Promise<number> {
  const switches = switchesOf(context);
  const [text, ...files] = wordsOf(context);
  // The text must be in quotes, which are gone from argv.
  if (text === undefined || !context.commandLine.includes('"')) {
    await context.stderr.write('FIND: Parameter format not correct\r\n');
    return 2;
  }
  const fold = (line: string): string => (switches.includes('/i') ? line.toLowerCase() : line);
  const inputs = await readInputs(context, files, name =>
    context.stderr.write(`File not found - ${name.toUpperCase()}\r\n`),
  );
  let found = false;
  for (const { name, lines } of inputs) {
    const hits = lines
      .map((line, index) => ({ line, number: index + 1 }))
      .filter(({ line }) => fold(line).includes(fold(text)) !== switches.includes('/v'));
    found ||= hits.length > 0;
    const title = name === undefined ? '' : `\r\n---------- ${name.toUpperCase()}`;
    if (switches.includes('/c')) await context.stdout.write(`${title === '' ? '' : `${title}: `}${hits.length}\r\n`);
    else {
      const body = hits
        .map(({ line, number }) => `${switches.includes('/n') ? `[${number}]` : ''}${line}\r\n`)
        .join('');
      await context.stdout.write(`${title === '' ? '' : `${title}\r\n`}${body}`);
    }
  }
  return found ? 0 : 1;
}

/** more: nobody turns pages here, so everything is shown at once, with an empty line at the end. */
export async function more(context: ProgramContext): Promise<number> {
  const inputs = await readInputs(context, wordsOf(context), name =>
    context.stderr.write(`Cannot access file ${fullPath(name, context.cwd)}\r\n`),
  );
  for (const { lines } of inputs) await context.stdout.write(`${lines.map(line => `${line}\r\n`).join('')}\r\n`);
  return inputs.length === 0 ? 1 : 0;
}

/** sort [/r] [/+n] [/o file] [file]. Case does not count. */
export async function sort(context: ProgramContext): Promise<number> {
  const switches = switchesOf(context);
  const words = wordsOf(context);
  const output = switches.some(text => text === '/o' || text === '/output') ? words.pop() : undefined;
  const column = Math.max(
    0,
    Number(switches.map(text => /^\/\+(\d+)$/.exec(text)?.[1]).find(text => text !== undefined) ?? 1) - 1,
  );
  const inputs = await readInputs(context, words, name => context.stderr.write(`${name}${win32Message(2)}\r\n`));
  if (inputs.length === 0) return 1;
  const key = (line: string): string => line.slice(column).toLowerCase();
  const lines = inputs.flatMap(input => input.lines);
  const sorted = lines.toSorted((a, b) => (key(a) === key(b) ? 0 : key(a) < key(b) ? -1 : 1));
  if (switches.some(text => text === '/r' || text === '/reverse')) sorted.reverse();
  const text = sorted.map(line => `${line}\r\n`).join('');
  if (output === undefined) await context.stdout.write(text);
  else await context.win32.write(fullPath(output, context.cwd), encodeText(text), 'replace');
  return 0;
}
