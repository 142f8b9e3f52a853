/** Working directories and targets as the builder writes them on Windows. Ground: moby daemon/builder/dockerfile/*_windows.go. */

/** The directory that `WORKDIR asked` leads to from another one: `C:\name`, the drive's letter in upper case. */
export function workingDirectory(current: string, asked: string): string {
  const path = asked.replaceAll('/', '\\');
  if (/^[A-Za-z]:\.?$/.test(path)) {
    throw new Error(
      `${path[0]}:. is not a directory. If you are specifying a drive letter, please add a trailing '\\'`,
    );
  }
  if (/^[A-Za-z]:/.test(path)) return clean(`${path.charAt(0).toUpperCase()}${path.slice(1)}`);
  if (path.startsWith('\\') || current === '') return clean(`C:\\${path}`);
  return clean(`${current}\\${path}`);
}

/** Where COPY and ADD write, on the system drive and without its letter; a trailing backslash is kept. */
export function copyTarget(workingDir: string, asked: string, keyword: string): string {
  const given = asked.replaceAll('/', '\\');
  const drive = /^([A-Za-z]):\\/.exec(given)?.[1];
  if (drive !== undefined && drive.toUpperCase() !== 'C') {
    throw new Error(`invalid ${keyword}: Windows does not support destinations not on the system drive (C:)`);
  }
  const bare = drive === undefined ? given : given.slice(2);
  const whole = bare.startsWith('\\') ? bare : `${workingDir.slice(2)}\\${bare}`;
  const isFolder = /\\\.?$/.test(whole);
  const path = clean(whole.startsWith('\\') ? whole : `\\${whole}`);
  return isFolder && !path.endsWith('\\') ? `${path}\\` : path;
}

/** Backslashes, `.` and `..` resolved; a drive letter and a leading backslash stay. */
function clean(path: string): string {
  const [, drive = '', rest = ''] = /^([A-Za-z]:)?(.*)$/s.exec(path.replaceAll('/', '\\')) ?? [];
  const parts: string[] = [];
  for (const part of rest.split('\\')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const lead = rest.startsWith('\\') ? '\\' : '';
  return `${drive}${lead}${parts.join('\\')}`;
}
