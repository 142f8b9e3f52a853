import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../../shared/base/clock.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import type { Client } from '../../../shared/contract/operation.ts';
import { isRunning } from '../../../shared/domain/file-system-rows.ts';
import type { RunningFileSystem } from '../../../shared/domain/launch.ts';
import type { NoUpdates } from './app-updates.ts';
import type { CopyKind } from './introduce-app.ts';
import { openUpdates, type Updates } from './updates.ts';

/** Names of those that run, whoever launched them. */
export function namesOfRunning(
  fileSystems: readonly (Pick<RunningFileSystem, 'state'> & { readonly container: { readonly name: string } })[],
): string[] {
  return fileSystems.filter(isRunning).map(({ container }) => container.name);
}

/** Updates of a packaged app that was told where to look; else why there are none. */
export async function packagedUpdates(around: {
  readonly kind: CopyKind;
  /** Where the packager left `app-update.yml`. */
  readonly resources: string;
  readonly client: Pick<Client<Contract>, 'call'>;
  readonly quit: () => void;
  readonly log: (line: string) => void;
}): Promise<Updates | NoUpdates> {
  if (around.kind === 'source') return 'not-packaged';
  // An update is an installer: run by a copy that was only unpacked, it would leave that one as it is and install another.
  if (around.kind === 'unpacked') return 'portable';
  const feed = join(around.resources, 'app-update.yml');
  if (!existsSync(feed)) return 'no-feed';
  // Loaded here and not before: it asks Electron for things as soon as it is loaded, and most copies need none of it.
  const { default: updater } = await import('electron-updater');
  return openUpdates({
    program: updater.autoUpdater,
    needsRights: refusalToChange(feed) !== undefined,
    commandLineRuns: () => isProgramRunning(join(around.resources, 'cli', 'node.exe')),
    arch: process.arch,
    clock: systemClock,
    quit: around.quit,
    running: async () => namesOfRunning((await around.client.call('filesystem.list', {})).fileSystems),
    log: around.log,
  });
}

/** A system lets nobody write to a program that runs. */
export function isProgramRunning(file: string): boolean {
  return ['EBUSY', 'ETXTBSY'].includes(refusalToChange(file) ?? '');
}

/** Asked by opening it: Windows' access lists are in no attribute. Answers the error's code. */
function refusalToChange(file: string): string | undefined {
  try {
    closeSync(openSync(file, 'r+'));
    return undefined;
  } catch (caught) {
    return (caught as NodeJS.ErrnoException).code ?? String(caught);
  }
}
