import { z } from 'zod';
import { empty, json } from './answer.ts';
import { badRequest, notFound } from './api-error.ts';
import type { Call, Route } from './call.ts';
import type { EngineState } from './engine-state.ts';
import { parseFilters } from './filters.ts';
import { record, text, textOr } from './go-json.ts';
import { nanoTime } from './nano-time.ts';
import { type EngineVolume, missingVolumeDriver, mountpointOf } from './volume-store.ts';

const VolumeRequest = z.looseObject({
  Name: text,
  Driver: textOr('local'),
  DriverOpts: record,
  Labels: record,
});

/** Volumes of the `local` driver: list, inspect, create, remove. */
export function volumeRoutes(state: EngineState): readonly Route[] {
  return [
    ['GET', '/volumes', call => json({ Volumes: list(state, call), Warnings: null })],
    ['POST', '/volumes/create', call => create(state, call)],
    ['GET', '/volumes/{}', call => json(view(state.volumes.get(call.parameter())))],
    ['DELETE', '/volumes/{}', call => remove(state, call)],
  ];
}

function list(state: EngineState, call: Call): readonly unknown[] {
  const filters = parseFilters(call.text('filters'), ['dangling', 'driver', 'label', 'name']);
  const dangling = filters.flag('dangling');
  return state.volumes
    .all()
    .filter(
      volume =>
        (dangling === undefined || (volume.users.size === 0) === dangling) &&
        filters.exact('driver', 'local') &&
        filters.some('name', name => volume.name.includes(name)) &&
        filters.labels('label', volume.labels),
    )
    .map(view);
}

function view(volume: EngineVolume): unknown {
  return {
    // To the second, as Go's RFC3339 has it.
    CreatedAt: nanoTime(volume.created).replace(/\.\d+/, ''),
    Driver: 'local',
    Labels: Object.keys(volume.labels).length === 0 ? null : volume.labels,
    Mountpoint: mountpointOf(volume.name),
    Name: volume.name,
    Options: null,
    Scope: 'local',
  };
}

async function create(state: EngineState, call: Call) {
  const request = await call.json(VolumeRequest, true);
  if (request.Driver !== 'local') {
    throw missingVolumeDriver(request.Name, request.Driver);
  }
  if (Object.keys(request.DriverOpts).length > 0) {
    throw badRequest(`create ${request.Name}: options are not supported on this platform`);
  }
  const { volume, isNew } = state.volumes.obtain(request.Name, state.time.now(), request.Labels);
  if (isNew) state.events.log('volume', 'create', volume.name, { driver: 'local' });
  return json(view(volume), 201);
}

function remove(state: EngineState, call: Call) {
  const name = call.parameter();
  const volume = state.volumes.find(name);
  if (volume === undefined) {
    if (call.flag('force')) return empty(204);
    throw notFound(`get ${name}: no such volume`);
  }
  state.volumes.remove(volume);
  state.events.log('volume', 'destroy', volume.name, { driver: 'local' });
  return empty(204);
}
