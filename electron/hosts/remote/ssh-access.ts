import { readFile } from 'node:fs/promises';
import type { AgentAuthMethod, ConnectConfig, PublicKeyAuthMethod } from 'ssh2';
import ssh2 from 'ssh2';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { SshConfigLine } from '../../../shared/domain/ssh-connection.ts';
import { agentWith } from './agent-with.ts';
import { type HostKey, knownHostsName, readHostKey } from './known-hosts.ts';
import { judgeByFiles, type KnownHostsFile, pinHostKey, readKnownHosts, typesIn } from './known-hosts-files.ts';
import type { SshTarget } from './parse-ssh-url.ts';

/** How a remote host is proven to be itself, and how we prove who we are. */
export interface SshAccess {
  /** The socket of an ssh-agent (or `pageant`). */
  readonly agent?: string;
  /** Of the agent's keys only those whose files are named. */
  readonly identitiesOnly?: boolean;
  /** Private keys, tried in this order; absent files are passed over, and so are those behind a passphrase. */
  readonly keyFiles: readonly string[];
  /** Read at every connection; a key that was accepted is added at its end. Absent: nothing is remembered. */
  readonly knownHostsFile?: string;
  /** Read as well, never written. */
  readonly moreKnownHosts?: readonly string[];
  /** The name that they know the host by, where it is another than its own. */
  readonly knownAs?: string;
  /** Pin names by their hashes. */
  readonly hashNames?: boolean;
  /** `SHA256:...` of the one host key that the user accepts. It is added when it is not known; no other is let in. */
  readonly pinned?: string;
  /** It is only passed on the way: the accepted key may be of another host. */
  readonly isJump?: boolean;
  /** The line that forbids to pin what is not known. */
  readonly strict?: SshConfigLine;
}

/** What ssh2 is told of keys, with the fault that the verification may end in. */
export interface PreparedAccess {
  readonly config: ConnectConfig;
  /** The words of the methods, for the fault when all were refused. */
  readonly tried: readonly string[];
  hostKeyFault(): FaultError | undefined;
  /** Whether the host was let in by the key that the user accepted, and by nothing else. */
  tookPinned(): boolean;
}

/** Signature algorithms of ssh2 for each key type of known_hosts: RSA keys sign with SHA-2. */
const ALGORITHMS = [
  ['ssh-ed25519', ['ssh-ed25519']],
  ['ecdsa-sha2-nistp256', ['ecdsa-sha2-nistp256']],
  ['ecdsa-sha2-nistp384', ['ecdsa-sha2-nistp384']],
  ['ecdsa-sha2-nistp521', ['ecdsa-sha2-nistp521']],
  ['ssh-rsa', ['rsa-sha2-512', 'rsa-sha2-256']],
] as const;

/**
 * Reads key files and known hosts anew, and makes the part of ssh2's configuration that is about trust. Nobody is asked
 * during the handshake: a key that is not known ends it, and the next attempt brings what was accepted meanwhile.
 */
export async function prepareAccess(target: SshTarget, access: SshAccess): Promise<PreparedAccess> {
  const name = access.knownAs?.toLowerCase() ?? knownHostsName(target.host, target.port);
  const { knownHostsFile, moreKnownHosts = [] } = access;
  const known = await readKnownHosts([...(knownHostsFile === undefined ? [] : [knownHostsFile]), ...moreKnownHosts]);
  const keys = await readKeys(access.keyFiles);
  const types = typesIn(known, name);
  const order = [...ALGORITHMS].sort(([a], [b]) => Number(types.includes(b)) - Number(types.includes(a)));
  let fault: FaultError | undefined;
  let took = false;
  const judge = async (blob: Buffer): Promise<boolean> => {
    const key = readHostKey(blob);
    fault = await hostKeyFaultOf(target.id, name, access, known, key);
    took = judgeByFiles(known, name, key).known === 'not';
    return fault === undefined;
  };
  const agent =
    access.agent === undefined
      ? undefined
      : access.identitiesOnly === true
        ? await agentWith(access.agent, access.keyFiles)
        : access.agent;
  const methods: (PublicKeyAuthMethod | AgentAuthMethod)[] = [
    ...keys.flatMap(key =>
      key.trouble === undefined ? [{ type: 'publickey' as const, username: target.user, key: key.text }] : [],
    ),
    ...(agent === undefined ? [] : [{ type: 'agent' as const, username: target.user, agent }]),
  ];
  return {
    tried: [...keys.map(wordKey), ...(agent === undefined ? [] : ['the agent'])],
    hostKeyFault: () => fault,
    tookPinned: () => took,
    config: {
      username: target.user,
      authHandler: methods,
      algorithms: { serverHostKey: order.flatMap(([, algorithms]) => [...algorithms]) },
      hostVerifier: (blob: Buffer, verify: (valid: boolean) => void): void => {
        judge(blob).then(verify, (caught: unknown) => {
          fault = caught instanceof FaultError ? caught : notPinned(access, caught);
          verify(false);
        });
      },
    },
  };
}

