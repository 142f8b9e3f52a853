import type { ContainerDisk, FileSystemOperations } from '../machine.ts';
import { ApiError, badRequest, messageOf, serverError } from './api-error.ts';
import { Container, type ContainerConfig } from './container.ts';
import { logContainer } from './container-events.ts';
import { gatherMounts, holdVolumes, readMounts } from './create-mounts.ts';
import type { CreateRequest } from './create-request.ts';
import { isolationOf, validateCreate } from './create-validation.ts';
import { EndpointSettings } from './endpoint-settings.ts';
import type { EngineState } from './engine-state.ts';
import { environmentOf } from './environment.ts';
import type { HealthCheck } from './image-config.ts';
import { type Image, missingImage } from './image-store.ts';
import { parseContainerName, proposeName } from './names.ts';
import { win32Of } from './system-call-words.ts';

export interface Created {
  readonly container: Container;
  readonly warnings: readonly string[];
}

/** A scratch disk is 20 GB unless `--storage-opt size=` says otherwise. */
const SCRATCH_BYTES = 20 * 1_024 ** 3;

/** `docker create`: checks in dockerd's order, then the scratch disk, mounts and record. Nothing is left behind on failure. */
export async function createContainer(
  state: EngineState,
  request: CreateRequest,
  askedName: string | undefined,
): Promise<Created> {
  const { warnings } = validateCreate(request, state.machine.processors);
  const host = request.HostConfig;
  if (host.NetworkMode === '' || host.NetworkMode === 'default') host.NetworkMode = 'nat';
  const asked = await readMounts(state, request);
  const image = imageFor(state, request.Image);
  const { config, words } = completeConfig(request, image);
  const name =
    askedName === undefined || askedName === ''
      ? proposeName(state.machine.random, taken => state.containers.nameTaken(taken))
      : parseContainerName(askedName);
  const id = state.machine.random.hex(64);
  state.containers.reserve(name, id);
  try {
    const sizeBytes = scratchSize(host.StorageOpt);
    const gathered = await gatherMounts(state, request, asked, image.config.Volumes);
    const isolation = isolationOf(host.Isolation) ?? state.defaultIsolation;
    host.Isolation = isolationOf(host.Isolation) === undefined ? isolation : host.Isolation;
    host.RestartPolicy.Name = host.RestartPolicy.Name === '' ? 'no' : host.RestartPolicy.Name;
    host.LogConfig.Type = host.LogConfig.Type === '' ? 'json-file' : host.LogConfig.Type;
    const disk = createScratch(state, await state.images.tree(image), sizeBytes);
    const mounts = holdVolumes(state, gathered, id);
    const [path = '', ...args] = words;
    const hostname = config.Hostname === '' ? id.slice(0, 12) : config.Hostname;
    const container = new Container({
      id,
      name,
      created: state.time.now(),
      image,
      config: { ...config, Hostname: hostname },
      hostConfig: host,
      isolation,
      path,
      args,
      mounts,
      disk,
      time: state.time,
    });
    for (const [network, settings] of Object.entries(request.NetworkingConfig.EndpointsConfig)) {
      const name = network === 'default' ? host.NetworkMode : network;
      container.networks.set(name, settings ?? EndpointSettings.parse({}));
    }
    state.containers.add(container);
    logContainer(state, container, 'create');
    return { container, warnings };
  } catch (caught) {
    state.containers.release(name);
    throw caught;
  }
}

function createScratch(state: EngineState, tree: FileSystemOperations, sizeBytes: number): ContainerDisk {
  try {
    return state.machine.createContainerDisk(tree, { sizeBytes });
  } catch (caught) {
    const words = win32Of(caught) === 112 ? 'There is not enough space on the disk. (0x70)' : messageOf(caught);
    throw new ApiError(500, `hcsshim::CreateScratchLayer failed in Win32: ${words}`);
  }
}

function imageFor(state: EngineState, reference: string): Image {
  if (reference === '') throw badRequest('config cannot be empty in order to create a container');
  const image = state.images.find(reference);
  if (image === undefined) throw missingImage(reference);
  return image;
}

