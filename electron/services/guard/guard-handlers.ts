import type { Contract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/contract/operation.ts';
import type { Guards } from './guards.ts';

/** The guards, behind the contract. */
export function guardHandlers(guards: Guards): Pick<Handlers<Contract>, 'guard.read' | 'policy.watch'> {
  return {
    'guard.read': () => guards.status,
    'policy.watch': (request, { signal, progress }) => guards.watch(request, progress, signal),
  };
}