async function hostKeyFaultOf(
  host: string,
  name: string,
  access: SshAccess,
  known: readonly KnownHostsFile[],
  key: HostKey,
): Promise<FaultError | undefined> {
  const offered = { host, keyType: key.type, fingerprint: key.fingerprint };
  const refused = (
    because: 'changed' | 'revoked',
    at: { readonly line: number; readonly fingerprint: string },
    file = '',
  ) => new FaultError({ code: 'host-key-refused', ...offered, because, known: at.fingerprint, file, line: at.line });
  const { pinned, strict, isJump = false, knownHostsFile: file } = access;
  const verdict = judgeByFiles(known, name, key);
  if (verdict.known === 'changed' || verdict.known === 'revoked') return refused(verdict.known, verdict, verdict.file);
  if (pinned !== undefined && pinned !== key.fingerprint && !isJump) {
    return new FaultError({ code: 'host-key-refused', ...offered, because: 'not-the-accepted', known: pinned });
  }
  if (verdict.known === 'same') return undefined;
  if (strict !== undefined) {
    return new FaultError({
      code: 'host-key-refused',
      ...offered,
      because: 'strict',
      file: strict.file,
      line: strict.line,
    });
  }
  if (pinned !== key.fingerprint) {
    const jump = isJump ? { jump: true } : {};
    return new FaultError({ code: 'host-key-unknown', ...offered, ...jump, ...(file === undefined ? {} : { file }) });
  }
  if (file === undefined) return undefined;
  const now = await pinHostKey(file, name, key, { hashed: access.hashNames ?? false });
  return now.known === 'changed' || now.known === 'revoked' ? refused(now.known, now, file) : undefined;
}

function notPinned({ knownHostsFile: file = '' }: SshAccess, caught: unknown): FaultError {
  return new FaultError({ code: 'access-denied', what: file, raw: String(caught) }, { cause: caught });
}

interface KeyFile {
  readonly file: string;
  readonly text: string;
  /** Why it cannot be used; absent when it can. */
  readonly trouble?: string;
}

async function readKeys(files: readonly string[]): Promise<readonly KeyFile[]> {
  const read = await Promise.all(
    files.map(async (file): Promise<readonly KeyFile[]> => {
      try {
        const text = await readFile(file, 'utf8');
        return [{ file, text, ...troubleOf(text) }];
      } catch (caught) {
        const isThere = caught instanceof Error && 'code' in caught && caught.code !== 'ENOENT';
        return isThere ? [{ file, text: '', trouble: `unreadable: ${String(caught.code)}` }] : [];
      }
    }),
  );
  return read.flat();
}

function troubleOf(text: string): { readonly trouble?: string } {
  const parsed = ssh2.utils.parseKey(text);
  if (!(parsed instanceof Error)) return {};
  const locked = /encrypted|passphrase/i.test(parsed.message);
  return { trouble: locked ? 'behind a passphrase: unlock it with ssh-add' : `unreadable: ${parsed.message}` };
}

const wordKey = ({ file, trouble }: KeyFile): string =>
  `the key ${file}${trouble === undefined ? '' : ` (${trouble})`}`;