/** Merges the image's configuration in, as dockerd does; a command of one's own drops the image's. */
function completeConfig(request: CreateRequest, image: Image): { config: ContainerConfig; words: readonly string[] } {
  const own = image.config;
  // An entry point of `""` says: none, not even the image's.
  const given = request.Entrypoint?.filter((word, index) => index > 0 || word !== '');
  const entrypoint = given ?? own.Entrypoint ?? [];
  const takesOwn = request.Cmd === undefined && given === undefined;
  const command = request.Cmd ?? (takesOwn ? (own.Cmd ?? []) : []);
  const isEscaped = request.ArgsEscaped || (takesOwn && own.ArgsEscaped === true);
  const words = [...entrypoint, ...command];
  if (words.length === 0) throw badRequest('no command specified');
  const fromRequest = Object.fromEntries(
    Object.entries({ ExposedPorts: request.ExposedPorts, StopTimeout: request.StopTimeout }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const ports = Object.keys(request.HostConfig.PortBindings);
  const exposed = {
    ...own.ExposedPorts,
    ...request.ExposedPorts,
    ...Object.fromEntries(ports.map(port => [port, {}])),
  };
  const labels = { ...own.Labels, ...request.Labels };
  const environment =
    request.Env === undefined && own.Env === null ? null : [...(own.Env ?? []), ...(request.Env ?? [])];
  const workingDir = request.WorkingDir === '' ? own.WorkingDir : request.WorkingDir;
  const stopSignal = request.StopSignal === '' ? (own.StopSignal ?? '') : request.StopSignal;
  return {
    words,
    config: {
      Hostname: request.Hostname,
      Domainname: request.Domainname,
      User: request.User === '' ? own.User : request.User,
      AttachStdin: request.AttachStdin,
      AttachStdout: request.AttachStdout,
      AttachStderr: request.AttachStderr,
      ...fromRequest,
      ...(Object.keys(exposed).length === 0 ? {} : { ExposedPorts: exposed }),
      Tty: request.Tty,
      OpenStdin: request.OpenStdin,
      StdinOnce: request.StdinOnce,
      Env:
        environment === null
          ? null
          : Object.entries(environmentOf(environment)).map(([name, value]) => `${name}=${value}`),
      Cmd: command.length === 0 ? null : command,
      ...(isEscaped ? { ArgsEscaped: true } : {}),
      Image: request.Image,
      Volumes: own.Volumes === null ? (request.Volumes ?? null) : { ...own.Volumes, ...request.Volumes },
      WorkingDir: workingDir === '' ? '' : windowsDirectory(workingDir),
      Entrypoint: entrypoint.length === 0 ? null : entrypoint,
      OnBuild: null,
      Labels: labels,
      ...(stopSignal === '' ? {} : { StopSignal: stopSignal }),
      ...healthOf(request.Healthcheck, own.Healthcheck),
    },
  };
}

/** What the request leaves open, the image's check fills in. Ground: moby daemon/commit.go, merge. */
function healthOf(asked: CreateRequest['Healthcheck'], own: HealthCheck | undefined): { Healthcheck?: HealthCheck } {
  if (asked === undefined) return own === undefined ? {} : { Healthcheck: own };
  const given = { ...asked, Test: (asked.Test ?? []).length === 0 ? undefined : asked.Test };
  const set = Object.entries(given).filter(([, value]) => value !== undefined && value !== 0);
  return { Healthcheck: { Test: [], ...own, ...Object.fromEntries(set) } };
}

const windowsDirectory = (path: string): string => {
  const backslashed = path.replaceAll('/', '\\');
  return backslashed.startsWith('\\') ? `C:${backslashed}` : backslashed;
};

/** `size=20G`, the name in any case, other options passed over. Ground: moby graphdriver/windows, go-units RAMInBytes. */
function scratchSize(options: Readonly<Record<string, string>>): number {
  const text = Object.entries(options).find(([name]) => name.toLowerCase() === 'size')?.[1];
  if (text === undefined) return SCRATCH_BYTES;
  const size = /^(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?$/i.exec(text);
  if (size === null) throw serverError(`failed to parse storage options: invalid size: '${text}'`);
  const bytes = Math.floor(Number(size[1]) * 1_024 ** ' kmgtp'.indexOf((size[2] ?? '').toLowerCase() || ' '));
  return bytes === 0 ? SCRATCH_BYTES : bytes;
}
