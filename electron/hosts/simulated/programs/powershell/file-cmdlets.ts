import type { FileStat } from '../../machine.ts';
import { isSystemCallError } from '../base/nt-status.ts';
import { decodeText, encodeText, linesOf } from '../base/streams.ts';
import { hasWildcard, matchesWildcard } from '../base/wildcard.ts';
import { fileName, joinPath, parentPath } from '../base/win32-path.ts';
import { type Answer, argument, type Cmdlet, give, nothing, pathOf } from './cmdlet.ts';
import { type Row, textOf } from './value.ts';

function notFound(command: string, path: string): Answer {
  return {
    error: {
      command,
      message: `Cannot find path '${path}' because it does not exist.`,
      category: `ObjectNotFound: (${path}:String) [${command}], ItemNotFoundException`,
      id: `PathNotFound,Microsoft.PowerShell.Commands.${command.replace('-', '')}Command`,
    },
  };
}

/** Runs file work; a failed system call becomes the cmdlet's error. */
async function withPath(command: string, path: string, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    if ([2, 3, 15, 53, 67].includes(caught.win32)) return notFound(command, path);
    const denied = caught.win32 === 5 || caught.win32 === 19;
    const kind = denied ? 'UnauthorizedAccessException' : 'IOException';
    return {
      error: {
        command,
        message: denied ? `Access to the path '${path}' is denied.` : 'There is not enough space on the disk.',
        category: `${denied ? 'PermissionDenied' : 'WriteError'}: (${path}:String) [${command}], ${kind}`,
        id: `${command.replace('-', '')}${kind},Microsoft.PowerShell.Commands.${command.replace('-', '')}Command`,
      },
    };
  }
}

const getContent: Cmdlet = async (session, bound) => {
  const path = session.path(pathOf(bound) ?? '');
  return withPath('Get-Content', path, async () => {
    const text = decodeText(await session.context.win32.read(path));
    return bound.named.has('raw') ? give(text) : { values: linesOf(text) };
  });
};

const writeContent =
  (command: string, how: 'replace' | 'append'): Cmdlet =>
  async (session, bound, input) => {
    const path = session.path(pathOf(bound) ?? argument(bound, 'filepath') ?? '');
    const given = bound.named.get('value') ?? bound.named.get('inputobject') ?? bound.rest[1];
    const lines = (given === undefined ? input : [given]).map(textOf);
    const text = lines.map(line => `${line}\r\n`).join('');
    return withPath(command, path, async () => {
      const bytes = encodeText(bound.named.has('nonewline') ? lines.join('') : text);
      await session.context.win32.write(path, bytes, bound.named.has('append') ? 'append' : how);
      return nothing;
    });
  };

function fileRow(directory: string, entry: FileStat): Row {
  const mode = `${entry.directory ? 'd' : '-'}${entry.directory ? '-' : 'a'}${entry.readOnly ? 'r' : '-'}${entry.hidden ? 'h' : '-'}--`;
  const path = joinPath(directory, entry.name);
  const shared = {
    Mode: mode,
    LastWriteTime: entry.modified,
    Name: entry.name,
    FullName: path,
    PSIsContainer: entry.directory,
  };
  return {
    type: 'file',
    directory,
    text: entry.name,
    properties: entry.directory ? shared : { ...shared, Length: entry.size },
  };
}

