import type { ContainerDisk } from '../../machine.ts';
import type { Container } from '../container.ts';
import { createContainer } from '../create-container.ts';
import { type CreateInput, CreateRequest } from '../create-request.ts';
import type { Image } from '../image-store.ts';
import { removeContainer } from '../remove-container.ts';
import { startContainer } from '../start-container.ts';
import { killContainer } from '../stop-container.ts';
import { decodeText, type Stage } from './build-stage.ts';
import type { Build } from './find-base.ts';

/** A RUN that ended with another code than 0. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

const short = (id: string): string => id.slice(0, 12);

/** Makes the container of a step, which is never started, and takes it away afterwards. */
export async function inContainer(
  build: Build,
  stage: Stage,
  make: (container: Container) => Promise<Image>,
): Promise<Image> {
  const container = await create(build, stage, { Cmd: ['cmd', '/S', '/C', 'rem'], Entrypoint: [''] });
  return cleanedUp(build, container, () => make(container));
}

export interface RunRequest {
  readonly words: readonly string[];
  readonly isEscaped: boolean;
  /** Build args that the program sees as variables. */
  readonly environment: readonly string[];
}

/** Runs a step's command to its end, telling what it prints. An abort kills it, and leaves no container behind. */
export async function runInContainer(
  build: Build,
  stage: Stage,
  { words, isEscaped, environment }: RunRequest,
  make: (disk: ContainerDisk) => Promise<Image>,
): Promise<Image> {
  const { state, output, signal } = build;
  const container = await create(build, stage, {
    Cmd: [...words],
    Entrypoint: [''],
    ArgsEscaped: isEscaped,
    Env: [...environment],
  });
  return cleanedUp(build, container, async () => {
    const over = new Promise<void>(resolve => {
      container.output.subscribe(
        (stream, bytes) => (stream === 'stderr' ? output.complain(decodeText(bytes)) : output.say(decodeText(bytes))),
        resolve,
      );
    });
    const kill = (): void => {
      killContainer(state, container, 'KILL').catch(() => undefined);
    };
    signal.addEventListener('abort', kill, { once: true });
    try {
      await startContainer(state, container);
      const exitCode = (await container.run?.exited) ?? container.state.exitCode;
      await over;
      if (signal.aborted) throw new Error('Build cancelled');
      if (exitCode !== 0) {
        throw new StepFailure(`The command '${words.join(' ')}' returned a non-zero code: ${exitCode}`, exitCode);
      }
    } finally {
      signal.removeEventListener('abort', kill);
    }
    return make(container.parts.disk);
  });
}

async function create(build: Build, stage: Stage, asked: CreateInput): Promise<Container> {
  const { state, request, output } = build;
  const { container } = await createContainer(
    state,
    CreateRequest.parse({
      ...asked,
      Image: stage.image.id,
      User: stage.config.User,
      WorkingDir: stage.config.WorkingDir,
      HostConfig: {
        Isolation: request.isolation ?? '',
        NetworkMode: request.network,
        LogConfig: { Type: 'none', Config: {} },
      },
    }),
    undefined,
  );
  await output.say(` ---> Running in ${short(container.id)}\n`);
  return container;
}

/** With `rm` after a step that went well, with `forcerm` after any; a build that nobody waits for any more leaves none. */
async function cleanedUp(build: Build, container: Container, work: () => Promise<Image>): Promise<Image> {
  const { request, signal } = build;
  let isDone = false;
  try {
    const image = await work();
    isDone = true;
    return image;
  } finally {
    if (request.alsoFailed || signal.aborted || (isDone && request.remove)) await remove(build, container);
  }
}

async function remove({ state, output }: Build, container: Container): Promise<void> {
  await container.exclusive(() => removeContainer(state, container, { volumes: true }));
  await output.say(`Removing intermediate container ${short(container.id)}\n`);
}
