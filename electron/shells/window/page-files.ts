import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { windowLogWords } from '../../../shared/wording/window-log.ts';
import { COMMON_HEADERS, pagePolicy } from '../serving/page-headers.ts';
import { ARCHIVE_HEADERS, archiveOf, type OpenArchive } from '../serving/taken-archive.ts';
import { PAGE_ORIGIN } from './addresses.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

const HEADERS = { ...COMMON_HEADERS, 'content-security-policy': pagePolicy(), 'cache-control': 'no-store' } as const;

export interface PageRequest {
  readonly url: string;
  readonly method: string;
}

/**
 * The file below `folder` that an address of the page means; undefined for what is none: another origin, a name with
 * anything but letters, digits, dot, dash and underscore, a dot at its beginning, a kind of file the page has not.
 */
export function pageFile(folder: string, address: string): string | undefined {
  if (!address.startsWith(`${PAGE_ORIGIN}/`)) return undefined;
  const [path = ''] = address.slice(PAGE_ORIGIN.length + 1).split(/[?#]/, 1);
  const names = path.split('/');
  // Judged as it came, before anything is decoded: a name of ours never needs a percent sign.
  if (!names.every(name => /^[\w-][\w.-]*$/.test(name))) return undefined;
  const file = join(folder, ...names);
  return file.startsWith(folder + sep) && Object.hasOwn(TYPES, extname(file)) ? file : undefined;
}

/**
 * Answers requests for the page's own files, and for an archive that it has asked for. What is not there, or is not the
 * page's, is a 404 without a word.
 */
export function pageFiles(
  folder: string,
  log: (line: string) => void,
  openArchive: (id: string) => Promise<OpenArchive | undefined>,
): (request: PageRequest) => Promise<Response> {
  const refuse = (status: number, url: string): Response => {
    log(windowLogWords.refusedFile(url));
    return new Response(null, { status, headers: HEADERS });
  };
  return async ({ url, method }) => {
    if (method !== 'GET' && method !== 'HEAD') return refuse(405, url);
    const id = url.startsWith(PAGE_ORIGIN) ? archiveOf(url.slice(PAGE_ORIGIN.length)) : undefined;
    if (id !== undefined && method === 'GET') {
      const archive = await openArchive(id);
      if (archive === undefined) return refuse(404, url);
      return new Response(streamOf(archive), { headers: { ...HEADERS, ...ARCHIVE_HEADERS } });
    }
    const file = pageFile(folder, url);
    if (file === undefined) return refuse(404, url);
    const content = await readFile(file).catch(() => undefined);
    if (content === undefined) return refuse(404, url);
    const headers = { ...HEADERS, 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' };
    return new Response(method === 'HEAD' ? null : new Uint8Array(content), { headers });
  };
}

/** Pieces as a response takes them: made when they are asked for, and left when nobody asks any more. */
function streamOf({ pieces, leave }: OpenArchive): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => leave(),
  });
}
