import { sleep } from '../../../../../shared/base/clock.ts';
import type { FileStat, ServiceStatus } from '../../machine.ts';
import { isSystemCallError } from '../base/nt-status.ts';
import { decodeText, encodeText, linesOf } from '../base/streams.ts';
import { hasWildcard, matchesWildcard } from '../base/wildcard.ts';
import { fileName, joinPath, parentPath } from '../base/win32-path.ts';
import type { PowerShellError, Session } from './session.ts';
import { type Row, textOf, type Value } from './value.ts';

/** Parameters as given: `-Name value`, switches as `true`, the rest in order. */
export interface Bound {
  readonly named: ReadonlyMap<string, Value>;
  readonly rest: readonly Value[];
}

/** A cmdlet's answer: objects, or the error that it ends with. */
export type Answer = { readonly values: readonly Value[] } | { readonly error: PowerShellError };
export type Cmdlet = (session: Session, bound: Bound, input: readonly Value[]) => Promise<Answer>;

const nothing: Answer = { values: [] };
const give = (...values: readonly Value[]): Answer => ({ values });

const argument = ({ named, rest }: Bound, name: string, position = 0): string | undefined => {
  const value = named.get(name) ?? rest[position];
  return value === undefined ? undefined : textOf(value);
};
const pathOf = (bound: Bound, position = 0): string | undefined =>
  argument(bound, 'path', position) ?? argument(bound, 'literalpath', position);

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
        (a, b) => Number(b.directory) - Number(a.directory) || (a.name < b.name ? -1 : 1),
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

const startSleep: Cmdlet = async (session, bound) => {
  const milliseconds = argument(bound, 'milliseconds', 9) ?? argument(bound, 'm', 9);
  const seconds = argument(bound, 'seconds') ?? argument(bound, 's') ?? '0';
  await sleep(
    session.context.clock,
    milliseconds === undefined ? (Number(seconds) || 0) * 1_000 : Number(milliseconds) || 0,
    session.context.signal,
  );
  return nothing;
};

const getProcess: Cmdlet = async (session, bound) => {
  const { silo } = session.context.win32.subject;
  const wanted = argument(bound, 'name') ?? '*';
  const id = argument(bound, 'id', 9);
  const rows = session.context.machine
    .processes()
    .filter(process => silo === 0 || process.silo === silo)
    .filter(process =>
      id === undefined
        ? matchesWildcard(wanted, process.imageName.replace(/\.exe$/i, ''))
        : String(process.processId) === id,
    )
    .map((process): Row => {
      const name = process.imageName.replace(/\.exe$/i, '');
      const { kernelTime, userTime, privateWorkingSet } = process.counters();
      const cpu = ((kernelTime + userTime) / 10_000_000).toFixed(2);
      const properties = {
        Id: process.processId,
        ProcessName: name,
        Name: name,
        WS: privateWorkingSet,
        CPU: cpu,
        SI: process.silo === 0 ? 0 : 2,
      };
      return { type: 'process', text: `System.Diagnostics.Process (${name})`, properties };
    })
    .sort((a, b) => (String(a.properties['Name']).toLowerCase() < String(b.properties['Name']).toLowerCase() ? -1 : 1));
  if (rows.length > 0 || hasWildcard(wanted)) return { values: rows };
  return {
    error: {
      command: 'Get-Process',
      message: `Cannot find a process with the name "${wanted}". Verify the process name and call the cmdlet again.`,
      category: `ObjectNotFound: (${wanted}:String) [Get-Process], ProcessCommandException`,
      id: 'NoProcessFoundForGivenName,Microsoft.PowerShell.Commands.GetProcessCommand',
    },
  };
};

function serviceRow(service: ServiceStatus): Row {
  const status = {
    stopped: 'Stopped',
    running: 'Running',
    'start-pending': 'StartPending',
    'stop-pending': 'StopPending',
  }[service.state];
  return {
    type: 'service',
    text: service.name,
    properties: { Status: status, Name: service.name, DisplayName: service.displayName },
  };
}

