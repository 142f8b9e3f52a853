import type { Clock } from '../../../../shared/base/clock.ts';
import type { SiloId } from '../machine.ts';
import type { Scenario } from '../scenario/schema.ts';
import { foldName } from './fold-name.ts';
import type { Caller, DeviceObject, OpenTarget } from './objects.ts';
import { refusingOperations } from './refusing-operations.ts';
import { isSystemCallError, STATUS, systemCallError } from './status.ts';

/** A network redirector as MUP knows it. Paths start with `\server\share`. */
export interface UncProvider {
  /** RedirDevName without `\Device\`: `LanmanRedirector`, `WinFsp.Mup+2.1{guid}`. */
  readonly name: string;
  /** The silo in which it was registered; 0 for the host. */
  readonly silo: SiloId;
  /** Serves every silo, as SMB does; others are a silo's own. */
  readonly everywhere: boolean;
  /**
   * IOCTL_REDIR_QUERY_PATH_EX: how many characters of the path it claims; undefined when it does not.
   * May take its time and rejects with the error that MUP reports when nobody claims the path.
   */
  queryPath(path: string): number | undefined | Promise<number | undefined>;
  /** IRP_MJ_CREATE with a path that MUP gave to this provider. */
  open(path: string): OpenTarget | Promise<OpenTarget>;
}

/** One line of MUP's prefix cache. */
export interface PrefixCacheEntry {
  /** As it was claimed, e.g. `\memfs`. */
  readonly prefix: string;
  readonly provider: string;
  /** In milliseconds since the epoch. */
  readonly expires: number;
}

interface Registration {
  readonly provider: UncProvider;
  readonly rank: number;
}

interface CacheLine extends PrefixCacheEntry {
  readonly claimedBy: UncProvider;
}

const UNKNOWN_RANK = 1_000;
/** A `net use` letter in a provider-directed name: `;X:0000000000022a10`. */
const SESSION_COMPONENT = /^\\;[^\\]*/;

/**
 * The Multiple UNC Provider: gives each UNC path to the redirector that claims it, one asked after the other, and
 * remembers the answer. The DFS client, which asks first on Windows, is not modelled.
 * Ground: windows-driver-docs ifs/support-for-unc-naming-and-mup.md, ifs/mup-changes-in-microsoft-windows-vista.md.
 */
export class Mup implements DeviceObject {
  readonly type = 'Device';
  readonly #clock: Clock;
  readonly #behaviour: Scenario['behaviour'];
  /** RedirDevNames of the providers in ProviderOrder, folded. */
  readonly #order: readonly string[];
  #registered: Registration[] = [];
  readonly #caches = new Map<SiloId, Map<string, CacheLine>>();

  constructor(clock: Clock, behaviour: Scenario['behaviour'], providerOrder: readonly string[]) {
    this.#clock = clock;
    this.#behaviour = behaviour;
    this.#order = providerOrder.map(foldName);
  }

  /** FsRtlRegisterUncProviderEx, but for the link, which the caller puts into its silo's `\Device`. */
  register(provider: UncProvider): void {
    const known = this.#order.indexOf(foldName(provider.name));
    const unknownRank = this.#behaviour.unknownProvidersAreAskedLast ? UNKNOWN_RANK : -1;
    const registration = { provider, rank: known < 0 ? unknownRank : known };
    // Stable: equals are asked in the order in which they registered. A new list: a resolution may be on its way.
    this.#registered = [...this.#registered, registration].sort((a, b) => a.rank - b.rank);
  }

  deregister(provider: UncProvider): void {
    this.#registered = this.#registered.filter(registration => registration.provider !== provider);
    this.forget(provider);
  }

  /** Drops what the cache holds of this provider, or only of one prefix that it no longer serves. */
  forget(provider: UncProvider, prefix?: string): void {
    for (const cache of this.#caches.values()) {
      for (const [key, line] of cache) {
        if (line.claimedBy !== provider) continue;
        if (prefix === undefined || foldName(prefix) === key) cache.delete(key);
      }
    }
  }

  /** FSCTL 0x100030: names in the order in which they are asked. */
  providers(): readonly string[] {
    return this.#registered.map(({ provider }) => provider.name);
  }