const getChildItem: Cmdlet = async (session, bound) => {
  const typed = pathOf(bound) ?? '';
  const path = session.path(typed);
  const names = bound.named.has('name');
  return withPath('Get-ChildItem', path, async () => {
    const { win32 } = session.context;
    const pattern = argument(bound, 'filter', 1) ?? (hasWildcard(typed) ? fileName(path) : '*');
    const start = hasWildcard(typed) ? parentPath(path) : path;
    if (!hasWildcard(typed) && /[^\\:]$/.test(path) && fileName(path) !== '') {
      const stat = await win32.stat(path);
      if (!stat.directory) return give(fileRow(parentPath(path), stat));
    }
    const found: Row[] = [];
    const walk = async (directory: string): Promise<void> => {
      const entries = (await win32.list(directory)).toSorted(
        (a, b) => Number(b.directory) - Number(a.directory) || (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1),
      );
      for (const entry of entries) {
        const wanted =
          !(bound.named.has('directory') && !entry.directory) && !(bound.named.has('file') && entry.directory);
        if (wanted && matchesWildcard(pattern, entry.name)) found.push(fileRow(directory, entry));
      }
      if (!bound.named.has('recurse')) return;
      for (const entry of entries.filter(one => one.directory)) await walk(joinPath(directory, entry.name));
    };
    await walk(start);
    return { values: names ? found.map(row => row.text) : found };
  });
};

/** One file or directory; a library or program has its version resource, as the text of our own files says it. */
const getItem: Cmdlet = async (session, bound) => {
  const path = session.path(pathOf(bound) ?? '');
  return withPath('Get-Item', path, async () => {
    const { win32 } = session.context;
    const row = fileRow(parentPath(path), await win32.stat(path));
    if (row.properties['PSIsContainer'] === true || !/\.(?:dll|sys|exe)$/i.test(path)) return give(row);
    const version = /^MZ .* version (\S+)/.exec(decodeText(await win32.read(path)))?.[1] ?? '';
    const versionInfo: Row = {
      type: 'plain',
      text: path,
      properties: { FileVersion: version, ProductVersion: version },
    };
    return give({ ...row, properties: { ...row.properties, VersionInfo: versionInfo } });
  });
};

const testPath: Cmdlet = async (session, bound) => {
  try {
    const stat = await session.context.win32.stat(session.path(pathOf(bound) ?? ''));
    const type = argument(bound, 'pathtype', 1)?.toLowerCase();
    return give(type === undefined || type === 'any' || stat.directory === (type === 'container'));
  } catch (caught) {
    if (isSystemCallError(caught)) return give(false);
    throw caught;
  }
};

const setLocation: Cmdlet = async (session, bound) => {
  const path = session.path(pathOf(bound) ?? '');
  return withPath('Set-Location', path, async () => {
    if (!(await session.context.win32.stat(path)).directory) return notFound('Set-Location', path);
    session.cwd = path;
    return nothing;
  });
};

const newItem: Cmdlet = async (session, bound) => {
  const path = session.path(pathOf(bound) ?? '');
  const directory = (argument(bound, 'itemtype', 9) ?? argument(bound, 'type', 9))?.toLowerCase() === 'directory';
  return withPath('New-Item', path, async () => {
    const { win32 } = session.context;
    if (directory) await win32.createDirectory(path);
    else await win32.write(path, encodeText(argument(bound, 'value', 9) ?? ''), 'replace');
    return give(fileRow(parentPath(path), await win32.stat(path)));
  });
};

const removeItem: Cmdlet = async (session, bound) => {
  const path = session.path(pathOf(bound) ?? '');
  const { win32 } = session.context;
  const remove = async (at: string): Promise<void> => {
    if (!(await win32.stat(at)).directory) return win32.deleteFile(at);
    for (const entry of await win32.list(at)) await remove(joinPath(at, entry.name));
    return win32.removeDirectory(at);
  };
  return withPath('Remove-Item', path, async () => {
    await remove(path);
    return nothing;
  });
};

export const FILE_CMDLETS: readonly (readonly [string, Cmdlet])[] = [
  ['get-content', getContent],
  ['set-content', writeContent('Set-Content', 'replace')],
  ['add-content', writeContent('Add-Content', 'append')],
  ['out-file', writeContent('Out-File', 'replace')],
  ['get-childitem', getChildItem],
  ['get-item', getItem],
  ['test-path', testPath],
  ['get-location', async session => give({ type: 'path', text: session.cwd, properties: { Path: session.cwd } })],
  ['set-location', setLocation],
  ['new-item', newItem],
  ['remove-item', removeItem],
];
