import type { Builtin } from './builtin.ts';
import { CONSOLE_BUILTINS } from './builtins/console.ts';
import { CONTROL_BUILTINS } from './builtins/control.ts';
import { dir } from './builtins/dir.ts';
import { DIRECTORY_BUILTINS } from './builtins/directories.ts';
import { FILE_BUILTINS } from './builtins/files.ts';
import { VARIABLE_BUILTINS } from './builtins/variables.ts';

const BUILTINS: ReadonlyMap<string, Builtin> = new Map([
  ...CONSOLE_BUILTINS,
  ...CONTROL_BUILTINS,
  ...DIRECTORY_BUILTINS,
  ...FILE_BUILTINS,
  ...VARIABLE_BUILTINS,
  ['dir', { run: dir }],
]);

export interface FoundBuiltin {
  readonly builtin: Builtin;
  /** The tail with what was glued to the name: `cd..`, `echo.`, `dir/b`. */
  readonly tail: string;
}

/** The built-in of a name, any case; a separator may be glued to it. A quoted name is never a built-in. */
export function findBuiltin(name: string, tail: string): FoundBuiltin | undefined {
  const match = /^([A-Za-z]+)([./\\:,;=+[\](].*)?$/s.exec(name);
  const builtin = BUILTINS.get(match?.[1]?.toLowerCase() ?? '');
  if (match === null || builtin === undefined) return undefined;
  const glued = match[2] ?? '';
  // `dir.exe` is a program's name.
  if (/^\.[A-Za-z]/.test(glued) && match[1]?.toLowerCase() !== 'echo') return undefined;
  return { builtin, tail: glued + tail };
}
