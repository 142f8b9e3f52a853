import { badRequest, notFound } from './api-error.ts';
import type { Container } from './container.ts';
import type { EngineState } from './engine-state.ts';
import type { Filters } from './filters.ts';
import { hostPorts } from './networking.ts';

/** Ground: moby daemon/list.go. */
export const LIST_FILTERS = [
  'ancestor',
  'before',
  'exited',
  'expose',
  'health',
  'id',
  'is-task',
  'isolation',
  'label',
  'name',
  'network',
  'publish',
  'since',
  'status',
  'volume',
];

const STATUSES = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];

const HEALTHS = ['none', 'starting', 'healthy', 'unhealthy'];

export interface ListOptions {
  readonly all: boolean;
  /** The newest so many, running or not. */
  readonly limit: number | undefined;
  readonly filters: Filters;
}

/** The containers of `docker ps`, newest first. One pass over all of them. */
export function listContainers(state: EngineState, options: ListOptions): readonly Container[] {
  const { filters } = options;
  for (const status of filters.values('status')) {
    if (!STATUSES.includes(status)) throw badRequest(`invalid filter 'status=${status}'`);
  }
  for (const code of filters.values('exited')) {
    if (!/^\d+$/.test(code)) throw badRequest(`invalid filter 'exited=${code}'`);
  }
  for (const health of filters.values('health')) {
    if (!HEALTHS.includes(health)) {
      throw badRequest(
        `invalid filter 'health=${health}': invalid value for health (${health}): must be one of ${HEALTHS.join(', ')}`,
      );
    }
  }
  const limited = (options.limit ?? 0) > 0;
  const all = options.all || limited || filters.has('status') || filters.has('exited');
  const ancestors = filters.has('ancestor') ? ancestorIds(state, filters) : undefined;
  const before = boundary(state, filters, 'before');
  const since = boundary(state, filters, 'since');
  const listed: Container[] = [];
  for (const container of [...state.containers.all()].reverse()) {
    if (limited && listed.length >= (options.limit ?? 0)) break;
    if (!all && !container.running) continue;
    if (before !== undefined && container.parts.created >= before) continue;
    if (since !== undefined && container.parts.created <= since) continue;
    if (ancestors !== undefined && !ancestors.has(container.parts.image.id)) continue;
    if (passes(container, filters)) listed.push(container);
  }
  return listed;
}

function boundary(state: EngineState, filters: Filters, key: 'before' | 'since'): bigint | undefined {
  const [reference] = filters.values(key);
  if (reference === undefined) return undefined;
  const found = state.containers.find(reference);
  if (found === undefined) throw notFound(`No such container: ${reference}`);
  return found.parts.created;
}

/** Images named by `ancestor`, and those that contain them: none here has a parent, so the layers decide. */
function ancestorIds(state: EngineState, filters: Filters): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const name of filters.values('ancestor')) {
    const image = state.images.find(name);
    if (image !== undefined) ids.add(image.id);
  }
  return ids;
}

function passes(container: Container, filters: Filters): boolean {
  const { status, exitCode } = container.state;
  const { config, isolation, mounts } = container.parts;
  return (
    filters.prefix('id', container.id) &&
    filters.some('name', pattern => matchesName(container.name, pattern)) &&
    filters.exact('status', status) &&
    filters.some('exited', code => status === 'exited' && Number(code) === exitCode) &&
    filters.some('isolation', wanted => wanted.toLowerCase() === isolation) &&
    filters.labels('label', config.Labels) &&
    filters.some('network', wanted => inNetwork(container, wanted)) &&
    filters.some('volume', wanted =>
      mounts.some(mount => mount.name === wanted || same(mount.destination, wanted) || same(mount.source, wanted)),
    ) &&
    filters.some('expose', port => Object.keys(config.ExposedPorts ?? {}).some(exposed => samePort(exposed, port))) &&
    filters.some('publish', port => hostPorts(container).some(published => samePort(published, port))) &&
    filters.exact('health', container.health?.status ?? 'none') &&
    filters.some('is-task', wanted => ['false', '0'].includes(wanted))
  );
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const samePort = (port: string, wanted: string): boolean => port === wanted || port === `${wanted}/tcp`;

function inNetwork(container: Container, wanted: string): boolean {
  return container.networks.has(wanted) || container.endpoints.some(({ networkId }) => networkId.startsWith(wanted));
}

/** A name filter is a regular expression, found anywhere in `/name` or `name`. */
function matchesName(name: string, pattern: string): boolean {
  try {
    const shape = new RegExp(pattern);
    return shape.test(name) || shape.test(`/${name}`);
  } catch {
    return name.includes(pattern);
  }
}
