import type { LaunchInput } from '../../../shared/domain/launch.ts';
import { startContainer } from '../engine/container-orders.ts';
import { inspectIfThere } from '../engine/containers.ts';
import type { Guards } from '../guard/guards.ts';
import type { Journal } from '../journal/journal.ts';
import { launch } from '../launching/launch.ts';
import { planLaunch, plannedContainer } from '../launching/plan-launch.ts';
import { preflight } from '../launching/preflight.ts';
import type { Preferences } from '../settings/preferences.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Watch } from '../watch.ts';

/** What a relaunch needs before its stop, and after a launch that failed. */
export interface RelaunchActs {
  /** Rejects with the fault that the launch would end with, found while the container of that name still runs. */
  requireLaunchable(input: LaunchInput, signal: AbortSignal): Promise<void>;
  /**
   * Sees to it that what was stopped runs again: left alone where it runs, started where it is there still, else made
   * anew. No guard is asked, and no signal of a caller: it ran before. Answers whether it runs.
   */
  bringBack(id: string, input: LaunchInput): Promise<boolean>;
}

interface Shared {
  readonly guards: Pick<Guards, 'requireAllowed'>;
  readonly preferences: Pick<Preferences, 'launchProfiles'>;
  readonly journal: Pick<Journal, 'note'>;
  readonly watch: Pick<Watch, 'touched'>;
}

/** The acts over a host. */
export function relaunchActs(around: Surroundings, { guards, preferences, journal, watch }: Shared): RelaunchActs {
  const prepare = async (input: LaunchInput, asItWas: boolean, signal?: AbortSignal) => {
    const replacing = { container: input.name ?? '', asItWas };
    const ready = await preflight(around, input, await preferences.launchProfiles(), signal, replacing);
    return { ready, plan: planLaunch(input, ready) };
  };

  const makeAnew = async (input: LaunchInput): Promise<void> => {
    const { ready, plan } = await prepare(input, true);
    const { container, volumes } = await launch(around, input, ready, plan, () => undefined);
    journal.note({
      source: 'launch',
      what: 'launch.done',
      subject: plan.name,
      data: { volumes: volumes.map(volume => volume.device) },
    });
    watch.touched(container.id);
  };

  return {
    async requireLaunchable(input, signal) {
      const { ready, plan } = await prepare(input, false, signal);
      await guards.requireAllowed({ plan, ...plannedContainer(input, ready) });
    },
    async bringBack(id, input) {
      try {
        const there = await inspectIfThere(around.connection, id);
        if (there?.running === true) return true;
        if (there === undefined) await makeAnew(input);
        else await startContainer(around.connection, id);
        return true;
      } catch {
        return false;
      }
    },
  };
}
