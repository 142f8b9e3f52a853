/** A Win32 path taken apart: `C:` + [`dir`, `f.txt`], `\\class\share` + [...], `\\?\...` kept as it is. */
export interface Win32Path {
  /** `C:`, `\\server\share`, `\\?\GLOBALROOT\...` (verbatim, no parts), or `\\.\NAME`. */
  readonly root: string;
  readonly parts: readonly string[];
}

const VERBATIM = /^\\\\[?.]\\/;

/** Makes a path full (GetFullPathName): slashes turned, `.` and `..` taken out, trailing dots and blanks of a part dropped. */
export function fullPath(path: string, cwd: string, driveDirectories?: ReadonlyMap<string, string>): string {
  return formatPath(parsePath(absolute(path.replaceAll('/', '\\'), cwd, driveDirectories)));
}

function absolute(path: string, cwd: string, driveDirectories?: ReadonlyMap<string, string>): string {
  if (path.startsWith('\\\\')) return path;
  const drive = /^([A-Za-z]):(.*)$/s.exec(path);
  if (drive !== null) {
    const letter = `${drive[1]?.toUpperCase() ?? ''}:`;
    const rest = drive[2] ?? '';
    if (rest.startsWith('\\')) return letter + rest;
    const base = cwd.slice(0, 2).toUpperCase() === letter ? cwd : (driveDirectories?.get(letter) ?? `${letter}\\`);
    return rest === '' ? base : `${base}\\${rest}`;
  }
  if (path.startsWith('\\')) return parsePath(cwd).root + path;
  return path === '' ? cwd : `${cwd}\\${path}`;
}

/** Takes an absolute path apart. Total: an odd path ends up with odd parts, never with an error. */
export function parsePath(path: string): Win32Path {
  if (VERBATIM.test(path)) return { root: path, parts: [] };
  if (path.startsWith('\\\\')) {
    const [server = '', share = '', ...rest] = path.slice(2).split(/\\+/);
    return { root: share === '' ? `\\\\${server}` : `\\\\${server}\\${share}`, parts: plain(rest) };
  }
  const drive = /^([A-Za-z]:)(.*)$/s.exec(path);
  if (drive !== null) return { root: (drive[1] ?? '').toUpperCase(), parts: plain((drive[2] ?? '').split(/\\+/)) };
  return { root: '', parts: plain(path.split(/\\+/)) };
}

function plain(parts: readonly string[]): string[] {
  const kept: string[] = [];
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part === '..') kept.pop();
    else kept.push(part.replace(/[. ]+$/, '') || part);
  }
  return kept;
}

/** `C:\` for a drive's root, `\\server\share` for a share's, no trailing backslash otherwise. */
export function formatPath({ root, parts }: Win32Path): string {
  if (parts.length === 0) return /^[A-Z]:$/i.test(root) ? `${root}\\` : root;
  return `${root}\\${parts.join('\\')}`;
}

export function joinPath(directory: string, name: string): string {
  return directory.endsWith('\\') ? directory + name : `${directory}\\${name}`;
}

/** The directory above; a root is its own parent. */
export function parentPath(path: string): string {
  const { root, parts } = parsePath(path);
  return formatPath({ root, parts: parts.slice(0, -1) });
}

/** The last part, `` for a root. */
export function fileName(path: string): string {
  return parsePath(path).parts.at(-1) ?? '';
}
