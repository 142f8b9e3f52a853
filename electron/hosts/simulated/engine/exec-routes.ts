import { type Answer, empty, json } from './answer.ts';
import { streamType } from './attach-routes.ts';
import { ByteQueue } from './byte-queue.ts';
import type { Call, Route } from './call.ts';
import { logContainer } from './container-events.ts';
import { ExecRequest, ExecStartRequest } from './create-request.ts';
import { DetachWatcher, parseDetachKeys } from './detach-keys.ts';
import type { EngineState } from './engine-state.ts';
import { awaitProcess, beginExec, claimExec, createExec, failureText, finishExec, runExec } from './exec-container.ts';
import type { Exec } from './exec-store.ts';
import { write } from './http-server.ts';
import { sizeOf } from './observe-routes.ts';
import { frame, type OutputStream } from './stdcopy.ts';

/** exec: create, start (hijacked or detached), inspect, resize. */
export function execRoutes(state: EngineState): readonly Route[] {
  return [
    [
      'POST',
      '/containers/{}/exec',
      async call => {
        const container = state.containers.get(call.parameter());
        return json({ Id: createExec(state, container, await call.json(ExecRequest)).id }, 201);
      },
    ],
    ['POST', '/exec/{}/start', call => start(state, call)],
    ['GET', '/exec/{}/json', call => json(inspect(state.execs.get(call.parameter())))],
    [
      'POST',
      '/exec/{}/resize',
      async call => {
        const { rows, columns } = sizeOf(call);
        const process = await awaitProcess(state, state.execs.get(call.parameter()), call.signal);
        process.resize(rows, columns);
        return empty(200);
      },
    ],
  ];
}

function inspect(exec: Exec): unknown {
  const { request, words } = exec;
  return {
    ID: exec.id,
    Running: exec.running,
    ExitCode: exec.exitCode ?? null,
    ProcessConfig: { tty: request.Tty, entrypoint: words[0] ?? '', arguments: words.slice(1) },
    OpenStdin: request.AttachStdin,
    OpenStderr: request.AttachStderr,
    OpenStdout: request.AttachStdout,
    CanRemove: exec.endedAt !== undefined,
    ContainerID: exec.container.id,
    DetachKeys: request.DetachKeys === '' ? null : request.DetachKeys,
    Pid: exec.process?.processId ?? 0,
  };
}

const nowhere = { write: () => Promise.resolve() };

async function start(state: EngineState, call: Call): Promise<Answer> {
  const exec = state.execs.get(call.parameter());
  const options = await call.json(ExecStartRequest, true);
  claimExec(exec);
  const consoleSize = options.ConsoleSize;
  if (options.Detach) {
    await beginExec(state, exec, { stdin: undefined, stdout: nowhere, stderr: nowhere, consoleSize });
    void exec.process?.ended.then(code => finishExec(state, exec, code));
    return empty(200);
  }
  const { request } = exec;
  const tty = request.Tty;
  const keys = parseDetachKeys(request.DetachKeys);
  return {
    kind: 'hijack',
    contentType: streamType(tty, call.parts.apiMinor),
    withCommonHeaders: true,
    async run({ incoming, outgoing }) {
      const stdin = request.AttachStdin ? new ByteQueue() : undefined;
      const sink = (stream: OutputStream, wanted: boolean) => ({
        write(bytes: Uint8Array | string): Promise<void> {
          if (!wanted || bytes.length === 0) return Promise.resolve();
          const chunk = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
          return write(outgoing, tty ? chunk : frame(stream, chunk));
        },
      });
      const streams = {
        stdin,
        stdout: sink('stdout', request.AttachStdout),
        stderr: sink('stderr', request.AttachStderr),
        consoleSize,
      };
      const detached =
        stdin === undefined ? drain(incoming) : feed(incoming, stdin, tty ? new DetachWatcher(keys) : undefined);
      const ended = runExec(state, exec, streams).catch(async (caught: unknown) => {
        await write(outgoing, tty ? failureText(caught) : frame('stdout', Buffer.from(failureText(caught))));
      });
      if ((await Promise.race([ended, detached])) === 'detached')
        logContainer(state, exec.container, 'exec_detach', { execID: exec.id });
      stdin?.end();
    },
  };
}

/** Passes input on; settles only when the user detaches. */
async function feed(
  incoming: AsyncIterable<Uint8Array>,
  stdin: ByteQueue,
  watcher: DetachWatcher | undefined,
): Promise<'detached'> {
  for await (const chunk of incoming) {
    const { pass, detached } = watcher?.push(chunk) ?? { pass: chunk, detached: false };
    if (pass.length > 0) stdin.push(pass);
    if (detached) return 'detached';
  }
  stdin.end();
  return never();
}

function drain(incoming: { resume(): unknown }): Promise<'detached'> {
  incoming.resume();
  return never();
}

const never = (): Promise<never> => new Promise(() => undefined);
