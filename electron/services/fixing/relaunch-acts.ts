import { FaultError, faultOf } from '../../../shared/contract/fault.ts';
import { recogniseFileSystem } from '../../../shared/domain/file-system-command.ts';
import type { LaunchInput, LaunchPlan } from '../../../shared/domain/launch.ts';
import { sameClass } from '../../../shared/domain/unc-prefix.ts';
import type { Guards } from '../guard/guards.ts';
import type { Journal } from '../journal/journal.ts';
import { planLaunch, plannedContainer } from '../launching/plan-launch.ts';
import { type Preflight, preflight } from '../launching/preflight.ts';
import type { Relaunches } from '../relaunching/relaunches.ts';
import type { Preferences } from '../settings/preferences.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Watch } from '../watch.ts';
import type { Recipe } from './read-recipe.ts';

/** What a relaunch needs before it begins, and what it does. */
export interface RelaunchActs {
  /** Rejects with the fault that the launch would end with, found while the container of that name still runs. */
  requireLaunchable(recipe: Recipe, input: LaunchInput, signal: AbortSignal): Promise<void>;
  /** Puts what is launched into the place of the container, which is kept until that has worked. Answers its name. */
  relaunch(
    replaced: { readonly recipe: Recipe; readonly hasVolume: boolean },
    input: LaunchInput,
    tell: (note: string) => void,
    signal: AbortSignal,
  ): Promise<string>;
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
  const prepare = async (recipe: Recipe, input: LaunchInput, signal: AbortSignal) => {
    const profiles = await preferences.launchProfiles();
    const ready = await preflight(around, input, profiles, signal, { container: recipe.name });
    const plan = planLaunch(input, ready);
    requireBeside(recipe, plan);
    return { ready, plan, profiles };
  };
  const requireAllowed = ({ plan, ready }: { plan: LaunchPlan; ready: Preflight }, input: LaunchInput): Promise<void> =>
    guards.requireAllowed({ plan, ...plannedContainer(input, ready) });

  return {
    async requireLaunchable(recipe, input, signal) {
      await requireAllowed(await prepare(recipe, input, signal), input);
    },
    async relaunch({ recipe, hasVolume }, input, tell, signal) {
      const { id, name, running, autoRemove } = recipe;
      const note = (what: string, data: Record<string, unknown>): void =>
        journal.note({ source: 'launch', what, subject: name, data });
      try {
        const { ready, plan, profiles } = await prepare(recipe, input, signal);
        await requireAllowed({ plan, ready }, input);
        note('relaunch.started', { image: plan.image, kind: plan.kind });
        const before = { id, name, running, autoRemove, hasVolume };
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