const getService: Cmdlet = async (session, bound) => {
  const wanted = argument(bound, 'name') ?? '*';
  const isService = ({ type }: ServiceStatus): boolean => type === 'own-process' || type === 'share-process';
  // Drivers are found by their full name only, as ServiceController has it.
  const found = session.context.win32
    .services()
    .filter(service =>
      hasWildcard(wanted)
        ? isService(service) && matchesWildcard(wanted, service.name)
        : service.name.toLowerCase() === wanted.toLowerCase(),
    )
    .toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  if (found.length > 0 || hasWildcard(wanted)) return { values: found.map(serviceRow) };
  return {
    error: {
      command: 'Get-Service',
      message: `Cannot find any service with service name '${wanted}'.`,
      category: `ObjectNotFound: (${wanted}:String) [Get-Service], ServiceCommandException`,
      id: 'NoServiceFoundForGivenName,Microsoft.PowerShell.Commands.GetServiceCommand',
    },
  };
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

const selectObject: Cmdlet = async (_session, bound, input) => {
  const property = argument(bound, 'expandproperty', 9);
  const first = argument(bound, 'first', 9);
  const some = input.slice(0, first === undefined ? undefined : Number(first));
  if (property === undefined) return { values: some };
  return { values: some.flatMap(value => memberOf(value, property)) };
};

/** A property by its name in any case; nothing when the object has none such. */
export function memberOf(value: Value, name: string): Value[] {
  if (typeof value === 'string' && name.toLowerCase() === 'length') return [value.length];
  if (typeof value !== 'object') return [];
  const key = Object.keys(value.properties).find(one => one.toLowerCase() === name.toLowerCase());
  const found = key === undefined ? undefined : value.properties[key];
  return found === undefined ? [] : [found];
}

const CMDLETS: ReadonlyMap<string, Cmdlet> = new Map<string, Cmdlet>([
  ['get-content', getContent],
  ['set-content', writeContent('Set-Content', 'replace')],
  ['add-content', writeContent('Add-Content', 'append')],
  ['out-file', writeContent('Out-File', 'replace')],
  ['get-childitem', getChildItem],
  ['test-path', testPath],
  ['start-sleep', startSleep],
  ['write-output', async (_session, { rest }, input) => ({ values: rest.length > 0 ? rest : input })],
  ['write-host', async (_session, { rest }) => give(rest.map(textOf).join(' '))],
  ['out-null', async () => nothing],
  ['out-string', async (_session, _bound, input) => give(input.map(textOf).join('\r\n'))],
  ['get-process', getProcess],
  ['get-service', getService],
  ['get-location', async session => give({ type: 'path', text: session.cwd, properties: { Path: session.cwd } })],
  ['set-location', setLocation],
  ['new-item', newItem],
  ['remove-item', removeItem],
  ['select-object', selectObject],
]);

const ALIASES: Readonly<Record<string, string>> = {
  cat: 'get-content',
  gc: 'get-content',
  type: 'get-content',
  sc: 'set-content',
  ac: 'add-content',
  dir: 'get-childitem',
  ls: 'get-childitem',
  gci: 'get-childitem',
  sleep: 'start-sleep',
  echo: 'write-output',
  write: 'write-output',
  ps: 'get-process',
  gps: 'get-process',
  gsv: 'get-service',
  pwd: 'get-location',
  gl: 'get-location',
  cd: 'set-location',
  sl: 'set-location',
  ni: 'new-item',
  rm: 'remove-item',
  del: 'remove-item',
  ri: 'remove-item',
  select: 'select-object',
};

/** A cmdlet by its name or alias, any case. */
export function findCmdlet(name: string): Cmdlet | undefined {
  const lower = name.toLowerCase();
  return CMDLETS.get(ALIASES[lower] ?? lower);
}
