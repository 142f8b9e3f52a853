import { join } from 'node:path';
import type { HelperProcess, StartHelper } from '../../hosts/this-machine/helper-process.ts';

/** What of Electron's utility process is needed. */
export interface UtilityChild {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  on(event: 'error', listener: () => void): unknown;
  kill(): boolean;
}

/**
 * Starts helpers as Electron's utility processes: a packaged program does not run as Node. `folder` is where they are
 * built beside this program.
 */
export function utilityHelpers(folder: string, fork: (script: string) => UtilityChild): StartHelper {
  return (script): HelperProcess => {
    const port = fork(join(folder, `${script}.js`));
    let isOver = false;
    port.on('exit', () => {
      isOver = true;
    });
    // An end follows it. Unheard, an emitter throws it, and the whole app would stand still behind a dialog.
    port.on('error', () => undefined);
    return {
      send: (message, failed) => {
        if (isOver) failed(new Error('the helper process has ended'));
        else port.postMessage(message);
      },
      onMessage: listener => void port.on('message', listener),
      onEnd: listener => void port.on('exit', code => listener('the helper process has ended', code)),
      kill: () => void port.kill(),
    };
  };
}
