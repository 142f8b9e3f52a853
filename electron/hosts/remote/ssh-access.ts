import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AgentAuthMethod, ConnectConfig, PublicKeyAuthMethod } from 'ssh2';
import ssh2 from 'ssh2';
import { FaultError } from '../../../shared/contract/fault.ts';
import { type HostKey, judgeHostKey, knownHostsLine, knownHostsName, knownTypes, readHostKey } from './known-hosts.ts';
import type { SshTarget } from './parse-ssh-url.ts';

/** How a remote host is proven to be itself, and how we prove who we are. */
export interface SshAccess {
  /** The socket of an ssh-agent (or `pageant`). */
  readonly agent?: string;
  /** Private keys, tried in this order; absent files are passed over, and so are those behind a passphrase. */
  readonly keyFiles: readonly string[];
  /** Read at every connection; a key that was accepted is added at its end. */
  readonly knownHostsFile: string;
  /** `SHA256:...` of a host key that the user has compared by other means. */
  readonly pinned?: string;
  /** Shows the key of a host that is not known yet. Only a yes makes it known. */
  readonly askHostKey?: (shown: { readonly host: string; readonly key: HostKey }) => Promise<boolean>;
}

/** What ssh2 is told of keys, with the fault that the verification may end in. */
export interface PreparedAccess {
  readonly config: ConnectConfig;
  /** The words of the methods, for the fault when all were refused. */
  readonly tried: readonly string[];
  hostKeyFault(): FaultError | undefined;
}

/** Signature algorithms of ssh2 for each key type of known_hosts: RSA keys sign with SHA-2. */
const ALGORITHMS = [
  ['ssh-ed25519', ['ssh-ed25519']],
  ['ecdsa-sha2-nistp256', ['ecdsa-sha2-nistp256']],
  ['ecdsa-sha2-nistp384', ['ecdsa-sha2-nistp384']],
  ['ecdsa-sha2-nistp521', ['ecdsa-sha2-nistp521']],
  ['ssh-rsa', ['rsa-sha2-512', 'rsa-sha2-256']],
] as const;

/** Reads key files and known hosts anew, and makes the part of ssh2's configuration that is about trust. */
export async function prepareAccess(target: SshTarget, access: SshAccess): Promise<PreparedAccess> {
  const name = knownHostsName(target.host, target.port);
  const known = await textOf(access.knownHostsFile);
  const keys = await readKeys(access.keyFiles);
  const types = knownTypes(known, name);
  const order = [...ALGORITHMS].sort(([a], [b]) => Number(types.includes(b)) - Number(types.includes(a)));
  let fault: FaultError | undefined;
  const judge = async (blob: Buffer): Promise<boolean> => {
    const key = readHostKey(blob);
    fault = await hostKeyFaultOf(target, access, known, key);
    return fault === undefined;
  };
  const methods: (PublicKeyAuthMethod | AgentAuthMethod)[] = [
    ...keys.flatMap(key =>
      key.trouble === undefined ? [{ type: 'publickey' as const, username: target.user, key: key.text }] : [],
    ),
    ...(access.agent === undefined ? [] : [{ type: 'agent' as const, username: target.user, agent: access.agent }]),
  ];
  return {
    tried: [...keys.map(wordKey), ...(access.agent === undefined ? [] : ['the agent'])],
    hostKeyFault: () => fault,
    config: {
      username: target.user,
      authHandler: methods,
      algorithms: { serverHostKey: order.flatMap(([, algorithms]) => [...algorithms]) },
      hostVerifier: (blob: Buffer, verify: (valid: boolean) => void): void => {
        judge(blob).then(verify, () => verify(false));
      },
    },
  };
}

async function hostKeyFaultOf(
  target: SshTarget,
  access: SshAccess,
  known: string,
  key: HostKey,
): Promise<FaultError | undefined> {
  const name = knownHostsName(target.host, target.port);
  const verdict = judgeHostKey(known, name, key);
  const fault = (reason: string): FaultError => new FaultError({ code: 'host-unreachable', host: target.id, reason });
  const offered = `${key.type} ${key.fingerprint}`;
  switch (verdict.known) {
    case 'same':
      return undefined;
    case 'changed':
      return fault(
        `ITS HOST KEY HAS CHANGED. It offers ${offered}, but ${access.knownHostsFile} line ${verdict.line} says ${verdict.fingerprint}. Someone may be in between, or the host was installed anew: ask its keeper, and only then delete that line`,
      );
    case 'revoked':
      return fault(`its host key ${offered} is revoked by ${access.knownHostsFile} line ${verdict.line}`);
    case 'not': {
      if (access.pinned !== undefined && access.pinned !== key.fingerprint) {
        return fault(`its host key is ${offered}, not the accepted ${access.pinned}`);
      }
      const accepted = access.pinned !== undefined || (await access.askHostKey?.({ host: target.id, key })) === true;
      if (!accepted) {
        return fault(
          `its host key is not known: ${offered}. Compare it with the host's own (ssh-keygen -l), then give --accept-host-key ${key.fingerprint}`,
        );
      }
      await remember(access.knownHostsFile, knownHostsLine(name, key), known);
      return undefined;
    }
  }
}

async function remember(file: string, line: string, before: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const parted = before === '' || before.endsWith('\n') ? '' : '\n';
  await appendFile(file, `${parted}${line}`, { mode: 0o600 });
}

interface KeyFile {
  readonly file: string;
  readonly text: string;
  /** Why it cannot be used; absent when it can. */
  readonly trouble?: string;
}

async function readKeys(files: readonly string[]): Promise<readonly KeyFile[]> {
  const read = await Promise.all(files.map(async file => ({ file, text: await textOf(file) })));
  return read.filter(({ text }) => text !== '').map(key => ({ ...key, ...troubleOf(key.text) }));
}

function troubleOf(text: string): { readonly trouble?: string } {
  const parsed = ssh2.utils.parseKey(text);
  if (!(parsed instanceof Error)) return {};
  const locked = /encrypted|passphrase/i.test(parsed.message);
  return { trouble: locked ? 'behind a passphrase: unlock it with ssh-add' : `unreadable: ${parsed.message}` };
}

const wordKey = ({ file, trouble }: KeyFile): string =>
  `the key ${file}${trouble === undefined ? '' : ` (${trouble})`}`;

/** A file's text; empty when there is none, or none for us. */
async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
}
