import { z } from 'zod';
import type { Clock } from '../../../shared/base/clock.ts';
import { Emitter } from '../../../shared/base/emitter.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { NO_LEAKS } from '../../../shared/domain/judge-policy.ts';
import { Policy } from '../../../shared/domain/policy.ts';
import { Profile } from '../../../shared/domain/profile.ts';
import { profileIssues } from '../../../shared/domain/profile-issues.ts';
import { BUILT_IN_PROFILES } from '../../../shared/domain/profiles.ts';
import { WrittenBy } from '../../../shared/domain/release-version.ts';
import {
  type ListedProfile,
  Settings,
  type SettingsNotice,
  type SettingsPatch,
} from '../../../shared/domain/settings.ts';
import { IsolationBook, KeptIsolation } from '../isolation/isolation-book.ts';
import type { Sealer } from '../secrets/sealer.ts';
import { KeptSecrets, SecretStore } from '../secrets/secret-store.ts';
import { KeptWorkspaces, WorkspaceBook } from '../workspaces/workspace-book.ts';
import { type Files, memoryFiles } from './files.ts';
import { KeptDocument } from './kept-document.ts';
import { requireNotLeft } from './not-taken.ts';
import { KeptRecent, RecentBook } from './recent-book.ts';

const KeptProfiles = z.strictObject({
  $schema: z.string().optional(),
  writtenBy: WrittenBy,
  profiles: z.array(Profile),
});

export type PreferenceKind = 'settings' | 'profiles' | 'policy' | 'secrets' | 'recent';

const BUILT_IN = new Map(BUILT_IN_PROFILES.map(profile => [profile.name, profile]));

/** What the user keeps, whichever host is open: settings, profiles of their own, the policy, secrets. One file each. */
export class Preferences {
  readonly folder: string | undefined;
  readonly workspaces: WorkspaceBook;
  readonly isolation: IsolationBook;
  readonly secrets: SecretStore;
  readonly recent: RecentBook;
  readonly #settings: KeptDocument<typeof Settings>;
  readonly #profiles: KeptDocument<typeof KeptProfiles>;
  readonly #policy: KeptDocument<typeof Policy>;
  readonly #documents: (() => Promise<SettingsNotice | undefined>)[] = [];
  readonly #changed = new Emitter<PreferenceKind>();
  readonly #setAside: SettingsNotice[] = [];

