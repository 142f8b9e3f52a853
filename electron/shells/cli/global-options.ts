import { FaultError } from '../../../shared/contract/fault.ts';
import { HostKeyFingerprint, isSshAddress } from '../../../shared/domain/ssh-connection.ts';
import { type ConnectAddress, parseConnectUrl } from './connect-url.ts';
import type { Io } from './io.ts';

/** The options that every command takes, as commander hands them over. */
export interface GlobalOptions {
  readonly host?: string;
  readonly scenario?: string;
  readonly connect?: string;
  readonly hostKey?: string;
  readonly json?: boolean;
  readonly color: boolean;
  readonly quiet?: boolean;
}

/** Whom a command talks to: a running Siloscope, or services of its own on a host. */
export type Target =
  | { readonly kind: 'connect'; readonly address: ConnectAddress }
  | { readonly kind: 'simulated'; readonly scenario: string }
  | { readonly kind: 'recording'; readonly file: string }
  | { readonly kind: 'windows'; readonly host: string; readonly hostKey?: string };

export const DEFAULT_SCENARIO = 'default';

/**
 * Decides the target: `--connect` (or SILOSCOPE_CONNECT), `--scenario` (always simulated), `--host`; else this machine
 * where it runs Windows and the simulated host elsewhere. What contradicts itself is `invalid-input`.
 */
export function targetOf(options: GlobalOptions, { env, platform }: Pick<Io, 'env' | 'platform'>): Target {
  const refuse = (path: string, message: string): never => {
    throw new FaultError({ code: 'invalid-input', issues: [{ path, message }] });
  };
  const { host, scenario, hostKey } = options;
  if (hostKey !== undefined) {
    const [issue] = HostKeyFingerprint.safeParse(hostKey).error?.issues ?? [];
    if (issue !== undefined) return refuse('--host-key', `${issue.message}, found "${hostKey}"`);
    if (host?.startsWith('ssh://') !== true) return refuse('--host-key', 'goes with --host ssh://user@host');
  }
  if (options.connect !== undefined) {
    if (host !== undefined) return refuse('--host', 'cannot be given with --connect: the running one has its own host');
    if (scenario !== undefined) {
      return refuse('--scenario', 'cannot be given with --connect: the running one has its own host');
    }
    return { kind: 'connect', address: parseConnectUrl(options.connect) };
  }
  if (scenario !== undefined) {
    if (host !== undefined && host !== 'simulated') {
      return refuse('--scenario', `describes a simulated host and cannot be given with --host ${host}`);
    }
    return { kind: 'simulated', scenario };
  }
  if (host === undefined) {
    const running = env['SILOSCOPE_CONNECT'] ?? '';
    if (running !== '') return { kind: 'connect', address: parseConnectUrl(running) };
    return platform === 'win32'
      ? { kind: 'windows', host: 'local' }
      : { kind: 'simulated', scenario: DEFAULT_SCENARIO };
  }
  if (host === 'simulated') return { kind: 'simulated', scenario: DEFAULT_SCENARIO };
  if (host === 'local') return { kind: 'windows', host };
  if (isSshAddress(host)) return { kind: 'windows', host, ...(hostKey === undefined ? {} : { hostKey }) };
  const file = /^recording:(.+)$/.exec(host)?.[1];
  if (file !== undefined) return { kind: 'recording', file };
  return refuse('--host', `expected local, simulated, ssh://user@host or recording:FILE, found "${host}"`);
}

/** The target of a command that always brings a simulated host of its own. Another one asked for is `invalid-input`. */
export function ownSimulation(options: GlobalOptions, command: string): Extract<Target, { kind: 'simulated' }> {
  const { connect, host, scenario } = options;
  const path = connect !== undefined ? '--connect' : host !== undefined && host !== 'simulated' ? '--host' : undefined;
  if (path === undefined) return { kind: 'simulated', scenario: scenario ?? DEFAULT_SCENARIO };
  const message = `cannot be given: ${command} brings a simulated host of its own`;
  throw new FaultError({ code: 'invalid-input', issues: [{ path, message }] });
}
