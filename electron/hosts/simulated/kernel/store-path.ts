import { STATUS, systemCallError } from './status.ts';

const LONGEST_NAME = 255;
const FORBIDDEN = new Set('"*/:<>?|');
const FIRST_PRINTABLE = ' ';

/** The components of a volume-relative path, without empty ones; the root has none. */
export function componentsOf(path: string): string[] {
  return path.split('\\').filter(component => component !== '');
}

/** Refuses a name that NTFS would not store. */
export function checkName(name: string): void {
  const bad =
    name.length > LONGEST_NAME || Array.from(name).some(char => char < FIRST_PRINTABLE || FORBIDDEN.has(char));
  if (bad) throw systemCallError(STATUS.OBJECT_NAME_INVALID, name);
}

/** Parent path and last name; the root has no name. */
export function splitPath(path: string): { readonly parent: readonly string[]; readonly name: string } {
  const components = componentsOf(path);
  const name = components.pop() ?? '';
  return { parent: components, name };
}

/** `\a\b` of `['a', 'b']`; `\` of none. */
export function joinPath(components: readonly string[]): string {
  return `\\${components.join('\\')}`;
}
