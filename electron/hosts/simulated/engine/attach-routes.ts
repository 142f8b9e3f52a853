import type { Answer, Hijacked } from './answer.ts';
import { badRequest, conflict } from './api-error.ts';
import type { Call, Route } from './call.ts';
import type { Container } from './container.ts';
import { logContainer } from './container-events.ts';
import { DetachWatcher, parseDetachKeys } from './detach-keys.ts';
import type { EngineState } from './engine-state.ts';
import { write } from './http-server.ts';
import { frame, type OutputStream } from './stdcopy.ts';

/** attach: a container's streams over a hijacked connection. */
export function attachRoutes(state: EngineState): readonly Route[] {
  return [['POST', '/containers/{}/attach', call => attach(state, state.containers.get(call.parameter()), call)]];
}

/** Content type of hijacked streams: frames since API 1.42 without a TTY, raw bytes otherwise. */
export function streamType(tty: boolean, apiMinor: number): string {
  return `application/vnd.docker.${!tty && apiMinor >= 42 ? 'multiplexed' : 'raw'}-stream`;
}

function attach(state: EngineState, container: Container, call: Call): Answer {
  const { status } = container.state;
  if (status === 'paused') throw conflict(`container ${container.name} is paused, unpause the container before attach`);
  if (status === 'restarting')
    throw conflict(`container ${container.name} is restarting, wait until the container is running`);
  const wants = {
    stdin: call.flag('stdin'),
    stdout: call.flag('stdout'),
    stderr: call.flag('stderr'),
    logs: call.flag('logs'),
    stream: call.flag('stream'),
  };
  if (!wants.stream && !wants.logs) throw badRequest('Bad parameters: you must choose to stream or to read the logs');
  const keys = parseDetachKeys(call.text('detachKeys') ?? '');
  const tty = container.parts.config.Tty;
  const bytesFor = (stream: OutputStream, bytes: Uint8Array): Uint8Array => (tty ? bytes : frame(stream, bytes));
  logContainer(state, container, 'attach');
  return {
    kind: 'hijack',
    contentType: streamType(tty, call.parts.apiMinor),
    withCommonHeaders: false,
    async run({ incoming, outgoing }, signal) {
      if (wants.logs) {
        for (const line of container.log.lines)
          if (wants[line.stream]) await write(outgoing, bytesFor(line.stream, line.bytes));
      }
      if (!wants.stream) return;
      const over = new Promise<'ended'>(resolve => {
        const leave = container.output.subscribe(
          (stream, bytes) => (wants[stream] ? write(outgoing, bytesFor(stream, bytes)) : undefined),
          () => resolve('ended'),
        );
        signal.addEventListener('abort', () => {
          leave();
          resolve('ended');
        });
      });
      // A container that ended before we came has nothing more to say.
      const input = wants.stdin ? feed(container, incoming, keys) : drain(incoming);
      if ((await Promise.race([over, input])) === 'detached') logContainer(state, container, 'detach');
    },
  };
}

/** Passes input on until it ends. Settles only when the user detaches: the end of input is not the end of output. */
async function feed(container: Container, incoming: Hijacked['incoming'], keys: Uint8Array): Promise<'detached'> {
  const { Tty: tty, StdinOnce: once } = container.parts.config;
  const stdin = container.stdin;
  const watcher = new DetachWatcher(keys);
  for await (const chunk of incoming) {
    const { pass, detached } = tty ? watcher.push(chunk) : { pass: chunk, detached: false };
    if (pass.length > 0) stdin?.push(pass);
    if (detached) return 'detached';
  }
  if (once && !tty) stdin?.end();
  return never();
}

function drain(incoming: Hijacked['incoming']): Promise<'detached'> {
  incoming.resume();
  return never();
}

const never = (): Promise<never> => new Promise(() => undefined);
