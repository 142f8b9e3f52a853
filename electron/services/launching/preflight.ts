import { FaultError } from '../../../shared/contract/fault.ts';
import { recogniseFileSystem } from '../../../shared/domain/file-system-command.ts';
import { givenSecrets } from '../../../shared/domain/fill-profile.ts';
import type { ImageRow } from '../../../shared/domain/image-row.ts';
import { judgeWrites } from '../../../shared/domain/keeps-writes.ts';
import type { LaunchInput } from '../../../shared/domain/launch.ts';
import type { LaunchWarning } from '../../../shared/domain/launch-warning.ts';
import type { Namespace } from '../../../shared/domain/namespace.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { PlannedSecret } from '../../../shared/domain/profile-secret.ts';
import type { Fsd } from '../../../shared/domain/readiness.ts';
import { proposeUniquePrefix, sameClass, samePrefix } from '../../../shared/domain/unc-prefix.ts';
import { wordNoContainerName } from '../../../shared/wording/word-launch-warning.ts';
import { listContainers } from '../engine/containers.ts';
import { askEngine, requireWindowsEngine } from '../engine/engine-state.ts';
import { discoverFsd } from '../fsd/discover-fsd.ts';
import { requireWinFsp } from '../fsd/fsd-service.ts';
import { statesForLaunch } from '../secrets/launch-secrets.ts';
import { readNamespaces } from '../silos/read-namespaces.ts';
import type { Surroundings } from '../surroundings.ts';
import { chooseImage, type ImageWish, isBuiltAs } from './choose-image.ts';
import { type ResolvedCommand, resolveCommand } from './resolve-command.ts';
import { type TakenPrefix, takenPrefixes } from './taken-prefixes.ts';

/** Everything a launch needs, checked and chosen; nothing was changed to find it. */
export interface Preflight {
  readonly name: string;
  readonly image: ImageRow;
  readonly command: ResolvedCommand;
  readonly fsd: Fsd & { readonly service: string; readonly installDirectory: string };
  /** Docker's Windows syntax; WinFsp's installation directory first. */
  readonly binds: readonly string[];
  readonly namespaces: readonly Namespace[];
  /** Prefixes in use, for the prediction of who will be reached by which name. */
  readonly taken: readonly TakenPrefix[];
  readonly secrets: readonly PlannedSecret[];
  readonly warnings: readonly LaunchWarning[];
}

/** A launch in the place of a container that is still there, and will be gone by then. */
export interface Replacing {
  /** Its name: that, its prefixes and its silo count as free. */
  readonly container: string;
}

/**
 * Checks a launch before anything is made. The order is that of the cheapest and the most telling: what was asked, then
 * WinFsp, then the engine, then the image, then collisions. Rejects with the first fault.
 */
export async function preflight(
  around: Surroundings,
  input: LaunchInput,
  profiles: readonly Profile[],
  signal?: AbortSignal,
  replacing?: Replacing,
): Promise<Preflight> {
  // Judged once without WinFsp's place, so that a wrong question is a wrong question on any host.
  resolveCommand(input, profiles, 'C:\\WinFsp');
  if (input.isolation === 'hyperv') {
    throw new FaultError({
      code: 'isolation-unsupported',
      isolation: 'hyperv',
      because: 'hyperv-no-winfsp',
    });
  }
  const fsd = await requireWinFsp(around.host, await discoverFsd(around.host, signal), signal);
  if (fsd.state !== 'running' && !input.startFsd) {
    throw new FaultError({ code: 'fsd-not-running', service: fsd.service, state: fsd.state });
  }
  requireWindowsEngine(await askEngine(around.connection, { signal }));
  const at = new Date(around.clock.now()).toISOString();
  const [image, all, reading] = await Promise.all([
    chooseImage(
      around.connection,
      around.host.facts,
      { ...input, built: builtFor(input, profiles), recipes: recipesFor(input, profiles) },
      at,
      signal,
    ),
    listContainers(around.connection, { all: true, signal }),
    readNamespaces(around, signal),
  ]);
  const isReplaced = (name: string | undefined): boolean =>
    name !== undefined && name.toLowerCase() === replacing?.container.toLowerCase();
  const containers = all.filter(({ ref }) => !isReplaced(ref.name));
  const views = reading.views.filter(({ container }) => !isReplaced(container?.ref.name));
  const names = new Map(containers.map(container => [container.ref.name.toLowerCase(), container]));
  const warnings: LaunchWarning[] = [];
  const profile = profiles.find(one => one.name === input.profile);
  const secrets = await statesForLaunch(around.secrets, profile, input.secrets);
  const resolve = (uncPrefix?: string): ResolvedCommand =>
    resolveCommand(input, profiles, fsd.installDirectory, uncPrefix ?? input.uncPrefix, givenSecrets(secrets));
  const first = resolve();
  const running = containers.filter(container => container.state === 'running');
  const isNetwork = first.uncPrefix !== undefined;
  const taken = isNetwork ? await takenPrefixes(around, views, running, fsd, signal) : [];
  const command = isNetwork ? withFreePrefix(first, input, resolve, taken, warnings) : first;
  if (first.recognised === undefined && first.profile === undefined) {
    warnings.push({ code: 'program-unknown' });
  }
  warnings.push(...warnOfWrites(command, input));
  const holdsIt = first.profile?.recipe !== undefined && isBuiltAs(first.profile.recipe.name, image.reference);
  if (first.profile?.needs !== undefined && !holdsIt) warnings.push({ code: 'must-hold', needs: first.profile.needs });
  warnings.push(...secrets.map((secret): LaunchWarning => ({ code: 'secret', secret })));
  if (image.verdict.runs === 'unknown') warnings.push({ code: 'build-unknown', image: image.reference });
  const name = input.name ?? proposeName(command, names);
  requireFreeName(name, names);
  return {
    name,
    image,
    command,
    fsd,
    binds: [`${fsd.installDirectory}:${fsd.installDirectory}:ro`, ...input.binds],
    namespaces: views.map(view => view.namespace),
    taken,
    secrets,
    warnings,
  };
}

