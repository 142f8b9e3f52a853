import { empty, json } from './answer.ts';
import { badRequest, conflict, serverError } from './api-error.ts';
import type { Call, Route } from './call.ts';
import { commitContainer } from './commit-container.ts';
import type { Container } from './container.ts';
import { logContainer } from './container-events.ts';
import { inspectView, listView } from './container-views.ts';
import { createContainer } from './create-container.ts';
import { CreateRequest, HostConfig } from './create-request.ts';
import { checkRestartPolicy } from './create-validation.ts';
import type { EngineState } from './engine-state.ts';
import { parseFilters } from './filters.ts';
import { monitorHealth } from './health-monitor.ts';
import { normalise } from './image-reference.ts';
import { LIST_FILTERS, listContainers } from './list-containers.ts';
import { parseContainerName } from './names.ts';
import { refuseRunning, removeContainer } from './remove-container.ts';
import { startContainer } from './start-container.ts';
import { killContainer, restartContainer, stopContainer } from './stop-container.ts';

/** The life of containers. */
export function containerRoutes(state: EngineState): readonly Route[] {
  const named = (call: Call): Container => state.containers.get(call.parameter());
  return [
    ['GET', '/containers/json', call => json(list(state, call))],
    ['POST', '/containers/create', call => create(state, call)],
    ['GET', '/containers/{}/json', call => json(inspectView(state, named(call), call.flag('size')))],
    [
      'POST',
      '/containers/{}/start',
      async call => {
        await startContainer(state, named(call));
        return empty(204);
      },
    ],
    [
      'POST',
      '/containers/{}/stop',
      async call => {
        await stopContainer(state, named(call), { signal: call.text('signal'), seconds: call.integer('t') });
        return empty(204);
      },
    ],
    [
      'POST',
      '/containers/{}/restart',
      async call => {
        await restartContainer(state, named(call), { signal: call.text('signal'), seconds: call.integer('t') });
        return empty(204);
      },
    ],
    [
      'POST',
      '/containers/{}/kill',
      async call => {
        await killContainer(state, named(call), call.text('signal') ?? '');
        return empty(204);
      },
    ],
    ['POST', '/containers/{}/rename', call => rename(state, named(call), call.text('name') ?? '')],
    ['POST', '/containers/{}/update', call => update(state, named(call), call)],
    ['POST', '/containers/{}/pause', call => pause(state, named(call))],
    ['POST', '/containers/{}/unpause', call => unpause(state, named(call))],
    ['DELETE', '/containers/{}', call => remove(state, named(call), call)],
    ['GET', '/containers/{}/changes', async call => json(await changesOf(named(call)))],
    [
      'GET',
      '/containers/{}/export',
      call => {
        named(call);
        throw serverError('the daemon on this operating system does not support exporting Windows containers');
      },
    ],
    ['POST', '/commit', call => commit(state, call)],
    [
      'GET',
      '/containers/{}/checkpoints',
      () => {
        throw serverError('Windows: Containers do not support checkpoints');
      },
    ],
  ];
}

function list(state: EngineState, call: Call): readonly unknown[] {
  const filters = parseFilters(call.text('filters'), LIST_FILTERS);
  const listed = listContainers(state, { all: call.flag('all'), limit: call.integer('limit'), filters });
  return listed.map(container => listView(state, container));
}

async function create(state: EngineState, call: Call) {
  const platform = call.text('platform') ?? '';
  if (platform !== '' && !/^windows(\/amd64|\/x86_64)?$/i.test(platform)) {
    throw badRequest('operating system is not supported');
  }
  const request = await call.json(CreateRequest);
  if (Object.keys(request).length === 0 || request.Image === '') {
    throw badRequest('config cannot be empty in order to create a container');
  }
  const { container, warnings } = await createContainer(state, request, call.text('name'));
  return json({ Id: container.id, Warnings: warnings }, 201);
}

