import { appendFile, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FaultError } from '../../../shared/contract/fault.ts';
import { makeFolder } from '../../disk/make-folder.ts';
import {
  type HostKey,
  type HostKeyVerdict,
  hashedName,
  judgeHostKey,
  knownHostsLine,
  knownTypes,
} from './known-hosts.ts';

/** A known_hosts file as it was read; empty where there is none. */
export interface KnownHostsFile {
  readonly path: string;
  readonly text: string;
}

/** The verdict of several files, with the one that decided. */
export type JudgedHostKey = HostKeyVerdict & { readonly file?: string };

export function readKnownHosts(paths: readonly string[]): Promise<readonly KnownHostsFile[]> {
  return Promise.all(paths.map(async path => ({ path, text: await textOf(path) })));
}

/** The types of the keys that are known of a host. */
export function typesIn(files: readonly KnownHostsFile[], name: string): readonly string[] {
  return [...new Set(files.flatMap(({ text }) => knownTypes(text, name)))];
}

/** Judges a key by all files: one that any revokes is revoked, one that any knows is known, whatever the others say. */
export function judgeByFiles(files: readonly KnownHostsFile[], name: string, key: HostKey): JudgedHostKey {
  const verdicts = files.map(({ path, text }) => ({ ...judgeHostKey(text, name, key), file: path }));
  const order = ['revoked', 'same', 'changed'] as const;
  for (const known of order) {
    const found = verdicts.find(verdict => verdict.known === known);
    if (found !== undefined) return found;
  }
  return { known: 'not' };
}

/**
 * Adds a key to the end of a file, in one write: nothing that another program adds meanwhile is lost. The file is read
 * once more before; what was added meanwhile decides, and nothing is pinned beside it.
 */
export async function pinHostKey(
  path: string,
  name: string,
  key: HostKey,
  { hashed = false }: { readonly hashed?: boolean } = {},
): Promise<HostKeyVerdict> {
  await makeFolder(dirname(path)).catch((caught: unknown) => {
    throw ofKnownHosts(caught);
  });
  const before = await textOf(path);
  const verdict = judgeHostKey(before, name, key);
  if (verdict.known !== 'not') return verdict;
  // A line whose end is missing, ours or another's, must not swallow the new one.
  const parted = before === '' || before.endsWith('\n') ? '' : '\n';
  await appendFile(path, `${parted}${knownHostsLine(hashed ? hashedName(name) : name, key)}`, { mode: 0o600 });
  return { known: 'same', line: before.split('\n').length };
}

/** It is SSH's folder, and not one of Siloscope's own. */
function ofKnownHosts(caught: unknown): unknown {
  if (!(caught instanceof FaultError)) return caught;
  const { fault } = caught;
  if (fault.code === 'place-unusable') return new FaultError({ ...fault, of: 'known-hosts' }, { cause: caught });
  if (fault.code !== 'access-denied') return caught;
  return new FaultError({ code: fault.code, what: fault.what, raw: fault.raw }, { cause: caught });
}

/** A file's text; empty when there is none. One that is there and cannot be read might know another key: `access-denied`. */
async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (caught) {
    const code = caught instanceof Error && 'code' in caught ? caught.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return '';
    throw new FaultError({ code: 'access-denied', what: file, raw: String(caught) }, { cause: caught });
  }
}