/** What its stop does not wait for. Where nothing tells, that is said of a command of one's own: a profile has an author. */
function warnOfWrites({ argv, environment, profile }: ResolvedCommand, input: LaunchInput): LaunchWarning[] {
  if (profile?.stop?.some(({ kind }) => kind === 'wait') === true) return [];
  const writes = judgeWrites(argv, { ...environment, ...input.environment });
  if (writes.when === 'later') return [{ code: 'writes-later', by: writes.by }];
  const because = writes.when === 'untold' ? 'command' : writes.unless;
  return profile !== undefined || because === undefined || isAtOnce(argv) ? [] : [{ code: 'writes-untold', because }];
}

/** Those of which it is known that they keep nothing to write later: in memory, read only, or passed on as it comes. */
function isAtOnce(argv: readonly string[]): boolean {
  const program = recogniseFileSystem(argv)?.program;
  return program !== undefined && !['rclone', 'juicefs', 'winfsp-fuse'].includes(program);
}

/**
 * Sees to it that no prefix is mounted twice. One that the user chose and somebody has is a fault; a profile's default
 * gives way to a free one. The same class with another instance is let through with a warning: WinFsp answers for the
 * whole class, so the two shadow each other. Ground: winfsp src/sys/mup.c.
 */
function withFreePrefix(
  command: ResolvedCommand,
  input: LaunchInput,
  resolve: (uncPrefix: string) => ResolvedCommand,
  taken: readonly { readonly uncPrefix: string; readonly by: string }[],
  warnings: LaunchWarning[],
): ResolvedCommand {
  const { uncPrefix } = command;
  if (uncPrefix === undefined) return command;
  const same = taken.find(one => samePrefix(one.uncPrefix, uncPrefix));
  const related = taken.find(one => sameClass(one.uncPrefix, uncPrefix));
  if (related === undefined) return command;
  const proposal = proposeUniquePrefix(
    taken.map(one => one.uncPrefix),
    uncPrefix,
  );
  const isDefault =
    input.uncPrefix === undefined && command.profile?.command.some(part => part.includes('{uncPrefix}')) === true;
  if (isDefault) {
    warnings.push({ code: 'prefix-replaced', uncPrefix, of: related.uncPrefix, by: related.by, used: proposal });
    return resolve(proposal);
  }
  if (same !== undefined) throw new FaultError({ code: 'unc-prefix-in-use', uncPrefix, by: same.by, proposal });
  warnings.push({ code: 'class-shared', of: related.uncPrefix, by: related.by, free: proposal });
  return command;
}

/** What an image is called that a profile needs and its recipe makes; undefined where any base image will do. */
function builtFor({ profile }: LaunchInput, profiles: readonly Profile[]): string | undefined {
  const chosen = profiles.find(({ name }) => name === profile);
  return chosen?.needs === undefined ? undefined : chosen.recipe?.name;
}

/** All that recipes make, the launch's own profile first. */
function recipesFor({ profile }: LaunchInput, profiles: readonly Profile[]): NonNullable<ImageWish['recipes']> {
  return [...profiles]
    .sort((a, b) => Number(b.name === profile) - Number(a.name === profile))
    .flatMap(({ name, recipe }) => (recipe === undefined ? [] : [{ profile: name, name: recipe.name }]));
}

function proposeName(command: ResolvedCommand, taken: ReadonlyMap<string, unknown>): string {
  const stem = command.profile?.name ?? command.recognised?.program ?? 'file-system';
  for (let count = 1; ; count++) {
    const name = count === 1 ? stem : `${stem}-${count}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

function requireFreeName(name: string, taken: ReadonlyMap<string, { readonly ref: { readonly id: string } }>): void {
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) {
    throw new FaultError({ code: 'invalid-input', issues: [{ path: 'name', message: wordNoContainerName(name) }] });
  }
  const holder = taken.get(name.toLowerCase());
  if (holder !== undefined) throw new FaultError({ code: 'name-in-use', name, by: holder.ref.id.slice(0, 12) });
}
