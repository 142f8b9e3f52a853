import type { Contract } from '../../shared/contract/contract.ts';
import type { Handlers } from '../../shared/contract/operation.ts';

/** What is asked of the shell instead: it has the hosts. */
export type HostCall = 'host.list' | 'host.open';

/** What services of one host answer. */
export type ServiceHandlers = Omit<Handlers<Contract>, HostCall>;
