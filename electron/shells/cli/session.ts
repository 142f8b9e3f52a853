import { type Contract, contract } from '../../../shared/contract/contract.ts';
import type { CallName, Client, InputOf, OutputOf, ProgressOf } from '../../../shared/contract/operation.ts';
import type { Channel } from '../../../shared/wire/channel.ts';
import { connect } from '../../../shared/wire/connect.ts';
import { memoryChannelPair } from '../../../shared/wire/memory-channel.ts';
import type { LocalServices } from '../serving/local-services.ts';
import type { WebServer, WebServerOptions } from '../serving/web-server.ts';
import { openConnection } from './connect-url.ts';
import type { Target } from './global-options.ts';
import type { OwnMachine } from './sign-in/sign-in-start.ts';

/** What the command line opens on the outside: handed in, so that tests can stand in its place. */
export interface Doors {
  /** `keepsWorkspaces`: for a command that stays. */
  openServices(
    target: Exclude<Target, { kind: 'connect' }>,
    signal: AbortSignal,
    options?: { readonly keepsWorkspaces?: boolean },
  ): Promise<LocalServices>;
  startWebServer(options: WebServerOptions): Promise<WebServer>;
  /** The machine that this program runs on, whichever host is open. Absent: not to be touched from here. */
  ownMachine?(): Promise<OwnMachine>;
}

/** A client for the length of one command. Every call is cancelled by the command's signal. */
export interface Session {
  readonly client: Client<Contract>;
  /** The host was made for this command and ends with it. */
  readonly fleeting: boolean;
  call<N extends CallName<Contract>>(
    name: N,
    input: InputOf<Contract, N>,
    onProgress?: (told: ProgressOf<Contract, N>) => void,
  ): Promise<OutputOf<Contract, N>>;
  close(): Promise<void>;
}

/** Opens the target. In process the same wire is spoken as over a socket, so the same things can be said. */
export async function openSession(target: Target, doors: Doors, signal: AbortSignal): Promise<Session> {
  if (target.kind === 'connect') {
    const channel = await openConnection(target.address, signal);
    return sessionOver(channel, target.address.url, { fleeting: false, signal, end: () => Promise.resolve() });
  }
  const services = await doors.openServices(target, signal);
  const [near, far] = memoryChannelPair();
  const served = services.serve(far);
  return sessionOver(near, services.hostId, {
    fleeting: target.kind === 'simulated',
    signal,
    end: async () => {
      served.dispose();
      await services.close();
    },
  });
}

interface SessionOptions {
  readonly fleeting: boolean;
  readonly signal: AbortSignal;
  readonly end: () => Promise<void>;
}

function sessionOver(channel: Channel, peer: string, { fleeting, signal, end }: SessionOptions): Session {
  const client = connect(contract, channel, peer);
  return {
    client,
    fleeting,
    call: (name, input, onProgress) =>
      client.call(name, input, { signal, ...(onProgress === undefined ? {} : { onProgress }) }),
    close: async () => {
      client.dispose();
      await end();
    },
  };
}
