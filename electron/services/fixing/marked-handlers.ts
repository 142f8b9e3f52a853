import { FaultError } from '../../../shared/contract/fault.ts';
import { markAccepted } from '../../../shared/domain/accepted-findings.ts';
import type { HostHandlers } from '../service-handlers.ts';
import type { Preferences } from '../settings/preferences.ts';

/** The same handlers; in an inspection those findings are marked that the user's policy accepts. */
export function markedHandlers(handlers: HostHandlers, preferences: Preferences): HostHandlers {
  return {
    ...handlers,
    async 'inspection.take'(input, context) {
      const inspection = await handlers['inspection.take'](input, context);
      // A policy that cannot be read accepts nothing, and hides nothing.
      const kept = await preferences.policy().catch((error: unknown) => {
        if (error instanceof FaultError) return undefined;
        throw error;
      });
      return kept === undefined ? inspection : { ...inspection, findings: markAccepted(inspection, kept.policy) };
    },
  };
}
