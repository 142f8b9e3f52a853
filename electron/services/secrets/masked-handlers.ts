import type { Contract } from '../../../shared/contract/contract.ts';
import type { Announce, CallContext } from '../../../shared/contract/operation.ts';
import type { ServiceHandlers } from '../service-handlers.ts';
import type { KnownValues } from './known-values.ts';
import { maskedError } from './masked-error.ts';

type AnyHandler = (input: unknown, context: CallContext<unknown>) => unknown;

/**
 * Calls whose answers and progress may repeat what a program printed, with what is put in the place of a value. The logs
 * mask for themselves, value by value as it streams; the rest is asked of Windows and the engine.
 */
const TELLING: Readonly<Partial<Record<keyof ServiceHandlers, string | undefined>>> = {
  'filesystem.launch': undefined,
  'filesystem.stop': undefined,
  'finding.fix': undefined,
  'relaunch.settle': undefined,
  'isolation.test': undefined,
  'image.build': undefined,
  'policy.watch': undefined,
  'guard.read': undefined,
  'workspace.list': undefined,
  'workspace.start': undefined,
  'workspace.stop': undefined,
  'journal.read': undefined,
  'journal.moment': undefined,
  'host.record': '<secret>',
};

/** The same handlers; known values of secrets are masked in what they tell, and in every error. */
export function maskedHandlers(handlers: ServiceHandlers, known: KnownValues): ServiceHandlers {
  const masked = Object.entries(handlers).map(([name, handler]) => [
    name,
    maskedHandler(name, handler as AnyHandler, known),
  ]);
  return Object.fromEntries(masked) as ServiceHandlers;
}

function maskedHandler(name: string, handler: AnyHandler, known: KnownValues): AnyHandler {
  const tells = Object.hasOwn(TELLING, name);
  const put = TELLING[name as keyof typeof TELLING];
  const clean = (told: unknown): unknown => (tells ? known.mask.json(told, put) : told);
  return async (input, { signal, progress }) => {
    try {
      if (tells) await known.ready();
      return clean(await handler(input, { signal, progress: told => progress(clean(told)) }));
    } catch (error) {
      throw maskedError(error, known.mask);
    }
  };
}

/** News of what programs did are masked, too. */
export function maskedNews(announce: Announce<Contract>, known: KnownValues): Announce<Contract> {
  return (name, payload) => {
    // Another process that keeps the same journal may know less.
    const repeats = name === 'guard.changed' || name === 'workspace.changed' || name === 'journal.appended';
    announce(name, repeats ? (known.mask.json(payload) as typeof payload) : payload);
  };
}
