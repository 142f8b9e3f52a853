import type { Contract } from '../../shared/contract/contract.ts';
import type { Handlers } from '../../shared/contract/operation.ts';

/** What is asked of the shell instead: it has the hosts. */
export type HostCall = 'host.list' | 'host.open';

/** What services of one host answer. */
export type ServiceHandlers = Omit<Handlers<Contract>, HostCall>;

/** What is answered above all others: workspaces launch and stop by way of these. */
export type WorkspaceCall = Extract<keyof ServiceHandlers, `workspace.${string}`>;

/** What services of one host answer by themselves: without what is done by way of these. */
export type HostHandlers = Omit<
  ServiceHandlers,
  WorkspaceCall | 'finding.fix' | 'bundle.gather' | `relaunch.${string}` | `unwritten.${string}`
>;
