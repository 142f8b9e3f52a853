import { z } from 'zod';
import type { Clock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { KnownSecret } from '../../../shared/domain/list-secrets.ts';
import { SecretName, type SecretState } from '../../../shared/domain/profile-secret.ts';
import { LONGEST_SECRET } from '../../../shared/domain/secret-delivery.ts';
import { SealKind, type SecretPlace } from '../../../shared/domain/secret-store.ts';
import type { KeptDocument } from '../settings/kept-document.ts';
import { KnownValues } from './known-values.ts';
import type { Sealer } from './sealer.ts';

const KeptSecret = z.object({ name: SecretName, by: SealKind, sealed: z.string(), changedAt: z.iso.datetime() });

/** `secrets.json`: sealed values only. */
export const KeptSecrets = z.object({ $schema: z.string().optional(), secrets: z.array(KeptSecret) });

/** Whoever launches asks this for values, and for nothing else. */
export interface SecretSource {
  /** How the secret of that name stands here. */
  states(): Promise<ReadonlyMap<string, SecretState>>;
  /** Its value. Rejects with `secret-locked` or `not-found`. */
  open(name: string): Promise<string>;
  /** A launch hands this value over: from now on it is masked in what programs print. */
  use(name: string, value: string): void;
}

/**
 * Secrets by name. Where a sealer is at hand they are kept sealed in a file; where none is, in memory until the process
 * ends: a plain value never comes to a disk.
 */
export class SecretStore implements SecretSource {
  /** What is masked in what programs print. */
  readonly values: KnownValues = new KnownValues(this);
  readonly #kept: KeptDocument<typeof KeptSecrets>;
  readonly #clock: Clock;
  readonly #sealers: readonly Sealer[];
  readonly #session = new Map<string, { readonly value: string; readonly changedAt: string }>();
  readonly #told: () => void;

  constructor(
    kept: KeptDocument<typeof KeptSecrets>,
    clock: Clock,
    /** The first that does not refuse seals; each opens what it sealed. */
    sealers: readonly Sealer[],
    /** Told after each change. */
    told: () => void,
  ) {
    this.#kept = kept;
    this.#clock = clock;
    this.#sealers = sealers;
    this.#told = told;
  }

  /** Where a secret that is set now would be kept. */
  async place(): Promise<SecretPlace> {
    const sealer = await this.#sealer();
    if (sealer !== undefined) return { kind: sealer.kind };
    return { kind: 'session', because: (await this.#sealers[0]?.refuses()) ?? 'no-store' };
  }

  async known(): Promise<readonly KnownSecret[]> {
    const kept = (await this.#kept.read())?.secrets ?? [];
    const inMemory = [...this.#session].map(
      ([name, { changedAt }]): KnownSecret => ({ name, state: 'session', changedAt }),
    );
    const openers = kept.length === 0 ? [] : await this.#usable();
    const sealed = kept
      .filter(({ name }) => !this.#session.has(name))
      .map(({ name, by, changedAt }): KnownSecret => {
        const state = openers.some(({ kind }) => kind === by) ? 'kept' : 'locked';
        return { name, state, sealedBy: by, changedAt };
      });
    return [...inMemory, ...sealed].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async states(): Promise<ReadonlyMap<string, SecretState>> {
    return new Map((await this.known()).map(({ name, state }) => [name, state]));
  }

  /**
   * Keeps a value, in the place of an earlier one. With `onlySealed` it rejects with `secret-store-unavailable` where
   * there is only memory.
   */
  async set(name: string, value: string, onlySealed = false): Promise<KnownSecret> {
    if (value === '' || value.length > LONGEST_SECRET) {
      const message = value === '' ? 'it is empty' : `it is longer than ${LONGEST_SECRET} characters`;
      throw new FaultError({ code: 'invalid-input', issues: [{ path: 'value', message }] });
    }
    const changedAt = new Date(this.#clock.now()).toISOString();
    const sealer = await this.#sealer();
    if (sealer === undefined) {
      if (onlySealed) {
        const place = await this.place();
        const because = place.kind === 'session' ? place.because : 'no-store';
        throw new FaultError({ code: 'secret-store-unavailable', because });
      }
      this.#session.set(name, { value, changedAt });
      await this.values.refresh();
      this.#told();
      return { name, state: 'session', changedAt };
    }
    const sealed = await sealedBy(sealer, value);
    await this.#kept.update(present => ({
      ...present,
      secrets: [
        ...(present?.secrets ?? []).filter(one => one.name !== name),
        { name, by: sealer.kind, sealed, changedAt },
      ],
    }));
    this.#session.delete(name);
    await this.values.refresh();
    this.#told();
    return { name, state: 'kept', sealedBy: sealer.kind, changedAt };
  }

  /** Rejects with `not-found`. What `secrets.json.last` still holds of it is sealed, and goes with the next change. */
  async forget(name: string): Promise<void> {
    const known = await this.known();
    if (!known.some(one => one.name === name)) throw notFound(name, known);
    this.#session.delete(name);
    if ((await this.#kept.read())?.secrets.some(one => one.name === name) === true) {
      await this.#kept.update(present => ({
        ...present,
        secrets: (present?.secrets ?? []).filter(one => one.name !== name),
      }));
    }
    await this.values.refresh();
    this.#told();
  }

  use(name: string, value: string): void {
    this.values.use(name, value);
  }

  async open(name: string): Promise<string> {
    const inMemory = this.#session.get(name);
    if (inMemory !== undefined) return inMemory.value;
    const kept = (await this.#kept.read())?.secrets.find(one => one.name === name);
    if (kept === undefined) throw notFound(name, await this.known());
    const sealer = (await this.#usable()).find(({ kind }) => kind === kept.by);
    if (sealer === undefined)
      throw new FaultError({ code: 'secret-locked', name, sealedBy: kept.by, because: 'other-program' });
    try {
      return await sealer.open(kept.sealed);
    } catch (error) {
      // The reason of the system below may be shown: what it could not open is not in it.
      throw new FaultError({ code: 'secret-locked', name, sealedBy: kept.by, because: 'not-opened' }, { cause: error });
    }
  }

  async #sealer(): Promise<Sealer | undefined> {
    return (await this.#usable())[0];
  }

  async #usable(): Promise<readonly Sealer[]> {
    const refusals = await Promise.all(this.#sealers.map(sealer => sealer.refuses()));
    return this.#sealers.filter((_, at) => refusals[at] === undefined);
  }
}

async function sealedBy(sealer: Sealer, value: string): Promise<string> {
  try {
    return await sealer.seal(value);
  } catch (error) {
    throw new FaultError({ code: 'secret-store-unavailable', because: 'failed' }, { cause: error });
  }
}

function notFound(name: string, known: readonly KnownSecret[]): FaultError {
  return new FaultError({ code: 'not-found', what: 'secret', name, known: known.map(one => one.name) });
}
