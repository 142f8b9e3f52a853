import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Programs of ours that run beside this one, because what they call may block for ever. */
export type HelperScript = 'prober-process' | 'elevator-process';

/** A process that is sent messages and answers with others. It holds nobody's exit up. */
export interface HelperProcess {
  /** `failed` is told when the message could not be sent. */
  send(message: object, failed: (error: Error) => void): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Told once, when the process has ended or did not start. */
  onEnd(listener: (why: string, exitCode: number) => void): void;
  kill(): void;
}

/** Starts a helper. A packaged window has a way of its own: its program runs no scripts. */
export type StartHelper = (script: HelperScript) => HelperProcess;

/** As they are written beside this file, as they are built beside the bundle. */
const SOURCES: Readonly<Record<HelperScript, string>> = {
  'prober-process': './probe/prober-process.ts',
  'elevator-process': './broker/elevator-process.ts',
};

/** Where a program of ours stands: its source, or what was built of it. */
export function ownScript(name: string, source: string): URL {
  return new URL(import.meta.url.endsWith('.ts') ? source : `./${name}.js`, import.meta.url);
}

/** Starts helpers as Node starts a script. */
export const startByNode: StartHelper = script => forkHelper(ownScript(script, SOURCES[script]));

/** Starts one script as a helper. */
export function forkHelper(script: URL): HelperProcess {
  const { NODE_OPTIONS: _, ...environment } = process.env;
  const child = fork(fileURLToPath(script), [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: environment,
    windowsHide: true,
  });
  child.unref();
  child.channel?.unref();
  return {
    send: (message, failed) =>
      void child.send(message, error => {
        if (error !== null) failed(error);
      }),
    onMessage: listener => void child.on('message', listener),
    onEnd: listener => {
      child.on('error', error => listener(error.message, 1));
      child.on('exit', code => listener('the helper process has ended', code ?? 1));
    },
    kill: () => {
      child.kill('SIGKILL');
      if (child.connected) child.disconnect();
    },
  };
}
