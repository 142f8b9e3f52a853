import { z } from 'zod';
import type { Clock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { RecentLaunch } from '../../../shared/domain/recent-launch.ts';
import { withRecentLaunch } from '../../../shared/domain/recent-launches.ts';
import type { ServiceHandlers } from '../service-handlers.ts';
import type { KeptDocument } from './kept-document.ts';

/** `recent.json`: what a person launched lately. */
export const KeptRecent = z.object({ $schema: z.string().optional(), launches: z.array(RecentLaunch).default([]) });

/** The launches that worked, newest first. */
export class RecentBook {
  readonly #document: KeptDocument<typeof KeptRecent>;
  readonly #clock: Clock;
  readonly #told: () => void;

  constructor(document: KeptDocument<typeof KeptRecent>, clock: Clock, told: () => void) {
    this.#document = document;
    this.#clock = clock;
    this.#told = told;
  }

  async read(): Promise<readonly RecentLaunch[]> {
    return (await this.#document.read())?.launches ?? [];
  }

  async note(launch: Omit<RecentLaunch, 'at'>): Promise<void> {
    const at = new Date(this.#clock.now()).toISOString();
    await this.#document.update(present => ({
      ...present,
      launches: withRecentLaunch(present?.launches ?? [], { ...launch, at }),
    }));
    this.#told();
  }
}

type Launch = ServiceHandlers['filesystem.launch'];

/** The same launch; one that a person asked for, by a profile, and that worked is among the recent ones. */
export function rememberedLaunch(launch: Launch, recent: RecentBook): Launch {
  return async (input, context) => {
    const launched = await launch(input, context);
    const { profile } = input;
    const { mountPoint, uncPrefix } = launched.plan;
    if (profile !== undefined) {
      const place = {
        ...(mountPoint === undefined ? {} : { mountPoint }),
        ...(uncPrefix === undefined ? {} : { uncPrefix }),
      };
      // It runs: that the list could not be written is no reason to say otherwise.
      await recent.note({ profile, ...place }).catch((error: unknown) => {
        if (!(error instanceof FaultError)) throw error;
      });
    }
    return launched;
  };
}
