import { json } from './answer.ts';
import type { Call, Route } from './call.ts';
import type { EngineState } from './engine-state.ts';
import { parseFilters } from './filters.ts';
import { chooseImages, createdAt, deleteImage, isStep, pruneLimit } from './image-routes.ts';
import { removeNetwork } from './network-routes.ts';
import { removeContainer } from './remove-container.ts';

const PRUNE_FILTERS = ['all', 'dangling', 'label', 'label!', 'until'];

/** prune of containers, images, networks, volumes and the (empty) build cache. */
export function pruneRoutes(state: EngineState): readonly Route[] {
  return [
    ['POST', '/containers/prune', call => pruneContainers(state, call)],
    ['POST', '/images/prune', call => pruneImages(state, call)],
    ['POST', '/networks/prune', call => pruneNetworks(state, call)],
    ['POST', '/volumes/prune', call => pruneVolumes(state, call)],
    ['POST', '/build/prune', () => json({ CachesDeleted: null, SpaceReclaimed: 0 })],
  ];
}

const filtersOf = (call: Call) => parseFilters(call.text('filters'), PRUNE_FILTERS);
/** Go's nil slice. */
const orNull = <T>(items: readonly T[]): readonly T[] | null => (items.length === 0 ? null : items);

async function pruneContainers(state: EngineState, call: Call) {
  const filters = filtersOf(call);
  const limit = pruneLimit(filters, state.time.now());
  const deleted: string[] = [];
  let reclaimed = 0;
  for (const container of state.containers.all()) {
    if (container.running || container.state.status === 'restarting') continue;
    if (limit !== undefined && container.parts.created >= limit) continue;
    if (!filters.labels('label', container.parts.config.Labels)) continue;
    reclaimed += container.parts.disk.scratchBytes();
    await container.exclusive(() => removeContainer(state, container, { volumes: false }));
    deleted.push(container.id);
  }
  state.events.log('container', 'prune', '', { reclaimed: String(reclaimed) });
  return json({ ContainersDeleted: orNull(deleted), SpaceReclaimed: reclaimed });
}

function pruneImages(state: EngineState, call: Call) {
  const filters = filtersOf(call);
  const limit = pruneLimit(filters, state.time.now());
  const used = new Set([...state.containers.all()].map(container => container.parts.image.id));
  // Only untagged ones, unless `dangling=false` asks for all that nobody uses.
  const danglingOnly = filters.flag('dangling') ?? true;
  const deleted: unknown[] = [];
  const before = layersSize(state);
  for (const image of chooseImages(state, parseFilters(undefined, []))) {
    if (used.has(image.id) || (danglingOnly && image.tags.length > 0)) continue;
    if (isStep(state, image) || state.images.byId(image.id) === undefined) continue;
    if (limit !== undefined && createdAt(image) >= limit) continue;
    if (!filters.labels('label', image.scenario.labels)) continue;
    deleted.push(...deleteImage(state, image));
  }
  const reclaimed = before - layersSize(state);
  state.events.log('image', 'prune', '', { reclaimed: String(reclaimed) });
  return json({ ImagesDeleted: orNull(deleted), SpaceReclaimed: reclaimed });
}

/** Bytes of all layers, those that several images share counted once. */
function layersSize(state: EngineState): number {
  const sizes = new Map(state.images.all().flatMap(({ layers }) => layers.map(({ digest, size }) => [digest, size])));
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

function pruneNetworks(state: EngineState, call: Call) {
  const filters = filtersOf(call);
  const used = new Set([...state.containers.all()].flatMap(container => [...container.networks.keys()]));
  const deleted: string[] = [];
  for (const network of state.networks.all()) {
    if (network.predefined || used.has(network.name) || !filters.labels('label', network.labels)) continue;
    removeNetwork(state, network);
    deleted.push(network.name);
  }
  state.events.log('network', 'prune', '', { reclaimed: '0' });
  return json({ NetworksDeleted: orNull(deleted) });
}

function pruneVolumes(state: EngineState, call: Call) {
  const filters = filtersOf(call);
  const all = filters.flag('all') ?? false;
  const deleted: string[] = [];
  for (const volume of state.volumes.all()) {
    if (volume.users.size > 0 || !(all || volume.anonymous) || !filters.labels('label', volume.labels)) continue;
    state.volumes.remove(volume);
    state.events.log('volume', 'destroy', volume.name, { driver: 'local' });
    deleted.push(volume.name);
  }
  state.events.log('volume', 'prune', '', { reclaimed: '0' });
  return json({ VolumesDeleted: orNull(deleted), SpaceReclaimed: 0 });
}
