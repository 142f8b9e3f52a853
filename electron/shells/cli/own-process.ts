import { homedir } from 'node:os';
import { systemClock } from '../../../shared/base/clock.ts';
import { EXIT_CODES } from '../../../shared/contract/fault.ts';
import { userFolder } from '../serving/user-folder.ts';
import { VERSION } from '../serving/version.ts';
import type { Input, Output } from './io.ts';
import { run } from './run.ts';

/**
 * Runs this process's command line and ends the process. One Ctrl-C cancels and waits for the undo, a second one ends the
 * program at once. Hosts and services are loaded by the commands that open one: a client of a running Siloscope has none.
 */
export async function runOwnProcess(): Promise<void> {
  const cancel = new AbortController();
  const interrupted = (): void => {
    if (cancel.signal.aborted) process.exit(EXIT_CODES.cancelled);
    cancel.abort();
  };
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);
  // A reader that has seen enough (`siloscope journal | head`) is no error.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : EXIT_CODES.bug));
  }
  const folder = userFolder({ env: process.env, platform: process.platform, home: homedir() });
  const exitCode = await run(
    process.argv.slice(2),
    {
      stdout: output(process.stdout),
      stderr: output(process.stderr),
      stdin: input(process.stdin),
      onResize: listener => {
        process.stdout.on('resize', listener);
        return () => void process.stdout.off('resize', listener);
      },
      env: process.env,
      platform: process.platform,
      signal: cancel.signal,
      clock: systemClock,
    },
    {
      async openServices(target, signal, options) {
        const { openLocalServices } = await import('../serving/local-services.ts');
        const journal = process.env['SILOSCOPE_JOURNAL'] || undefined;
        return openLocalServices(target, signal, { folder, journal, version: VERSION, ...options });
      },
      async startWebServer(options) {
        const { startPageServer } = await import('../serving/page-server.ts');
        return startPageServer(options);
      },
      async ownMachine() {
        const { ownMachine } = await import('./sign-in/own-machine.ts');
        return ownMachine(process.env);
      },
    },
  );
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  process.exit(exitCode);
}

function output(stream: NodeJS.WriteStream): Output {
  return {
    write: text => void stream.write(text),
    get isTTY() {
      return stream.isTTY ?? false;
    },
    get columns() {
      return stream.columns;
    },
    get rows() {
      return stream.rows;
    },
  };
}

/** Read only once somebody listens: a command that asks nothing must not wait for the end of its input. */
function input(stream: NodeJS.ReadStream): Input {
  return {
    isTTY: stream.isTTY ?? false,
    setRaw: raw => {
      if (stream.isTTY) stream.setRawMode(raw);
    },
    onData: listener => {
      const heard = (chunk: string): void => listener(chunk);
      stream.setEncoding('utf8');
      stream.on('data', heard);
      return () => {
        stream.off('data', heard);
        stream.pause();
      };
    },
    onEnd: listener => {
      stream.once('end', listener);
      return () => void stream.off('end', listener);
    },
  };
}

/** Pipes are asynchronous on Windows: leaving early would cut the answer. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise(resolve => {
    stream.write('', () => resolve());
  });
}
