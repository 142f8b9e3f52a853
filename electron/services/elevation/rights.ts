import type { Clock } from '../../../shared/base/clock.ts';
import type { Disposable } from '../../../shared/base/disposables.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { Elevate, ElevationPurpose, ElevationState, NoElevation } from '../../../shared/domain/elevation.ts';
import type { ElevatedSession, Host } from '../../hosts/host.ts';
import type { Journal } from '../journal/journal.ts';
import { asAdministrator } from './as-administrator.ts';

/** Who browses silos is not asked again at each directory, and the rights do not outlive the browsing by much. */
const KEPT_MS = 90_000;

/** An administrator's rights on one host: asked for when a user says so, kept for a while for looking, never for more. */
export class Rights {
  readonly #host: Host;
  readonly #clock: Clock;
  readonly #journal: Pick<Journal, 'note'>;
  #kept: ElevatedSession | undefined;
  #asking: Promise<ElevatedSession> | undefined;
  #timer: Disposable | undefined;
  #keptUntil = 0;
  /** Under way with the rights that are kept. */
  #looks = 0;

  /** Everything that was asked for, and what came of it, goes into the journal. */
  constructor(host: Host, clock: Clock, journal: Pick<Journal, 'note'>) {
    this.#host = host;
    this.#clock = clock;
    this.#journal = journal;
  }

  async state(): Promise<ElevationState> {
    return (await this.#host.elevation?.state()) ?? { state: 'unavailable', because: this.#because };
  }

  get #because(): NoElevation {
    return this.#host.noElevation ?? 'fixed-rights';
  }

  /**
   * Looks at the host with as many rights as that: the user is asked for `ask` alone, and only where no rights are kept.
   * @throws FaultError `elevation-refused`, `elevation-unavailable`, and what the look throws.
   */
  async look<T>(elevate: Elevate, signal: AbortSignal | undefined, act: (host: Host) => Promise<T>): Promise<T> {
    const wasKept = this.#kept !== undefined;
    const session = elevate === 'ask' ? await this.#session(signal) : elevate === 'if-held' ? this.#kept : undefined;
    if (session === undefined) return act(this.#host);
    // What is looked at by itself does not keep the rights alive; what is under way is let come to its end.
    this.#looks++;
    this.#timer?.dispose();
    try {
      return await act(asAdministrator(this.#host, session));
    } catch (caught) {
      if (!(caught instanceof FaultError) || caught.fault.code !== 'elevation-lost') throw caught;
      this.#forget(session);
      if (elevate === 'if-held') return act(this.#host);
      // They ended by themselves since they were last used: the user, who asks now, is asked once more.
      if (wasKept) return this.look(elevate, signal, act);
      throw caught;
    } finally {
      this.#looks--;
      if (elevate === 'ask') this.#keptUntil = this.#clock.now() + KEPT_MS;
      this.#giveBackInTime(session);
    }
  }

  /** Does one thing with rights asked for it alone, which are given back at its end. */
  async once<T>(
    purpose: Exclude<ElevationPurpose, 'look-into-silos'>,
    signal: AbortSignal | undefined,
    act: (host: Host) => Promise<T>,
  ): Promise<T> {
    const session = await this.#ask(purpose, signal);
    try {
      return await act(asAdministrator(this.#host, session));
    } finally {
      await session.dispose();
    }
  }

  async dispose(): Promise<void> {
    this.#timer?.dispose();
    await this.#kept?.dispose();
    this.#kept = undefined;
  }

  /** Two that ask at once see one prompt. */
  #session(signal: AbortSignal | undefined): Promise<ElevatedSession> {
    if (this.#kept !== undefined) return Promise.resolve(this.#kept);
    this.#asking ??= this.#ask('look-into-silos', signal)
      .then(session => {
        this.#kept = session;
        return session;
      })
      .finally(() => {
        this.#asking = undefined;
      });
    return this.#asking;
  }

  async #ask(purpose: ElevationPurpose, signal: AbortSignal | undefined): Promise<ElevatedSession> {
    const prompts = (await this.state()).state === 'can-ask';
    const note = (what: string): void => {
      if (prompts) this.#journal.note({ source: 'user', what, subject: purpose });
    };
    const answer = (await this.#host.elevation?.ask(purpose, signal)) ?? {
      outcome: 'unavailable' as const,
      because: this.#because,
    };
    switch (answer.outcome) {
      case 'granted':
        note('elevation.granted');
        return {
          purpose,
          perform: (act, abort) => answer.session.perform(act, abort),
          dispose: async () => {
            await answer.session.dispose();
            note('elevation.given-back');
          },
        };
      case 'refused-by-user':
        note('elevation.refused');
        throw new FaultError({ code: 'elevation-refused', purpose });
      case 'unavailable':
        throw new FaultError({ code: 'elevation-unavailable', purpose, because: answer.because });
    }
  }

  #giveBackInTime(session: ElevatedSession): void {
    if (this.#kept !== session || this.#looks > 0) return;
    const left = Math.max(0, this.#keptUntil - this.#clock.now());
    this.#timer = this.#clock.after(left, () => this.#forget(session));
  }

  #forget(session: ElevatedSession): void {
    if (this.#kept === session) this.#kept = undefined;
    void session.dispose();
  }
}
