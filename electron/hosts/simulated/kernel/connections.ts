import type { Win32 } from '../machine.ts';
import { foldName } from './fold-name.ts';
import type { Caller } from './objects.ts';
import { STATUS, systemCallError, WIN32, win32Error } from './status.ts';

export interface Connection {
  readonly local: string;
  readonly remote: string;
  readonly provider: string;
}

const SMB = 'Microsoft Windows Network';
const WINFSP = 'WinFsp.Np';
const VOLUME_WITH_PREFIX = /^\\Device\\Volume\{[^}]*\}(\\.+)$/i;

/** `net use` connections of each logon session. A connection that ends takes its drive letter along. */
export class Connections {
  readonly #bySession = new Map<string, Connection[]>();

  /**
   * SMB connections, then the letters over WinFsp network volumes, which the network provider reports where it is
   * registered. It asks its own silo's control device only (winfsp src/dll/np.c): never a container's volumes.
   */
  list(win32: Win32, withWinFsp: boolean): readonly Connection[] {
    return [...this.#of(win32.subject), ...(withWinFsp ? winfspLetters(win32) : [])];
  }

  /** Through the SMB redirector by name, so that nobody but SMB is asked; 53 and 67 as it answers. */
  async add(win32: Win32, local: string | undefined, remote: string): Promise<void> {
    const share = /^\\\\[^\\]+\\[^\\]+/.exec(remote)?.[0];
    if (share === undefined) throw systemCallError(STATUS.BAD_NETWORK_NAME, remote);
    if (local !== undefined && isTaken(win32, local)) throw win32Error(WIN32.ALREADY_ASSIGNED, local);
    await win32.stat(`\\\\?\\GLOBALROOT\\Device\\LanmanRedirector${share.slice(1)}\\`);
    if (local !== undefined) {
      const session = win32.subject.logon.replace('-', '').padStart(16, '0');
      const letter = local.toUpperCase();
      win32.defineDosDevice(letter, `\\Device\\LanmanRedirector\\;${letter}${session}${share.slice(1)}`);
    }
    this.#of(win32.subject).push({ local: local?.toUpperCase() ?? '', remote: share, provider: SMB });
  }

  remove(win32: Win32, localOrRemote: string): void {
    const all = this.#of(win32.subject);
    const wanted = foldName(localOrRemote);
    const index = all.findIndex(({ local, remote }) => foldName(local) === wanted || foldName(remote) === wanted);
    const [found] = index < 0 ? [] : all.splice(index, 1);
    if (found === undefined) throw win32Error(WIN32.NOT_CONNECTED, localOrRemote);
    if (found.local !== '') win32.removeDosDevice(found.local);
  }

  forgetSilo(silo: number): void {
    for (const key of this.#bySession.keys()) if (key.startsWith(`${silo}:`)) this.#bySession.delete(key);
  }

  #of({ silo, logon }: Caller): Connection[] {
    const key = `${silo}:${logon}`;
    const found = this.#bySession.get(key) ?? [];
    this.#bySession.set(key, found);
    return found;
  }
}

function isTaken(win32: Win32, letter: string): boolean {
  return win32.queryDosDevice().some(name => foldName(name) === foldName(letter));
}

function winfspLetters(win32: Win32): readonly Connection[] {
  const own = new Set(win32.winfsp.listVolumes());
  const found: Connection[] = [];
  for (const name of win32.queryDosDevice()) {
    if (!/^[A-Za-z]:$/.test(name)) continue;
    const target = win32.queryDosDevice(name)[0] ?? '';
    const prefix = VOLUME_WITH_PREFIX.exec(target)?.[1];
    if (prefix !== undefined && own.has(target)) found.push({ local: name, remote: `\\${prefix}`, provider: WINFSP });
  }
  return found;
}