async function commit(state: EngineState, call: Call) {
  const repository = call.text('repo') ?? '';
  const tag = call.text('tag') ?? '';
  const reference = repository === '' ? undefined : normalise(tag === '' ? repository : `${repository}:${tag}`);
  if (repository !== '' && reference === undefined) throw badRequest('invalid reference format');
  const image = await commitContainer(state, state.containers.get(call.text('container') ?? ''), {
    tag: reference,
    comment: call.text('comment') ?? '',
    author: call.text('author') ?? '',
    changes: call.parts.query.getAll('changes'),
  });
  return json({ Id: image.id }, 201);
}

/**
 * As the layer's reader lists them: below `Files`, with slashes; what is new cannot be told from what was changed (0), what is
 * gone can (2). Ground: moby daemon/graphdriver/windows/windows.go, Changes.
 */
async function changesOf(container: Container): Promise<readonly unknown[] | null> {
  if (container.running) throw serverError('Windows does not support diff of a running container');
  const changes = await container.parts.disk.changes();
  if (changes.length === 0) return null;
  return changes.map(({ path, gone }) => ({ Path: `Files${path.replaceAll('\\', '/')}`, Kind: gone ? 2 : 0 }));
}

function rename(state: EngineState, container: Container, asked: string) {
  if (asked === '') throw badRequest('Neither old nor new names may be empty');
  const name = parseContainerName(asked);
  if (name === container.name) throw badRequest('Renaming a container with the same name as its current name');
  const oldName = `/${container.name}`;
  state.containers.rename(container, name);
  logContainer(state, container, 'rename', { oldName });
  return empty(204);
}

/** Only the restart policy can change on Windows; zeros, as the CLI sends them, ask for nothing. */
async function update(state: EngineState, container: Container, call: Call) {
  const request = await call.json(HostConfig);
  const asked = Object.entries(request).filter(([key, value]) => RESOURCES.has(key) && isSet(value));
  if (asked.length > 0) {
    throw badRequest(`Cannot update container ${container.id}: resource updating isn't supported on Windows`);
  }
  const policy = request.RestartPolicy;
  if (policy.Name !== '') {
    checkRestartPolicy({ RestartPolicy: policy, AutoRemove: container.hostConfig.AutoRemove });
    container.hostConfig.RestartPolicy = policy;
  }
  logContainer(state, container, 'update');
  return json({ Warnings: null });
}

const RESOURCES = new Set(
  (
    'CpuShares Memory NanoCpus BlkioWeight CpuPeriod CpuQuota CpuRealtimePeriod CpuRealtimeRuntime CpusetCpus CpusetMems ' +
    'MemoryReservation MemorySwap MemorySwappiness CpuCount CpuPercent IOMaximumIOps IOMaximumBandwidth PidsLimit ' +
    'CgroupParent Ulimits BlkioWeightDevice'
  ).split(' '),
);

function isSet(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== null && value !== 0 && value !== '' && value !== false;
}

/** HCS pauses utility VMs only; here a paused one is marked, and takes no exec or attach. */
function pause(state: EngineState, container: Container) {
  if (container.run === undefined) throw conflict(`Container ${container.id} is not running`);
  if (container.state.status === 'paused') throw conflict(`Container ${container.id} is already paused`);
  if (container.parts.isolation === 'process') {
    throw serverError(`cannot pause container ${container.id}: not implemented for containers using process isolation`);
  }
  container.state.status = 'paused';
  container.healthMonitor?.dispose();
  logContainer(state, container, 'pause');
  return empty(204);
}

function unpause(state: EngineState, container: Container) {
  if (container.state.status !== 'paused') throw serverError(`Container ${container.id} is not paused`);
  container.state.status = 'running';
  container.healthMonitor = monitorHealth(state, container);
  logContainer(state, container, 'unpause');
  return empty(204);
}

async function remove(state: EngineState, container: Container, call: Call) {
  if (container.state.status === 'removing')
    throw conflict(`removal of container ${container.name} is already in progress`);
  if (!call.flag('force')) refuseRunning(container);
  if (container.run !== undefined || container.restartTimer !== undefined)
    await killContainer(state, container, 'KILL');
  await container.exclusive(() => removeContainer(state, container, { volumes: call.flag('v') }));
  return empty(204);
}
