import type { FileSystemOperations } from '../../machine.ts';
import { win32Of } from '../system-call-words.ts';
import { type BuildContext, hashOf } from './build-context.ts';

interface CopiedFile {
  /** Below the source, with slashes; empty for a source that is a file itself. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** One source of COPY or ADD, read. */
export interface CopySource {
  /** Its last name. */
  readonly name: string;
  readonly isDirectory: boolean;
  readonly files: readonly CopiedFile[];
}

const WILDCARD = /[*?[]/;

/** Finds the sources of COPY in the build's context. Fails in the builder's words. */
export function sourcesIn(context: BuildContext, keyword: string, patterns: readonly string[]): readonly CopySource[] {
  const found = patterns.flatMap(pattern => {
    const path = insideContext(pattern, keyword);
    const names = WILDCARD.test(path) ? context.names().filter(name => wildcardShape(path).test(name)) : [path];
    return names.map(name => sourceAt(context, keyword, name));
  });
  if (found.length === 0) throw new Error(`${keyword} failed: no source files were specified`);
  return found;
}

function insideContext(pattern: string, keyword: string): string {
  const parts: string[] = [];
  for (const part of pattern.replaceAll('\\', '/').split('/')) {
    if (part === '..' && parts.length === 0) {
      throw new Error(`${keyword} failed: forbidden path outside the build context: ${pattern} ()`);
    }
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function sourceAt(context: BuildContext, keyword: string, path: string): CopySource {
  const name = path.split('/').at(-1) ?? '';
  const bytes = path === '' ? undefined : context.read(path);
  if (bytes !== undefined) return { name, isDirectory: false, files: [{ path: '', bytes }] };
  const files = context.below(path);
  if (files !== undefined) return { name, isDirectory: true, files };
  const shown = path.replaceAll('/', '\\');
  throw new Error(
    `${keyword} failed: file not found in build context or excluded by .dockerignore: stat ${shown}: file does not exist`,
  );
}

/** The sources of `COPY --from`, out of another image's tree. */
export async function sourcesFrom(
  tree: FileSystemOperations,
  patterns: readonly string[],
): Promise<readonly CopySource[]> {
  const found: CopySource[] = [];
  for (const pattern of patterns) {
    const path = `\\${pattern
      .replaceAll('/', '\\')
      .replace(/^[A-Za-z]:/, '')
      .split('\\')
      .filter(Boolean)
      .join('\\')}`;
    if (path === '\\' || path.toLowerCase() === '\\windows') {
      throw new Error('COPY failed: copy from c:\\ or c:\\windows is not allowed on windows');
    }
    try {
      const stat = await tree.stat(path);
      found.push({ name: stat.name, isDirectory: stat.directory, files: await filesUnder(tree, path, stat.directory) });
    } catch (caught) {
      if (win32Of(caught) === undefined) throw caught;
      throw new Error(`COPY failed: stat ${path.slice(1)}: file does not exist`, { cause: caught });
    }
  }
  return found;
}

async function filesUnder(tree: FileSystemOperations, path: string, isDirectory: boolean): Promise<CopiedFile[]> {
  if (!isDirectory) return [{ path: '', bytes: await tree.read(path) }];
  const files: CopiedFile[] = [];
  for (const { name, directory } of await tree.list(path)) {
    for (const file of await filesUnder(tree, `${path}\\${name}`, directory)) {
      files.push({ ...file, path: file.path === '' ? name : `${name}/${file.path}` });
    }
  }
  return files;
}

/** Names the content of sources, as the step of a COPY is called. */
export function hashSources(sources: readonly CopySource[]): string {
  const hashes = sources.map(({ isDirectory, files }) => {
    const inside = files.map(({ path, bytes }) => hashOf(`${path}:${hashOf(bytes)}`)).sort();
    const [only] = files;
    return isDirectory || only === undefined ? `dir:${hashOf(inside.join(','))}` : `file:${hashOf(only.bytes)}`;
  });
  return hashes.length === 1 ? (hashes[0] ?? '') : `multi:${hashOf(hashes.join(','))}`;
}

/** Writes the sources to a place of an image's disk; a place that ends with a backslash, or is a directory, takes them in. */
export async function copyTo(disk: FileSystemOperations, sources: readonly CopySource[], to: string): Promise<void> {
  const place = to.replace(/\\+$/, '');
  const isInto = to.endsWith('\\') || (await isDirectory(disk, place === '' ? '\\' : place));
  for (const { name, isDirectory: isFolder, files } of sources) {
    if (isFolder) await makeDirectory(disk, place);
    for (const { path, bytes } of files) {
      const below = isFolder ? `\\${path.replaceAll('/', '\\')}` : isInto ? `\\${name}` : '';
      const target = `${place}${below}`;
      await makeDirectory(disk, target.slice(0, target.lastIndexOf('\\')));
      await disk.write(target, bytes, 'replace');
    }
  }
}

const isDirectory = async (disk: FileSystemOperations, path: string): Promise<boolean> =>
  (await disk.stat(path).catch(() => undefined))?.directory === true;

/** Makes a directory and those above it; the root is always there. */
export async function makeDirectory(disk: FileSystemOperations, path: string): Promise<void> {
  if (path === '' || (await disk.stat(path).catch(() => undefined)) !== undefined) return;
  await makeDirectory(disk, path.slice(0, path.lastIndexOf('\\')));
  await disk.createDirectory(path);
}

/** Go's filepath.Match: `*` and `?` stay within one name. */
function wildcardShape(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${source}$`, 'i');
}
