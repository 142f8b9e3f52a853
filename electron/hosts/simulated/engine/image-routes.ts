import { type Answer, empty, json } from './answer.ts';
import { badRequest, conflict, notFound } from './api-error.ts';
import type { Call, Route } from './call.ts';
import type { Container } from './container.ts';
import type { EngineState } from './engine-state.ts';
import { type Filters, parseFilters } from './filters.ts';
import { shownConfig } from './image-config.ts';
import { normalise, type Reference } from './image-reference.ts';
import type { Image } from './image-store.ts';
import { parseTime } from './nano-time.ts';

/** Images as they lie here: list, inspect, history, tag, remove. */
export function imageRoutes(state: EngineState): readonly Route[] {
  return [
    ['GET', '/images/json', call => json(list(state, call))],
    ['GET', '/images/{*}/json', call => json(inspect(state, call))],
    ['GET', '/images/{*}/history', call => json(history(state.images.get(call.parameter())))],
    ['POST', '/images/{*}/tag', call => tag(state, call)],
    ['DELETE', '/images/{*}', call => json(remove(state, call))],
  ];
}

/** How many containers use each image. */
function usersOf(state: EngineState): ReadonlyMap<string, readonly Container[]> {
  const users = new Map<string, Container[]>();
  for (const container of state.containers.all()) {
    const held = users.get(container.parts.image.id);
    if (held === undefined) users.set(container.parts.image.id, [container]);
    else held.push(container);
  }
  return users;
}

const IMAGE_FILTERS = ['before', 'dangling', 'label', 'reference', 'since', 'until'];

function list(state: EngineState, call: Call): readonly unknown[] {
  const filters = parseFilters(call.text('filters'), IMAGE_FILTERS);
  const users = usersOf(state);
  const all = call.flag('all');
  return chooseImages(state, filters)
    .filter(image => all || !isStep(state, image))
    .toSorted((one, other) => other.createdSeconds - one.createdSeconds)
    .map(image => ({
      Containers: users.get(image.id)?.length ?? -1,
      Created: image.createdSeconds,
      Id: image.id,
      Labels: Object.keys(image.scenario.labels).length === 0 ? null : image.scenario.labels,
      ParentId: image.built?.parent.id ?? '',
      RepoDigests: digestsOf(state, image, shownTags(image, filters)),
      RepoTags: shownTags(image, filters).map(tag => tag.familiar),
      SharedSize: -1,
      Size: image.scenario.sizeBytes,
    }));
}

function shownTags(image: Image, filters: Filters): readonly Reference[] {
  return image.tags.filter(tag => matchesReference(tag, filters));
}

/** An image that was built here has no digest: that comes with a push or a pull. */
function digestsOf(state: EngineState, { digest, built }: Image, tags: readonly Reference[]): readonly string[] {
  const known = tags.filter(tag => built === undefined || state.images.isPublished(tag));
  return [...new Set(known.map(tag => `${tag.repository}@${digest}`))];
}

/** A step of a build, upon which others stand: listed with `all` only, and no prune takes it for itself. */
export function isStep(state: EngineState, image: Image): boolean {
  return image.built !== undefined && image.tags.length === 0 && state.images.childrenOf(image).length > 0;
}

