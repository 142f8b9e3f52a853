import type { NtStatus, ProgramContext } from '../../machine.ts';
import { win32OfStatus } from '../base/nt-status.ts';

/** `c0000035`, as WinFsp's `%lx` writes a status. */
export const statusText = (status: NtStatus): string => (status >>> 0).toString(16);

/**
 * FspServiceLog: one line on standard error, ended by a bare line feed. Ground: winfsp src/dll/service.c. Whether a
 * container's window station counts as interactive is open (winfsp#258 found the lines in its event log); here it does.
 */
export function serviceLog(context: ProgramContext, text: string): Promise<void> {
  return context.stderr.write(`${text}\n`);
}

/** What a service's start answers: how to stop it and when that is, or a failure it has already explained. */
export type Started =
  | { readonly status: NtStatus }
  | { readonly stopped: Promise<unknown>; readonly stop: () => Promise<void> };

/** FspServiceRun in console mode: start, say so, wait, stop, say so. The exit code is the status' Win32 code. */
export async function runService(
  context: ProgramContext,
  name: string,
  start: () => Promise<Started>,
): Promise<number> {
  const started = await start();
  if ('status' in started) {
    await serviceLog(context, `The service ${name} has failed to start (Status=${statusText(started.status)}).`);
    return win32OfStatus(started.status);
  }
  await serviceLog(context, `The service ${name} has been started.`);
  await started.stopped;
  await started.stop();
  await serviceLog(context, `The service ${name} has been stopped.`);
  return 0;
}