  /** `sealers`: what may keep secrets, the first that does first. Without one they are held in memory. `version`: of this Siloscope. */
  constructor(clock: Clock, files: Files = memoryFiles(), sealers: readonly Sealer[] = [], version?: string) {
    this.folder = files.folder;
    const kept = <S extends z.ZodType>(name: string, schema: S, whole = false): KeptDocument<S> => {
      const told = (notice: SettingsNotice): void => void this.#setAside.push(notice);
      const document = new KeptDocument(files, clock, name, schema, told, { version, whole });
      this.#documents.push(async () => {
        await document.read();
        return document.notice;
      });
      return document;
    };
    this.#settings = kept('settings.json', Settings);
    this.#profiles = kept('profiles.json', KeptProfiles);
    // Of a rule that is half understood nobody knows whom it is about.
    this.#policy = kept('policy.json', Policy, true);
    this.isolation = new IsolationBook(kept('isolation-tests.json', KeptIsolation));
    this.secrets = new SecretStore(kept('secrets.json', KeptSecrets), clock, sealers, () =>
      this.#changed.emit('secrets'),
    );
    this.recent = new RecentBook(kept('recent.json', KeptRecent), clock, () => this.#changed.emit('recent'));
    this.workspaces = new WorkspaceBook(kept('workspaces.json', KeptWorkspaces));
  }

  /** Files that had to be put aside since this program began, and what of the others is not taken up now. */
  async notices(): Promise<readonly SettingsNotice[]> {
    const looks = await Promise.all(
      this.#documents.map(look =>
        // A file that cannot be read is told by whoever needs it.
        look().catch((error: unknown) => {
          if (error instanceof FaultError) return undefined;
          throw error;
        }),
      ),
    );
    return [...this.#setAside, ...looks.filter(notice => notice !== undefined)];
  }

  /** Told after each save, here or elsewhere. Answers the undo. */
  onChanged(listener: (what: PreferenceKind) => void): () => void {
    return this.#changed.on(listener);
  }

  /** Another process saved them: every read is made anew, so that only those who listen need to hear. */
  changedElsewhere(what: PreferenceKind): void {
    this.#changed.emit(what);
  }

  async settings(): Promise<Settings> {
    return (await this.#settings.read()) ?? Settings.parse({});
  }

  async write(patch: SettingsPatch): Promise<Settings> {
    const saved = await this.#settings.update(present => ({ ...present, ...patch }));
    this.#changed.emit('settings');
    return saved;
  }

  /** Built-in ones first, then the user's. */
  async profiles(): Promise<readonly ListedProfile[]> {
    const kept = (await this.#profiles.read())?.profiles ?? [];
    return [
      ...BUILT_IN_PROFILES.map((profile): ListedProfile => ({ ...profile, origin: 'built-in' })),
      ...kept
        .filter(({ name }) => !BUILT_IN.has(name))
        .map((profile): ListedProfile => ({ ...profile, origin: 'user' })),
    ];
  }

  /** For launches: without what cannot be read, since a built-in profile needs no file. */
  async launchProfiles(): Promise<readonly Profile[]> {
    const listed = await this.profiles().catch((error: unknown) => {
      if (error instanceof FaultError) return undefined;
      throw error;
    });
    return (
      listed?.map(({ origin, ...profile }) =>
        origin === 'user' ? profile : (BUILT_IN.get(profile.name) ?? profile),
      ) ?? BUILT_IN_PROFILES
    );
  }

  /**
   * A built-in profile's name is taken; a user's own profile of that name is replaced. `replaces`: another one of the user's
   * own, which is that from now on, in its place and with all that a newer version wrote into it.
   */
  async saveProfile(profile: Profile, replaces?: string): Promise<ListedProfile> {
    await this.#saveProfiles([profile], () => 'profile', replaces);
    return { ...profile, origin: 'user' };
  }

  /** All of them at once, or none: what is wrong with one is told for all. */
  async importProfiles(profiles: readonly Profile[]): Promise<readonly ListedProfile[]> {
    await this.#saveProfiles(profiles, at => `profiles.${at}`);
    return profiles.map(profile => ({ ...profile, origin: 'user' }));
  }

  async #saveProfiles(profiles: readonly Profile[], field: (at: number) => string, replaces?: string): Promise<void> {
    const issues = profiles.flatMap((profile, at) => [
      ...(BUILT_IN.has(profile.name)
        ? [{ path: `${field(at)}.name`, message: `${profile.name} comes with Siloscope; choose another name` }]
        : []),
      ...profileIssues(profile).map(({ path, message }) => ({ path: [field(at), ...path].join('.'), message })),
    ]);
    if (issues.length > 0) throw new FaultError({ code: 'invalid-input', issues });
    const names = new Set(profiles.map(({ name }) => name));
    const renamed = new Map(replaces === undefined ? [] : profiles.map(({ name }) => [name, replaces] as const));
    await this.#profiles.update((kept, left) => {
      requireNotLeft([...names], left, 'profiles.json');
      const before = (kept?.profiles ?? []).filter(({ name }) => name === replaces || !names.has(name));
      const place = before.findIndex(({ name }) => name === replaces);
      if (replaces !== undefined && place < 0) {
        const known = before.map(({ name }) => name);
        throw new FaultError({ code: 'not-found', what: 'profile of your own', name: replaces, known });
      }
      const at = place < 0 ? before.length : place;
      const [now] = profiles;
      // Who names it as the private one of two goes on doing so.
      const others = before.map(one =>
        replaces !== undefined && now !== undefined && one.privateTwin === replaces
          ? { ...one, privateTwin: now.name }
          : one,
      );
      return { ...kept, profiles: others.toSpliced(at, place < 0 ? 0 : 1, ...profiles) };
    }, renamed);
    this.#changed.emit('profiles');
  }

  async removeProfile(name: string): Promise<void> {
    await this.#profiles.update((present, left) => {
      const kept = present?.profiles ?? [];
      if (!kept.some(profile => profile.name === name)) {
        requireNotLeft([name], left, 'profiles.json');
        const known = kept.map(profile => profile.name);
        throw new FaultError({ code: 'not-found', what: 'profile of your own', name, known });
      }
      return { ...present, profiles: kept.filter(profile => profile.name !== name) };
    });
    this.#changed.emit('profiles');
  }

  /** The saved policy, or the built-in one that allows no leak. */
  async policy(): Promise<{ readonly policy: Policy; readonly origin: 'built-in' | 'user' }> {
    const saved = await this.#policy.read();
    return saved === undefined ? { policy: NO_LEAKS, origin: 'built-in' } : { policy: saved, origin: 'user' };
  }

  async savePolicy(policy: Policy): Promise<void> {
    await this.#policy.update(() => policy);
    this.#changed.emit('policy');
  }
}
