import type { Container } from './container.ts';
import { createContainer } from './create-container.ts';
import { type CreateInput, CreateRequest, ExecRequest } from './create-request.ts';
import type { EngineState } from './engine-state.ts';
import { beginExec, claimExec, createExec, finishExec } from './exec-container.ts';
import { removeContainer } from './remove-container.ts';
import { startContainer } from './start-container.ts';
import { killContainer, stopContainer } from './stop-container.ts';

export interface StartedExec {
  readonly id: string;
  /** The exit code; never settles for an exec that hangs. */
  readonly ended: Promise<number>;
}

/** The daemon from within this process: the same functions as behind the routes. Rejects with ApiError. */
export interface Daemon {
  create(request: CreateInput, name?: string): Promise<{ readonly id: string; readonly warnings: readonly string[] }>;
  start(container: string): Promise<void>;
  stop(container: string, seconds?: number): Promise<void>;
  remove(container: string): Promise<void>;
  /** Starts a detached exec. */
  exec(container: string, words: readonly string[]): Promise<StartedExec>;
}

export function createDaemon(state: EngineState): Daemon {
  const named = (reference: string): Container => state.containers.get(reference);
  return {
    async create(request, name) {
      const { container, warnings } = await createContainer(state, CreateRequest.parse(request), name);
      return { id: container.id, warnings };
    },
    start: reference => startContainer(state, named(reference)),
    stop: (reference, seconds) => stopContainer(state, named(reference), { seconds }),
    async remove(reference) {
      const container = named(reference);
      if (container.run !== undefined) await killContainer(state, container, 'KILL');
      await container.exclusive(() => removeContainer(state, container, { volumes: true }));
    },
    async exec(reference, words) {
      const exec = createExec(state, named(reference), ExecRequest.parse({ Cmd: [...words] }));
      claimExec(exec);
      const nowhere = { write: () => Promise.resolve() };
      await beginExec(state, exec, { stdin: undefined, stdout: nowhere, stderr: nowhere, consoleSize: undefined });
      const ended =
        exec.process?.ended.then(code => finishExec(state, exec, code)) ?? new Promise<number>(() => undefined);
      return { id: exec.id, ended };
    },
  };
}
