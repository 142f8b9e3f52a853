import type { ServerSource } from '../../../shared/domain/findings.ts';
import { parseRegQuery } from '../../../shared/domain/parse-reg-query.ts';
import { classOf, samePrefix } from '../../../shared/domain/unc-prefix.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import type { Host } from '../../hosts/host.ts';
import { runIfThere, runOptions } from '../run-program.ts';
import { parseNetUse } from './parse-net-use.ts';

/** Where drives are kept that come back at sign-in. */
export const KEPT_DRIVES = ['reg.exe', 'query', 'HKCU\\Network', '/s'] as const;
/** What sign-in told of the domain. */
export const SIGN_IN = ['reg.exe', 'query', 'HKCU\\Volatile Environment'] as const;

/**
 * Real servers that this host knows by itself, with what says so: those a volume's class could shadow. Its connections
 * (`net use`), drives that come back at sign-in, and the domain and its controller that signed the user in. No name is
 * sent out to find out more; a connection that is a known volume's own is none. Ground for the keys: Microsoft, Network
 * and Volatile Environment under HKEY_CURRENT_USER.
 */
export async function readServers(
  host: Pick<Host, 'run'>,
  volumes: readonly Pick<Volume, 'uncPrefix'>[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ServerSource>> {
  const said = async (argv: readonly string[]): Promise<string> => {
    const ran = await runIfThere(host, argv, runOptions(signal, 10_000));
    return ran?.exitCode === 0 ? ran.stdout : '';
  };
  const [connections, drives, signIn] = await Promise.all([said(['net.exe', 'use']), said(KEPT_DRIVES), said(SIGN_IN)]);
  const isVolume = (prefix: string): boolean =>
    volumes.some(({ uncPrefix }) => uncPrefix !== undefined && samePrefix(uncPrefix, prefix));
  const servers = new Map<string, { readonly name: string; readonly source: ServerSource }>();
  const tell = (name: string | undefined, source: ServerSource): void => {
    if (name !== undefined && name !== '' && !servers.has(classOf(name))) servers.set(classOf(name), { name, source });
  };
  for (const { remote } of parseNetUse(connections)) if (!isVolume(remote.slice(1))) tell(hostOf(remote), 'net-use');
  for (const { name, data } of parseRegQuery(drives)) {
    if (name.toLowerCase() === 'remotepath' && !isVolume(data.slice(1))) tell(hostOf(data), 'kept-drive');
  }
  for (const { name, data } of parseRegQuery(signIn)) {
    if (name.toUpperCase() === 'LOGONSERVER') tell(hostOf(data), 'logon-server');
    if (name.toUpperCase() === 'USERDNSDOMAIN') tell(data, 'domain');
  }
  return new Map([...servers.values()].map(({ name, source }) => [name, source]));
}

/** `\\server\share` or `\\server`. */
function hostOf(path: string): string | undefined {
  return /^\\\\([^\\/]+)/.exec(path)?.[1];
}