  /** FSCTL 0x10002C, of the host's cache. */
  prefixCache(): readonly PrefixCacheEntry[] {
    const now = this.#clock.now();
    return [...(this.#caches.get(0)?.values() ?? [])]
      .filter(line => line.expires > now)
      .map(({ prefix, provider, expires }) => ({ prefix, provider, expires }));
  }

  open(remainder: string, caller: Caller): OpenTarget | Promise<OpenTarget> {
    if (remainder === '' || remainder === '\\') return { operations: refusingOperations, path: '\\', winfsp: false };
    if (remainder.startsWith('\\;')) return this.#openDirected(remainder, caller);
    return this.#openResolved(remainder, caller);
  }

  /** `\;Name\server\share\rest`: to this provider at once, nobody else is asked. */
  #openDirected(remainder: string, caller: Caller): OpenTarget | Promise<OpenTarget> {
    const slash = remainder.indexOf('\\', 1);
    const name = foldName(remainder.slice(2, slash < 0 ? remainder.length : slash));
    const rest = slash < 0 ? '' : remainder.slice(slash).replace(SESSION_COMPONENT, '');
    const found = this.#registered.find(
      ({ provider }) => foldName(provider.name) === name && this.#isAskedFor(provider, caller.silo),
    );
    if (found === undefined) throw systemCallError(STATUS.BAD_NETWORK_PATH, remainder);
    return found.provider.open(rest);
  }

  async #openResolved(path: string, caller: Caller): Promise<OpenTarget> {
    const cached = this.#cached(path, caller.silo);
    if (cached !== undefined) return cached.open(path);
    const claimant = await this.#claimantOf(path, caller.silo);
    this.#remember(path.slice(0, claimant.accepted), claimant.provider, caller.silo);
    // The first claim decides: what its provider then answers is the answer, and nobody else is asked.
    return claimant.provider.open(path);
  }

  async #claimantOf(
    path: string,
    silo: SiloId,
  ): Promise<{ readonly provider: UncProvider; readonly accepted: number }> {
    let refusal: unknown = systemCallError(STATUS.BAD_NETWORK_PATH, `\\${path}`);
    for (const { provider } of this.#registered) {
      if (!this.#isAskedFor(provider, silo)) continue;
      try {
        const asked = provider.queryPath(path);
        const accepted = asked instanceof Promise ? await asked : asked;
        if (accepted !== undefined) return { provider, accepted };
      } catch (error) {
        if (!isSystemCallError(error) || error.status === STATUS.CANCELLED) throw error;
        if (error.status !== STATUS.BAD_NETWORK_PATH) refusal = error;
      }
    }
    throw refusal;
  }

  #isAskedFor(provider: UncProvider, silo: SiloId): boolean {
    // The host sees every silo's providers (WinFsp-Container-Support.asciidoc); the other directions are inferred.
    if (provider.everywhere || silo === 0 || provider.silo === silo) return true;
    return this.#behaviour.mupIsSharedBetweenSilos;
  }

  #cacheOf(silo: SiloId): Map<string, CacheLine> {
    const { prefixCacheIsShared, mupIsSharedBetweenSilos } = this.#behaviour;
    const owner = prefixCacheIsShared && mupIsSharedBetweenSilos ? 0 : silo;
    let cache = this.#caches.get(owner);
    if (cache === undefined) {
      cache = new Map();
      this.#caches.set(owner, cache);
    }
    return cache;
  }

  /** The longest cached prefix of the path decides. */
  #cached(path: string, silo: SiloId): UncProvider | undefined {
    const cache = this.#cacheOf(silo);
    const folded = foldName(path);
    for (let end = folded.length; end > 0; end = folded.lastIndexOf('\\', end - 1)) {
      const line = cache.get(folded.slice(0, end));
      if (line === undefined) continue;
      if (line.expires <= this.#clock.now()) cache.delete(foldName(line.prefix));
      else return this.#isAskedFor(line.claimedBy, silo) ? line.claimedBy : undefined;
    }
    return undefined;
  }

  #remember(prefix: string, claimedBy: UncProvider, silo: SiloId): void {
    const expires = this.#clock.now() + this.#behaviour.prefixCacheSeconds * 1_000;
    this.#cacheOf(silo).set(foldName(prefix), { prefix, provider: claimedBy.name, claimedBy, expires });
  }

  /** A silo that ended takes its own cache along. */
  forgetSilo(silo: SiloId): void {
    if (silo !== 0) this.#caches.delete(silo);
  }
}
