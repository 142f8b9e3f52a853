import { readFile } from 'node:fs/promises';
import ssh2, {
  type BaseAgent,
  type IdentityCallback,
  type KnownPublicKeys,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2';

/**
 * The agent at a socket, reduced to the keys whose files are named: `IdentitiesOnly` of ssh. A file's public half stands
 * beside it as `.pub`, or can be told from the key itself unless a passphrase is before it.
 */
export async function agentWith(socket: string, keyFiles: readonly string[]): Promise<BaseAgent> {
  const wanted = new Set((await Promise.all(keyFiles.map(publicHalf))).flat());
  return new PickingAgent(ssh2.createAgent(socket), wanted);
}

type AgentKey = Parameters<BaseAgent['sign']>[0];

class PickingAgent extends ssh2.BaseAgent {
  readonly #whole: BaseAgent;
  readonly #wanted: ReadonlySet<string>;

  constructor(whole: BaseAgent, wanted: ReadonlySet<string>) {
    super();
    this.#whole = whole;
    this.#wanted = wanted;
  }

  override getIdentities(answer: IdentityCallback): void {
    this.#whole.getIdentities((error, keys) =>
      answer(
        error,
        keys?.filter(key => this.#wanted.has(blobOf(key))),
      ),
    );
  }

  override sign(key: AgentKey, data: Buffer, options: SigningRequestOptions, answer?: SignCallback): void;
  override sign(key: AgentKey, data: Buffer, answer: SignCallback): void;
  override sign(key: AgentKey, data: Buffer, given: SignCallback | SigningRequestOptions, answer?: SignCallback): void {
    const heard = typeof given === 'function' ? given : (answer ?? (() => undefined));
    this.#whole.sign(key, data, typeof given === 'function' ? {} : given, heard);
  }
}

/** Its blob in base64, as `.pub` files have it. */
function blobOf(key: KnownPublicKeys[number]): string {
  if (typeof key === 'string') return key;
  if (Buffer.isBuffer(key)) return key.toString('base64');
  if (!('pubKey' in key)) return key.getPublicSSH().toString('base64');
  return blobOf('pubKey' in key.pubKey ? key.pubKey.pubKey : key.pubKey);
}

async function publicHalf(file: string): Promise<readonly string[]> {
  for (const name of [`${file}.pub`, file]) {
    const parsed = ssh2.utils.parseKey(await readFile(name).catch(() => ''));
    if (!(parsed instanceof Error)) return [blobOf(parsed)];
  }
  return [];
}