/** `reference=` patterns: `*` within a path element, with or without the tag. */
function matchesReference(tag: Reference, filters: Filters): boolean {
  return filters.some('reference', pattern => {
    const shape = new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '[^/]*')
        .replaceAll('?', '[^/]')}$`,
    );
    return [tag.familiar, tag.repository].some(
      name => shape.test(name) || (!pattern.includes('/') && shape.test(name.split('/').at(-1) ?? '')),
    );
  });
}

/** Images that pass the filters of list and prune. */
export function chooseImages(state: EngineState, filters: Filters): readonly Image[] {
  const bound = (key: string): number | undefined => {
    const [name] = filters.values(key);
    return name === undefined ? undefined : state.images.get(name).createdSeconds;
  };
  const [before, since, dangling] = [bound('before'), bound('since'), filters.flag('dangling')];
  return state.images
    .all()
    .filter(
      image =>
        (dangling === undefined || (image.tags.length === 0) === dangling) &&
        (before === undefined || image.createdSeconds < before) &&
        (since === undefined || image.createdSeconds > since) &&
        filters.labels('label', image.scenario.labels) &&
        (!filters.has('reference') || image.tags.some(tag => matchesReference(tag, filters))),
    );
}

function inspect(state: EngineState, call: Call): unknown {
  const image = state.images.get(call.parameter());
  const platform = call.text('platform');
  const os = image.scenario.base === 'linux' ? 'linux' : 'windows';
  if (platform !== undefined && !platform.includes(`"${os}"`)) {
    const asked = /"os"\s*:\s*"(\w+)"/.exec(platform)?.[1] ?? '';
    throw notFound(
      `image with reference ${call.parameter()} was found but its platform (${os}/amd64) does not match the specified platform (${asked}/amd64)`,
    );
  }
  const { scenario } = image;
  return {
    Id: image.id,
    RepoTags: image.tags.map(held => held.familiar),
    RepoDigests: digestsOf(state, image, image.tags),
    Parent: image.built?.parent.id ?? '',
    Comment: image.built?.comment ?? '',
    Created: image.created,
    DockerVersion: image.built === undefined ? '' : state.options.engine.version,
    Author: image.built?.author ?? '',
    Architecture: 'amd64',
    Os: os,
    ...(scenario.osVersion === undefined ? {} : { OsVersion: scenario.osVersion }),
    Size: scenario.sizeBytes,
    GraphDriver: {
      Data: { dir: `C:\\ProgramData\\docker\\windowsfilter\\${image.layers.at(-1)?.digest ?? ''}` },
      Name: 'windowsfilter',
    },
    RootFS: { Type: 'layers', Layers: image.layers.map(layer => layer.diffId) },
    Metadata: { LastTagTime: '0001-01-01T00:00:00Z' },
    Config: shownConfig(image.config),
  };
}

/** Newest first; what is below the base's own last layer has no id here. */
function history(image: Image): readonly unknown[] {
  const steps: unknown[] = [];
  let below = image;
  for (; below.built !== undefined; below = below.built.parent) steps.push(historyLine(below, below.built));
  const base = below.layers.map((layer, index) => ({
    Comment: '',
    Created: below.createdSeconds,
    CreatedBy: index === 0 ? 'Apply image 10.0' : 'Install update',
    Id: index === below.layers.length - 1 ? below.id : '<missing>',
    Size: layer.size,
    Tags: index === below.layers.length - 1 ? tagsOf(below) : null,
  }));
  return [...steps, ...base.reverse()];
}

function historyLine(image: Image, { createdBy, comment, addedBytes }: NonNullable<Image['built']>): unknown {
  return {
    Comment: comment,
    Created: image.createdSeconds,
    CreatedBy: createdBy,
    Id: image.id,
    Size: addedBytes,
    Tags: tagsOf(image),
  };
}

const tagsOf = ({ tags }: Image): readonly string[] | null =>
  tags.length === 0 ? null : tags.map(({ familiar }) => familiar);

function tag(state: EngineState, call: Call): Answer {
  const image = state.images.get(call.parameter());
  const repository = call.text('repo') ?? '';
  const tagText = call.text('tag') ?? '';
  const reference = normalise(tagText === '' ? repository : `${repository}:${tagText}`);
  if (reference === undefined) throw badRequest('invalid reference format');
  state.images.add(image, reference);
  state.events.log('image', 'tag', image.id, { ...image.scenario.labels, name: reference.familiar });
  return empty(201);
}

const short = (id: string): string => id.replace('sha256:', '').slice(0, 12);

/** Ground: moby daemon/images/image_delete.go. */
function remove(state: EngineState, call: Call): readonly unknown[] {
  const name = call.parameter();
  const image = state.images.get(name);
  const force = call.flag('force');
  const byId = image.id.startsWith(name) || image.id.startsWith(`sha256:${name}`);
  const reference = byId ? undefined : normalise(name);
  const users = usersOf(state).get(image.id) ?? [];
  if (reference !== undefined && image.tags.length > 1) return [untag(state, image, reference)];
  if (reference !== undefined && !force) {
    const [user] = users;
    if (user !== undefined) {
      throw conflict(
        `conflict: unable to remove repository reference "${name}" (must force) - container ${short(user.id)} is using its referenced image ${short(image.id)}`,
      );
    }
  }
  refuseUsed(image, users, force, byId);
  const kept = state.images.childrenOf(image).length > 0;
  if (kept && byId) {
    throw conflict(
      `conflict: unable to delete ${short(image.id)} (cannot be forced) - image has dependent child images`,
    );
  }
  if (kept) return [...image.tags].map(held => untag(state, image, held));
  return deleteImage(state, image, !call.flag('noprune'));
}

function refuseUsed(image: Image, users: readonly Container[], force: boolean, byId: boolean): void {
  const running = users.find(container => container.running);
  if (running !== undefined) {
    throw conflict(
      `conflict: unable to delete ${short(image.id)} (cannot be forced) - image is being used by running container ${short(running.id)}`,
    );
  }
  if (force) return;
  if (byId && image.tags.length > 1) {
    throw conflict(
      `conflict: unable to delete ${short(image.id)} (must be forced) - image is referenced in multiple repositories`,
    );
  }
  const [stopped] = users;
  if (stopped !== undefined) {
    throw conflict(
      `conflict: unable to delete ${short(image.id)} (must be forced) - image is being used by stopped container ${short(stopped.id)}`,
    );
  }
}

function untag(state: EngineState, image: Image, reference: Reference): unknown {
  state.images.untag(reference);
  state.events.log('image', 'untag', image.id, { ...image.scenario.labels, name: image.id });
  return { Untagged: reference.familiar };
}

/**
 * Takes all tags off and drops the image, and the steps below it that nobody else needs. Answers what `docker rmi` prints.
 */
export function deleteImage(state: EngineState, image: Image, prune = true): readonly unknown[] {
  const digests = digestsOf(state, image, image.tags);
  const untagged = [...image.tags].map(held => untag(state, image, held));
  state.images.remove(image);
  state.events.log('image', 'delete', image.id, { ...image.scenario.labels, name: image.id });
  const layers = image.layers.filter(layer => !state.images.hasLayer(layer.digest));
  const parent = image.built?.parent;
  const goesToo =
    prune &&
    parent?.built !== undefined &&
    parent.tags.length === 0 &&
    state.images.childrenOf(parent).length === 0 &&
    !usersOf(state).has(parent.id);
  return [
    ...untagged,
    ...digests.map(digest => ({ Untagged: digest })),
    { Deleted: image.id },
    ...(goesToo ? deleteImage(state, parent) : layers.map(layer => ({ Deleted: layer.diffId }))),
  ];
}

/** The `until` of a prune: a time, or a span before now such as `24h`. Nanoseconds. */
export function pruneLimit(filters: Filters, now: bigint): bigint | undefined {
  const [text] = filters.values('until');
  if (text === undefined) return undefined;
  const at = parseTime(text);
  if (at !== undefined) return at;
  const span = [...text.matchAll(/(\d+)(h|m|s)/g)];
  if (span.map(([part]) => part).join('') !== text || text === '')
    throw badRequest(`failed to parse value as time or duration: "${text}"`);
  const unit = { h: 3_600n, m: 60n, s: 1n };
  return (
    now -
    span.reduce(
      (sum, [, count = '0', name]) => sum + BigInt(count) * (name === 'h' ? unit.h : name === 'm' ? unit.m : unit.s),
      0n,
    ) *
      1_000_000_000n
  );
}

/** When the image was made, in nanoseconds. */
export const createdAt = (image: Image): bigint => BigInt(image.createdSeconds) * 1_000_000_000n;
