import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { packageRoot } from './package-root.ts';

/** One file of the page, as it is answered. */
export interface PageFile {
  readonly body: Buffer;
  readonly type: string;
  /** Its name carries a hash of what is in it, so whoever has it has it for good. */
  readonly immutable: boolean;
}

/** The page by exact request paths, `/` among them. A path that is no key is not served: nothing is ever resolved. */
export type StaticPage = ReadonlyMap<string, PageFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** As the bundler names what it hashed: `assets/NAME-HASH.js`. */
const HASHED = /^assets\/.+-[\w-]{8}\.\w+$/;
const INDEX = 'index.html';

/**
 * Reads a built page whole (about a megabyte), so that no request touches a disk and a build under a running server
 * does not tear it. `undefined` when there is none: then it was not built.
 */
export async function readStaticPage(folder: string): Promise<StaticPage | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const names = entries
    .filter(entry => entry.isFile() && extname(entry.name) in TYPES)
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  if (!names.includes(INDEX)) return undefined;
  const files = names.map(async (name): Promise<[string, PageFile]> => {
    const body = await readFile(join(folder, name));
    const type = TYPES[extname(name)] ?? '';
    return [name === INDEX ? '/' : `/${name}`, { body, type, immutable: HASHED.test(name) }];
  });
  return new Map(await Promise.all(files));
}

/** The page that comes along, if it was built. */
export function readBuiltPage(): Promise<StaticPage | undefined> {
  return readStaticPage(join(packageRoot(), 'out', 'renderer'));
}
