import { type Contract, contract } from '../../shared/contract/contract.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { Channel } from '../../shared/wire/channel.ts';
import { connect } from '../../shared/wire/connect.ts';

/** The calling side of the contract, all its schemas included: loaded while the link opens, not before the page shows itself. */
export const connectContract = (channel: Channel, peer: string): Client<Contract> => connect(contract, channel, peer);
