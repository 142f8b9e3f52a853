import type { Journal } from '../journal/journal.ts';
import type { ServiceHandlers } from '../service-handlers.ts';
import type { Preferences } from '../settings/preferences.ts';
import type { Relaunches } from './relaunches.ts';

interface Shared {
  readonly relaunches: Relaunches;
  readonly preferences: Pick<Preferences, 'launchProfiles'>;
  readonly journal: Pick<Journal, 'note'>;
}

/** What was broken off, behind the contract. */
export function relaunchHandlers({
  relaunches,
  preferences,
  journal,
}: Shared): Pick<ServiceHandlers, 'relaunch.list' | 'relaunch.settle'> {
  return {
    'relaunch.list': async (_, { signal }) => ({ relaunches: await relaunches.broken(signal) }),
    async 'relaunch.settle'(asked, { signal, progress }) {
      const profiles = await preferences.launchProfiles();
      const container = await relaunches.settle(asked, profiles, note => progress({ note }), signal);
      journal.note({ source: 'user', what: 'relaunch.settled', subject: container, data: { way: asked.way } });
      return { container };
    },
  };
}
