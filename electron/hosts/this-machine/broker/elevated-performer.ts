import { join } from 'node:path';
import type { Clock } from '../../../../shared/base/clock.ts';
import type { ElevatedAct, ElevationPurpose } from '../../../../shared/domain/elevation.ts';
import { performElevated } from '../../elevated-acts.ts';
import type { ElevatedAnswer } from '../../host.ts';
import type { NativeCalls } from '../nt/native-calls.ts';
import { createObjectReader } from '../nt/read-objects.ts';
import { runProgram } from '../run/run-program.ts';

/** Where WinFsp's installer writes where it is; only administrators write there. Ground: winfsp inc/winfsp/winfsp.h. */
export const WINFSP_KEY = 'SOFTWARE\\WOW6432Node\\WinFsp';
export const WINFSP_FOLDER = 'InstallDir';

/** Acts as they are done on this machine, with whatever rights this process has. */
export function performerOf(
  native: Pick<NativeCalls, 'objects' | 'processes'>,
  clock: Clock,
  winfspFolder: () => string | undefined,
): (purpose: ElevationPurpose, act: ElevatedAct) => Promise<ElevatedAnswer> {
  const reader = createObjectReader(native.objects);
  const systemFolder = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32');
  const around = { clock, processes: native.processes, workingDirectory: systemFolder };
  const means = {
    objects: {
      list: async (path: string) => reader.list(path),
      readLink: async (path: string) => reader.readLink(path),
    },
    run: (command: readonly string[], options: { readonly timeoutMs: number }) => runProgram(command, options, around),
    systemFolder,
    winfspFolder: async () => winfspFolder(),
  };
  return (purpose, act) => performElevated(purpose, act, means);
}
