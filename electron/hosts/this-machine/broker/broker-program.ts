import { win32 } from 'node:path';

/** A program, and what stands before the broker's own arguments on its command line. */
export interface BrokerProgram {
  readonly file: string;
  readonly before: readonly string[];
}

/** The program of the window, where it is installed. It is a broker by its first argument. */
const PROGRAM = 'Siloscope.exe';
/** Where the command line lies below it. Ground: electron/build/pack. */
const NODE_BELOW = 'resources\\cli\\node.exe';

/**
 * What is started as an administrator, and hence named in the prompt of Windows. `node`: the Node that runs this process;
 * `script`: the broker's. Where Siloscope was installed its own program stands above that Node, and bears its name and its
 * signature; of Node itself a user who is asked could not tell what for.
 */
export function brokerProgram(
  { node, script }: { readonly node: string; readonly script: string },
  isThere: (file: string) => boolean,
): BrokerProgram {
  const folder = win32.resolve(win32.dirname(node), '..', '..');
  const packaged = win32.join(folder, PROGRAM);
  const isPackaged =
    win32.isAbsolute(node) &&
    sameFile(node, win32.join(folder, NODE_BELOW)) &&
    isBelow(script, win32.dirname(node)) &&
    isThere(packaged);
  return isPackaged ? { file: packaged, before: [] } : { file: node, before: [script] };
}

/** Windows' names have no case. */
const sameFile = (a: string, b: string): boolean =>
  win32.normalize(a).toLowerCase() === win32.normalize(b).toLowerCase();

function isBelow(file: string, folder: string): boolean {
  const between = win32.relative(folder.toLowerCase(), file.toLowerCase());
  return between !== '' && !between.startsWith('..') && !win32.isAbsolute(between);
}
