import { recogniseFileSystem } from '../../../shared/domain/file-system-command.ts';
import { fillProfile } from '../../../shared/domain/fill-profile.ts';
import { PROFILE_LABEL } from '../../../shared/domain/namespace.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { secretsOfLabels, withoutSecretArguments } from '../../../shared/domain/secret-labels.ts';
import { maskArguments } from '../../../shared/domain/secrets.ts';
import type { NotCaptured, Workspace, WorkspaceItem } from '../../../shared/domain/workspace.ts';
import {
  type InspectedContainer,
  inspectContainer,
  type ListedContainer,
  listContainers,
} from '../engine/containers.ts';
import { discoverFsd } from '../fsd/discover-fsd.ts';
import { inParallel } from '../in-parallel.ts';
import type { Surroundings } from '../surroundings.ts';

const AT_ONCE = 8;

/**
 * "What runs now" as items: every running container with a file system that is known, by its profile where its command
 * line is what the profile makes of it, else by its own command line. Variables are left out: the engine tells them,
 * secrets included, and only the user knows which.
 */
export async function captureItems(
  around: Surroundings,
  profiles: readonly Profile[],
  signal: AbortSignal,
): Promise<{ readonly items: Workspace['items']; readonly left: readonly NotCaptured[] }> {
  const running = (await listContainers(around.connection, { all: false, signal })).filter(
    ({ state }) => state === 'running',
  );
  const { installDirectory } = await discoverFsd(around.host, signal);
  const captured = await inParallel(running, AT_ONCE, async listed =>
    capture(listed, await inspectContainer(around.connection, listed.ref.id, { signal }), profiles, installDirectory),
  );
  const items: WorkspaceItem[] = [];
  const left: NotCaptured[] = [];
  for (const one of captured) {
    if ('because' in one) left.push(one);
    else items.push(one);
  }
  return { items, left };
}

function capture(
  { mounts }: ListedContainer,
  { ref, argv }: InspectedContainer,
  profiles: readonly Profile[],
  winfsp: string | undefined,
): WorkspaceItem | NotCaptured {
  const container = ref.name;
  const recognised = recogniseFileSystem(argv);
  if (ref.isolation === 'hyperv') return { container, because: 'hyperv' };
  if (!ref.managed && recognised === undefined) return { container, because: 'no-file-system' };
  const isWinFsp = (directory: string): boolean => winfsp !== undefined && isSameDirectory(directory, winfsp);
  const binds = mounts
    .filter(({ type, destination }) => type === 'bind' && !isWinFsp(destination))
    .map(({ source, destination, readOnly }) => `${source}:${destination}${readOnly ? ':ro' : ''}`);
  const profile = profiles.find(({ name }) => name === ref.labels[PROFILE_LABEL]);
  const filling = {
    ...(recognised?.mountPoint === undefined ? {} : { mountPoint: recognised.mountPoint }),
    ...(recognised?.uncPrefix === undefined ? {} : { uncPrefix: recognised.uncPrefix }),
  };
  const labels = ref.labels;
  const isOfProfile =
    profile !== undefined &&
    winfsp !== undefined &&
    withoutSecretArguments(fillProfile(profile, { winfsp, ...filling, given: secretsOfLabels(labels) }), labels).join(
      '\0',
    ) === argv.join('\0');
  // By its profile it gets what is kept for it; by its own command line there is nothing but what stands there.
  if (!isOfProfile && (secretsOfLabels(labels).size > 0 || maskArguments(argv).join('\0') !== argv.join('\0')))
    return { container, because: 'holds-a-secret' };
  const launch = {
    ...(isOfProfile ? { profile: profile.name, ...filling } : { command: [...argv] }),
    image: ref.image,
    ...(binds.length === 0 ? {} : { binds }),
  };
  return { name: container, launch };
}

const isSameDirectory = (one: string, other: string): boolean =>
  one.replace(/\\+$/, '').toLowerCase() === other.replace(/\\+$/, '').toLowerCase();
