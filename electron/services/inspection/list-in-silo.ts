import { FaultError } from '../../../shared/contract/fault.ts';
import { statusText } from '../../../shared/domain/error-decoder.ts';
import type { ListedContainer } from '../engine/containers.ts';
import { type ExecAnswer, execInContainer } from '../engine/exec.ts';
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

/** Why there is no list; `isWinFspExpected`: false for a container in which nothing speaks of WinFsp. */
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
  for (const directory of winfspDirectories(container, installed)) {
    const argv = [winfspTool(directory, 'fsptool-x64.exe'), 'lsvol'];
    const answer = await execIfThere(around, container.ref.id, argv, signal);
    if (answer === undefined) continue;
    if (answer.exitCode === 0) return { volumes: parseLsvol(answer.stdout) };
    // 2: no control device in this silo, so no volume either.
    if (answer.exitCode === 2) return { volumes: [] };
    return { reason: `fsptool ended with ${statusText(answer.exitCode)}`, isWinFspExpected: true };
  }
  const spoken = [container.command, ...container.mounts.flatMap(({ source, destination }) => [source, destination])];
  const isWinFspExpected = spoken.some(text => /winfsp|memfs/i.test(text));
  return { reason: 'no fsptool in this container', isWinFspExpected };
}

/** What an exec of a missing program looks like: refused at its start, or ended with one of these. */
const NOT_THERE = new Set([126, 127, 128, 9009]);

async function execIfThere(
  around: Pick<Surroundings, 'connection' | 'clock'>,
  container: string,
  argv: readonly string[],
  signal?: AbortSignal,
): Promise<ExecAnswer | undefined> {
  try {
    const answer = await execInContainer(around.connection, around.clock, {
      container,
      argv,
      timeoutMs: 10_000,
      signal,
    });
    return NOT_THERE.has(answer.exitCode) ? undefined : answer;
  } catch (error) {
    const missing =
      error instanceof FaultError &&
      error.fault.code === 'engine-refused' &&
      /cannot find the (file|path) specified/i.test(error.fault.raw);
    if (missing) return undefined;
    throw error;
  }
}
