import { pipeline } from 'node:stream/promises';
import tar from 'tar-stream';
import type { FileStat, FileSystemOperations } from '../machine.ts';
import { type Answer, empty } from './answer.ts';
import { badRequest, notFound, serverError } from './api-error.ts';
import { archivePath, baseName, entryPlace } from './archive-path.ts';
import type { Call, Route } from './call.ts';
import type { Container } from './container.ts';
import type { EngineState } from './engine-state.ts';
import { win32Of } from './system-call-words.ts';

/** archive: `docker cp` in both directions, over the container's own disk. */
export function archiveRoutes(state: EngineState): readonly Route[] {
  const place = (call: Call): Place => placeOf(state.containers.get(call.parameter()), call);
  return [
    [
      'HEAD',
      '/containers/{}/archive',
      async call => ({ kind: 'empty', status: 200, headers: statHeader(await statOf(place(call))) }),
    ],
    ['GET', '/containers/{}/archive', call => get(place(call))],
    ['PUT', '/containers/{}/archive', call => put(place(call), call)],
  ];
}

interface Place {
  readonly container: Container;
  readonly disk: FileSystemOperations;
  /** As asked. */
  readonly asked: string;
  readonly path: string;
}

function placeOf(container: Container, call: Call): Place {
  const asked = call.text('path') ?? '';
  if (asked === '') throw badRequest('bad parameter: pathcannot be empty');
  if (container.running && container.parts.isolation === 'hyperv') {
    throw serverError('filesystem operations against a running Hyper-V container are not supported');
  }
  return { container, disk: container.parts.disk.operations, asked, path: archivePath(asked) };
}

async function statOf({ disk, path, asked, container }: Place): Promise<FileStat> {
  try {
    return await disk.stat(path);
  } catch (caught) {
    const code = win32Of(caught);
    if (code === 2 || code === 3) throw notFound(`Could not find the file ${asked} in container ${container.name}`);
    throw caught;
  }
}

/** Go's FileMode of a directory has bit 31 set. */
const DIRECTORY = 2_147_483_648;

function statHeader(stat: FileStat): Record<string, string> {
  const mode = stat.directory ? DIRECTORY + 0o777 : stat.readOnly ? 0o444 : 0o666;
  const described = {
    name: stat.name === '' ? '/' : stat.name,
    size: stat.size,
    mode,
    mtime: new Date(stat.modified).toISOString(),
    linkTarget: '',
  };
  return { 'X-Docker-Container-Path-Stat': Buffer.from(JSON.stringify(described)).toString('base64') };
}

async function get(place: Place): Promise<Answer> {
  const stat = await statOf(place);
  const pack = tar.pack();
  const filled = add(place.disk, pack, place.path, baseName(place.path) === '/' ? '/' : stat.name, stat).then(() =>
    pack.finalize(),
  );
  filled.catch((caught: unknown) => pack.destroy(caught instanceof Error ? caught : new Error(String(caught))));
  return {
    kind: 'stream',
    contentType: 'application/x-tar',
    headers: statHeader(stat),
    async run(to) {
      for await (const chunk of pack) if (chunk instanceof Uint8Array) await to.write(chunk);
    },
  };
}

/** Adds a file or a whole directory under the name. */
async function add(
  disk: FileSystemOperations,
  pack: tar.Pack,
  path: string,
  name: string,
  stat: FileStat,
): Promise<void> {
  const entry = { name: stat.directory ? `${name}/`.replace(/\/+$/, '/') : name, mtime: new Date(stat.modified) };
  if (!stat.directory) {
    pack.entry({ ...entry, mode: stat.readOnly ? 0o444 : 0o666 }, Buffer.from(await disk.read(path)));
    return;
  }
  pack.entry({ ...entry, type: 'directory', mode: 0o777 });
  for (const child of await disk.list(path)) {
    const inner = path === '\\' ? `\\${child.name}` : `${path}\\${child.name}`;
    await add(disk, pack, inner, `${name}/${child.name}`.replace(/^\/+/, ''), child);
  }
}

async function put(place: Place, call: Call): Promise<Answer> {
  const stat = await statOf(place);
  if (!stat.directory) throw badRequest('extraction point is not a directory');
  const keepKinds = call.flag('noOverwriteDirNonDir');
  const extract = tar.extract();
  const writing = pipeline(call.parts.body, extract);
  const reading = (async () => {
    for await (const entry of extract) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of entry) if (chunk instanceof Uint8Array) chunks.push(chunk);
      const target = entryPlace(place.path, entry.header.name);
      if (target === undefined) throw badRequest(`invalid path in archive: ${entry.header.name}`);
      await unpack(place.disk, target, entry.header.type === 'directory', Buffer.concat(chunks), keepKinds);
    }
  })();
  await Promise.all([writing, reading]);
  return empty(200);
}

async function unpack(
  disk: FileSystemOperations,
  path: string,
  directory: boolean,
  bytes: Uint8Array,
  keepKinds: boolean,
): Promise<void> {
  const held = await disk.stat(path).catch(() => undefined);
  if (held !== undefined && held.directory !== directory && keepKinds) {
    throw badRequest(
      `cannot overwrite ${held.directory ? 'directory' : 'non-directory'} "${path}" with ${directory ? 'directory' : 'non-directory'}`,
    );
  }
  if (directory) {
    if (held === undefined) await disk.createDirectory(path);
    return;
  }
  if (held === undefined) await parents(disk, path);
  await disk.write(path, bytes, 'replace');
}

/** Makes the directories above a file, where the archive names none. */
async function parents(disk: FileSystemOperations, path: string): Promise<void> {
  const above = path.slice(0, path.lastIndexOf('\\'));
  if (above === '' || (await disk.stat(above).catch(() => undefined)) !== undefined) return;
  await parents(disk, above);
  await disk.createDirectory(above);
}
