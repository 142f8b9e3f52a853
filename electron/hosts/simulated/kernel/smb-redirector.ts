import { type Clock, sleep } from '../../../../shared/base/clock.ts';
import type { FileSystemOperations } from '../machine.ts';
import type { Scenario } from '../scenario/schema.ts';
import { foldName } from './fold-name.ts';
import type { UncProvider } from './mup.ts';
import { NtfsStore } from './ntfs-store.ts';
import { refusingOperations } from './refusing-operations.ts';
import { STATUS, systemCallError } from './status.ts';

const SHARE_BYTES = 1_099_511_627_776;

/** The simulated network: SMB servers, and a list of every server name that anyone asked it for. */
export class SimulatedNetwork {
  readonly #servers: ReadonlyMap<string, ReadonlyMap<string, FileSystemOperations>>;
  readonly #clock: Clock;
  readonly #unknownServerMs: number;
  readonly #lifetime: AbortSignal;
  /** Each has a signal of its own: hundreds may wait at once, and only one listens for the machine's end. */
  readonly #waiting = new Set<AbortController>();
  readonly #asked: string[] = [];

  constructor(clock: Clock, network: Scenario['network'], unknownServerMs: number, lifetime: AbortSignal) {
    this.#clock = clock;
    this.#unknownServerMs = unknownServerMs;
    this.#lifetime = lifetime;
    lifetime.addEventListener('abort', () => this.#giveUp(), { once: true });
    this.#servers = new Map(
      network.servers.map(({ name, shares }) => [
        foldName(name),
        new Map(shares.map((share, index) => [foldName(share.name), shareStore(clock, share, index)])),
      ]),
    );
  }

  /** Every server name in the order in which it was asked for, repetitions kept. */
  log(): readonly string[] {
    return [...this.#asked];
  }

  /** The shares of a server; undefined, after the time that SMB and WebDAV take to give up, for an unknown one. */
  async shares(server: string): Promise<ReadonlyMap<string, FileSystemOperations> | undefined> {
    this.#asked.push(server);
    const found = this.#servers.get(foldName(server));
    if (found !== undefined || this.#unknownServerMs === 0) return found;
    const waiting = new AbortController();
    if (this.#lifetime.aborted) waiting.abort();
    this.#waiting.add(waiting);
    try {
      await sleep(this.#clock, this.#unknownServerMs, waiting.signal);
    } catch {
      throw systemCallError(STATUS.CANCELLED, 'the machine was shut down');
    } finally {
      this.#waiting.delete(waiting);
    }
    return undefined;
  }

  #giveUp(): void {
    for (const waiting of this.#waiting) waiting.abort();
  }
}

function shareStore(
  clock: Clock,
  share: Scenario['network']['servers'][number]['shares'][number],
  index: number,
): FileSystemOperations {
  const store = new NtfsStore(clock, { label: share.name, totalBytes: SHARE_BYTES, serialNumber: 0x5b0_0000 + index });
  for (const [path, text] of Object.entries(share.files)) {
    const normal = path.replaceAll('/', '\\');
    const slash = normal.lastIndexOf('\\');
    if (slash > 0) store.makeDirectories(normal.slice(0, slash));
    store.writeNow(normal, new TextEncoder().encode(text));
  }
  return store;
}

interface SharePath {
  readonly server: string;
  readonly share: string;
  readonly rest: string;
}

function sharePath(path: string): SharePath {
  const [, server = '', share = '', ...rest] = path.split('\\');
  return { server, share, rest: `\\${rest.join('\\')}` };
}

/** The SMB client. It claims `\server\share` once the server has answered. */
export function smbRedirector(network: SimulatedNetwork): UncProvider {
  const find = async (path: string): Promise<FileSystemOperations> => {
    const { server, share } = sharePath(path);
    const shares = await network.shares(server);
    if (shares === undefined) throw systemCallError(STATUS.BAD_NETWORK_PATH, `\\\\${server}`);
    const operations = foldName(share) === 'IPC$' ? refusingOperations : shares.get(foldName(share));
    if (operations === undefined) throw systemCallError(STATUS.BAD_NETWORK_NAME, `\\\\${server}\\${share}`);
    return operations;
  };
  return {
    name: 'LanmanRedirector',
    silo: 0,
    everywhere: true,
    async queryPath(path) {
      await find(path);
      const { server, share } = sharePath(path);
      return 2 + server.length + share.length;
    },
    async open(path) {
      if (path === '' || path === '\\') return { operations: refusingOperations, path: '\\', winfsp: false };
      return { operations: await find(path), path: sharePath(path).rest, winfsp: false };
    },
  };
}

/** The WebDAV client. No server of this network speaks WebDAV; its waiting time is counted with SMB's. */
export function webDavRedirector(): UncProvider {
  return {
    name: 'WebDavRedirector',
    silo: 0,
    everywhere: true,
    queryPath: () => undefined,
    open: path => Promise.reject(systemCallError(STATUS.BAD_NETWORK_PATH, path)),
  };
}
