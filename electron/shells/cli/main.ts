import { homedir } from 'node:os';
import { systemClock } from '../../../shared/base/clock.ts';
import { EXIT_CODES } from '../../../shared/contract/fault.ts';
import { openLocalServices } from '../serving/local-services.ts';
import { startPageServer } from '../serving/page-server.ts';
import { userFolder } from '../serving/user-folder.ts';
import type { Output } from './io.ts';
import { run } from './run.ts';

/** The process as an `Io`: one Ctrl-C cancels and waits for the undo, a second one ends the program at once. */
async function main(): Promise<void> {
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
      env: process.env,
      platform: process.platform,
      signal: cancel.signal,
      clock: systemClock,
    },
    {
      openServices: (target, signal) => openLocalServices(target, signal, { folder }),
      startWebServer: startPageServer,
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

/** Pipes are asynchronous on Windows: leaving early would cut the answer. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise(resolve => {
    stream.write('', () => resolve());
  });
}

await main();
