import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import tar from 'tar-stream';
import { ApiError, badRequest } from '../api-error.ts';

/** The files of a build, by their path with slashes; directories end with one. */
export class BuildContext {
  readonly #files: ReadonlyMap<string, Uint8Array>;

  constructor(files: ReadonlyMap<string, Uint8Array>) {
    this.#files = files;
  }

  /** Content of a file; undefined when there is none. Windows does not tell names by their case. */
  read(path: string): Uint8Array | undefined {
    const wanted = path.toLowerCase();
    for (const [name, bytes] of this.#files) if (name.toLowerCase() === wanted && !name.endsWith('/')) return bytes;
    return undefined;
  }

  /** Files below a directory (`''`: all), with their paths relative to it; undefined when there is no such directory. */
  below(directory: string): readonly { readonly path: string; readonly bytes: Uint8Array }[] | undefined {
    const prefix = directory === '' ? '' : `${directory}/`.toLowerCase();
    const inside = [...this.#files].filter(([name]) => name.toLowerCase().startsWith(prefix));
    if (inside.length === 0 && directory !== '') return undefined;
    return inside
      .filter(([name]) => !name.endsWith('/'))
      .map(([name, bytes]) => ({ path: name.slice(prefix.length), bytes }));
  }

  /** Every file and directory, without a trailing slash. */
  names(): readonly string[] {
    const names = new Set<string>();
    for (const name of this.#files.keys()) {
      const parts = name.split('/').filter(part => part !== '');
      for (let depth = 1; depth <= parts.length; depth += 1) names.add(parts.slice(0, depth).join('/'));
    }
    return [...names].sort();
  }

  /**
   * Without the Dockerfile and `.dockerignore` where the latter names them: that is all the daemon itself leaves out, the
   * rest is the client's work. Ground: moby daemon/builder/remotecontext/detect.go.
   */
  withoutIgnored(dockerfile: string): BuildContext {
    const list = this.read('.dockerignore');
    if (list === undefined) return this;
    const ignored = ignoring(Buffer.from(list).toString('utf8'));
    const gone = new Set([dockerfile, '.dockerignore'].filter(ignored).map(name => name.toLowerCase()));
    return new BuildContext(new Map([...this.#files].filter(([name]) => !gone.has(name.toLowerCase()))));
  }
}

/** Whether a `.dockerignore` leaves a path out: the last line that fits decides. */
export function ignoring(list: string): (path: string) => boolean {
  const rules = list
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => {
      const isException = line.startsWith('!');
      const pattern = line
        .slice(isException ? 1 : 0)
        .trim()
        .replaceAll('\\', '/')
        .replace(/^\.?\/+|\/+$/g, '');
      return { isException, shape: pathShape(pattern) };
    });
  return path => rules.reduce((isOut, { isException, shape }) => (shape.test(path) ? !isException : isOut), false);
}

/** `*`, `?` and `**` over a path with slashes; what is below a directory that fits, fits. */
function pathShape(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/?|[*?]|[.+^${}()|[\]\\]/g, found => {
    if (found.startsWith('**')) return found.endsWith('/') ? '(?:.*/)?' : '.*';
    if (found === '*') return '[^/]*';
    return found === '?' ? '[^/]' : `\\${found}`;
  });
  return new RegExp(`^${source}(?:/.*)?$`, 'i');
}

/** Reads the tar archive of a request, gzip or plain. */
export async function readContext(body: Readable): Promise<BuildContext> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  const files = new Map<string, Uint8Array>();
  const extract = tar.extract();
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const feed = isGzip ? pipeline([bytes], createGunzip(), extract) : pipeline([bytes], extract);
  const take = async (): Promise<void> => {
    for await (const entry of extract) {
      const parts: Uint8Array[] = [];
      for await (const part of entry) if (part instanceof Uint8Array) parts.push(part);
      const name = entry.header.name
        .replaceAll('\\', '/')
        .replace(/^(?:\.?\/)+/, '')
        .replace(/\/+$/, '');
      if (name.split('/').includes('..')) throw badRequest(`invalid path in archive: ${entry.header.name}`);
      if (entry.header.type === 'directory') files.set(name === '' ? '' : `${name}/`, new Uint8Array());
      else files.set(name, Buffer.concat(parts));
    }
  };
  try {
    if (bytes.length > 0) await Promise.all([feed, take()]);
  } catch (caught) {
    if (caught instanceof ApiError) throw caught;
    throw badRequest('Error processing tar file: archive/tar: invalid tar header');
  }
  files.delete('');
  return new BuildContext(files);
}

/** As a COPY step names what it copied. */
export const hashOf = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
