import { badRequest, conflict, messageOf, serverError } from './api-error.ts';
import { keepStep, type Stage } from './build/build-stage.ts';
import { configure, isConfiguring } from './build/configure.ts';
import { parseDockerfile } from './build/parse-dockerfile.ts';
import type { Container, ContainerConfig } from './container.ts';
import { logContainer } from './container-events.ts';
import type { EngineState } from './engine-state.ts';
import type { ImageConfig } from './image-config.ts';
import type { Reference } from './image-reference.ts';
import type { Image } from './image-store.ts';

export interface CommitRequest {
  readonly tag: Reference | undefined;
  readonly comment: string;
  readonly author: string;
  /** Lines of a Dockerfile that change the configuration alone. */
  readonly changes: readonly string[];
}

/** Makes an image of a container's disk as it stands. Ground: moby daemon/commit.go; a running one is refused on Windows. */
export async function commitContainer(
  state: EngineState,
  container: Container,
  request: CommitRequest,
): Promise<Image> {
  if (container.running) throw serverError('windows does not support commit of a running container');
  if (container.state.status === 'removing') {
    throw conflict(`You cannot commit container ${container.id} which is being removed`);
  }
  const { config: own, image: parent, disk, path, args } = container.parts;
  const config = changed(imageConfigOf(own, parent.config), request.changes);
  const operations = disk.snapshot();
  const image = await keepStep(state, parent, {
    createdBy: [path, ...args].join(' '),
    config,
    comment: request.comment,
    author: request.author,
    disk: { operations, scratchBytes: () => disk.scratchBytes() },
  });
  const { tag } = request;
  if (tag !== undefined) {
    state.images.add(image, tag);
    state.events.log('image', 'tag', image.id, { ...image.scenario.labels, name: tag.familiar });
  }
  logContainer(state, container, 'commit', {
    comment: request.comment,
    imageID: image.id,
    imageRef: tag?.familiar ?? '',
  });
  state.events.log('image', 'create', image.id, { ...image.scenario.labels, name: tag?.familiar ?? image.id });
  return image;
}

/** What of a container's configuration an image holds. */
function imageConfigOf(own: ContainerConfig, { Shell, OnBuild }: ImageConfig): ImageConfig {
  const { ArgsEscaped, ExposedPorts, Healthcheck, StopSignal } = own;
  const volumes = Object.keys(own.Volumes ?? {}).map(place => [place, {}] as const);
  const ports = Object.keys(ExposedPorts ?? {}).map(port => [port, {}] as const);
  return {
    Cmd: own.Cmd,
    Entrypoint: own.Entrypoint,
    Env: own.Env,
    Labels: own.Labels,
    OnBuild,
    User: own.User,
    Volumes: volumes.length === 0 ? null : Object.fromEntries(volumes),
    WorkingDir: own.WorkingDir,
    ...(ArgsEscaped === undefined ? {} : { ArgsEscaped }),
    ...(ports.length === 0 ? {} : { ExposedPorts: Object.fromEntries(ports) }),
    ...(Healthcheck === undefined ? {} : { Healthcheck }),
    ...(Shell === undefined ? {} : { Shell }),
    ...(StopSignal === undefined ? {} : { StopSignal }),
  };
}

function changed(config: ImageConfig, changes: readonly string[]): ImageConfig {
  if (changes.length === 0) return config;
  const { steps, escape: mark } = parseDockerfile(['FROM container', ...changes].join('\n'));
  const stage: Pick<Stage, 'args' | 'cmdSet'> & { config: ImageConfig } = { config, args: new Map(), cmdSet: true };
  for (const step of steps.slice(1)) {
    if (!isConfiguring(step)) throw badRequest(`${step.text.split(/\s/)[0]} is not a valid change command`);
    try {
      stage.config = configure(stage, mark, step).config;
    } catch (caught) {
      throw badRequest(messageOf(caught));
    }
  }
  return stage.config;
}
