import { escapeUntrusted } from './plain-text.ts';

/** What the system said of a file, as Node throws it. */
export interface FileError {
  readonly code?: string | undefined;
  readonly message: string;
}

/** Why a file that the user named could not be read or written. What nobody has met is said as it came. */
export function wordFileError({ code, message }: FileError, file: string, act: 'read' | 'written'): string {
  const name = escapeUntrusted(file, 200);
  switch (code ?? '') {
    case 'ENOENT':
      return act === 'read' ? `${name} is not there` : `there is no folder ${escapeUntrusted(folderOf(file), 200)}`;
    case 'ENOTDIR':
      return `a part of ${name} is a file, not a folder`;
    case 'EEXIST':
      return `${name} is there already`;
    case 'ENAMETOOLONG':
      return `${name} is a longer name than the system takes`;
    case 'ELOOP':
      return `${name} leads in a circle of links`;
    case 'EISDIR':
      return `${name} is a folder`;
    case 'EACCES':
    case 'EPERM':
      return `${name} may not be ${act} by this user (${code})`;
    case 'EROFS':
      return `${name} is on a disk that is read-only`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `the disk of ${name} is full`;
    default:
      return message;
  }
}

function folderOf(file: string): string {
  const at = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
  return at < 0 ? '.' : file.slice(0, at + 1);
}
