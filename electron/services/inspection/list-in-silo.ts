import { FaultError } from '../../../shared/contract/fault.ts';
import { statusText } from '../../../shared/domain/error-decoder.ts';
import { recogniseFileSystem } from '../../../shared/domain/file-system-command.ts';
import { textLines } from '../../../shared/domain/text-lines.ts';
import type { ListedContainer } from '../engine/containers.ts';
import { type ExecAnswer, execInContainer } from '../engine/exec.ts';
import { splitListCommand } from '../engine/list-command.ts';
import { winfspTool } from '../fsd/discover-fsd.ts';
import { type ListedVolume, parseLsvol } from '../fsd/parse-fsptool.ts';
import type { Surroundings } from '../surroundings.ts';

const DEFAULT_DIRECTORY = 'C:\\Program Files (x86)\\WinFsp';

/**
 * Where WinFsp may lie in a container, likeliest first: where its installation directory is bound, beside the program
 * of the entry command, at the host's path, at the default one.
 */
function winfspDirectories(container: ListedContainer, installed: string | undefined): readonly string[] {
  const bound = container.mounts
    .filter(mount => /winfsp/i.test(mount.source) || mount.source.toLowerCase() === installed?.toLowerCase())
    .map(mount => mount.destination.replace(/\\+$/, ''));
  const beside = /^'?(.*?)\\bin\\[^\\']*\.exe/i.exec(container.command)?.[1];
  const all = [
    ...bound,
    ...(beside === undefined ? [] : [beside]),
    ...(installed === undefined ? [] : [installed]),
    DEFAULT_DIRECTORY,
  ];
  const seen = new Set<string>();
  return all.filter(directory => {
    const key = directory.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Why there is no list; `isWinFspExpected`: false for a container in which nothing speaks of WinFsp, or of a program that uses it. */
export interface NotListed {
  readonly reason: string;
  readonly isWinFspExpected: boolean;
}

/** `fsptool lsvol` in a container's silo, wherever fsptool lies there. */
export async function listInSilo(
  around: Pick<Surroundings, 'connection' | 'clock'>,
  container: ListedContainer,
  installed: string | undefined,
  signal?: AbortSignal,
): Promise<{ readonly volumes: readonly ListedVolume[] } | NotListed> {
  let complaint: string | undefined;
  for (const directory of winfspDirectories(container, installed)) {
    const argv = [winfspTool(directory, 'fsptool-x64.exe'), 'lsvol'];
    const answer = await execIfThere(around, container.ref.id, argv, signal);
    if (answer === undefined) continue;
    if ('notStarted' in answer) {
      complaint ??= answer.notStarted;
      continue;
    }
    if (answer.exitCode === 0) return { volumes: parseLsvol(answer.stdout) };
    // 2: no control device in this silo, so no volume either.
    if (answer.exitCode === 2) return { volumes: [] };
    return { reason: `fsptool ended with ${statusText(answer.exitCode)}`, isWinFspExpected: true };
  }
  const spoken = [container.command, ...container.mounts.flatMap(({ source, destination }) => [source, destination])];
  const isWinFspExpected =
    spoken.some(text => /winfsp|memfs/i.test(text)) ||
    recogniseFileSystem(splitListCommand(container.command)) !== undefined;
  const reason =
    complaint === undefined ? 'no fsptool in this container' : `fsptool could not be started in it: ${complaint}`;
  return { reason, isWinFspExpected };
}

/** What an exec of a missing program looks like: refused at its start, or ended with one of these. */
const NOT_THERE = new Set([126, 127, 128, 9009]);

/** Windows' own words for it, in English, or its number: 2 or 3, bare or as an HRESULT. */
const MISSING = /cannot find the (?:file|path) specified|\(0x[23]\)|\b8007000[23]\b/i;
/** hcsshim could not start a program. Why, Windows says in its own language where it has no English. */
const NOT_STARTED = /\bCreateProcess\b/;

async function execIfThere(
  around: Pick<Surroundings, 'connection' | 'clock'>,
  container: string,
  argv: readonly string[],
  signal?: AbortSignal,
): Promise<ExecAnswer | { readonly notStarted: string } | undefined> {
  try {
    const answer = await execInContainer(around.connection, around.clock, {
      container,
      argv,
      timeoutMs: 10_000,
      signal,
    });
    return NOT_THERE.has(answer.exitCode) ? undefined : answer;
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code !== 'engine-refused') throw error;
    const { raw } = error.fault;
    if (MISSING.test(raw)) return undefined;
    if (NOT_STARTED.test(raw)) return { notStarted: textLines(raw)[0] ?? '' };
    throw error;
  }
}
