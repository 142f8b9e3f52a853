import { FaultError, faultOf } from '../../../shared/contract/fault.ts';
import { recogniseFileSystem } from '../../../shared/domain/file-system-command.ts';
import type { LaunchInput, LaunchPlan } from '../../../shared/domain/launch.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { secretFilesOfLabels } from '../../../shared/domain/secret-labels.ts';
import { sameClass } from '../../../shared/domain/unc-prefix.ts';
import type { Guards } from '../guard/guards.ts';
import type { Journal } from '../journal/journal.ts';
import { planLaunch, plannedContainer } from '../launching/plan-launch.ts';
import { type Preflight, preflight } from '../launching/preflight.ts';
import type { Relaunches } from '../relaunching/relaunches.ts';
import { requireSecrets } from '../secrets/launch-secrets.ts';
import type { Preferences } from '../settings/preferences.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Watch } from '../watch.ts';
import { type Recipe, readRecipe } from './read-recipe.ts';

/** What is launched in the place of a container. */
export interface RelaunchOrder {
  readonly recipe: Recipe;
  readonly input: LaunchInput;
  /** The one that the input names, as this relaunch has it: it brings the secrets. */
  readonly profile?: Profile;
  readonly hasVolume: boolean;
}

/** What a relaunch needs before it begins, and what it does. */
export interface RelaunchActs {
  /** How the container of that name was made. */
  readRecipe(container: string, signal: AbortSignal): Promise<Recipe>;
  /** Rejects with the fault that the launch would end with, found while the container of that name still runs. */
  requireLaunchable(order: RelaunchOrder, signal: AbortSignal): Promise<void>;
  /** Puts what is launched into the place of the container, which is kept until that has worked. Answers its name. */
  relaunch(order: RelaunchOrder, tell: (note: string) => void, signal: AbortSignal): Promise<string>;
}

interface Shared {
  readonly guards: Pick<Guards, 'requireAllowed'>;
  readonly preferences: Pick<Preferences, 'launchProfiles'>;
  readonly journal: Pick<Journal, 'note'>;
  readonly watch: Pick<Watch, 'touched'>;
  readonly relaunches: Relaunches;
}

/** The acts over a host. */
export function relaunchActs(
  around: Surroundings,
  { guards, preferences, journal, watch, relaunches }: Shared,
): RelaunchActs {
  const prepare = async ({ recipe, input, profile }: RelaunchOrder, signal: AbortSignal) => {
    const profiles = await preferences.launchProfiles();
    const known = profile === undefined ? profiles : [profile, ...profiles.filter(({ name }) => name !== profile.name)];
    const ready = await preflight(around, input, known, signal, { container: recipe.name });
    requireSecrets(input, ready.command.profile, ready.secrets);
    const plan = planLaunch(input, ready);
    requireBeside(recipe, plan);
    return { ready, plan, profiles };
  };
  const requireAllowed = ({ plan, ready }: { plan: LaunchPlan; ready: Preflight }, input: LaunchInput): Promise<void> =>
    guards.requireAllowed({ plan, ...plannedContainer(input, ready) });

  return {
    readRecipe: async (container, signal) =>
      readRecipe(around.connection, container, await preferences.launchProfiles(), signal),
    async requireLaunchable(order, signal) {
      await requireAllowed(await prepare(order, signal), order.input);
    },
    async relaunch(order, tell, signal) {
      const { recipe, input, hasVolume } = order;
      const { id, name, running, autoRemove } = recipe;
      const note = (what: string, data: Record<string, unknown>): void =>
        journal.note({ source: 'launch', what, subject: name, data });
      try {
        const { ready, plan, profiles } = await prepare(order, signal);
        await requireAllowed({ plan, ready }, input);
        note('relaunch.started', { image: plan.image, kind: plan.kind });
        const secretFiles = secretFilesOfLabels(recipe.labels);
        const before = { id, name, running, autoRemove, hasVolume, secretFiles };
        const { container, volumes } = await relaunches.replace({ before, input, ready, plan, profiles }, tell, signal);
        note('relaunch.done', { volumes: volumes.map(({ device }) => device), as: container.name });
        watch.touched(container.id);
        return container.name;
      } catch (error) {
        note('relaunch.failed', { code: faultOf(error).code });
        throw error;
      }
    },
  };
}

/** What is removed at its end is stopped last, so for a moment both run: not under one class of names. */
function requireBeside({ name, argv, autoRemove, isolation, running }: Recipe, { uncPrefix }: LaunchPlan): void {
  const present = recogniseFileSystem(argv)?.uncPrefix;
  if (!autoRemove || !running || isolation === 'hyperv' || present === undefined || uncPrefix === undefined) return;
  if (!sameClass(present, uncPrefix)) return;
  const message = `${name} was started with --rm: it goes away when it is stopped and could not be brought back, so what takes its place has to run first. With ${uncPrefix} beside ${present} the two would answer for one class of names. Nothing was stopped. Stop it and run it anew by your own means, or relaunch it as a disk.`;
  throw new FaultError({ code: 'invalid-input', issues: [{ path: 'fix', message }] });
}
