import type { AppUpdater } from 'electron-updater';
import { type Clock, sleep } from '../../../shared/base/clock.ts';
import type { Disposable } from '../../../shared/base/disposables.ts';
import { Emitter } from '../../../shared/base/emitter.ts';
import type { UpdateChoice } from '../../../shared/domain/settings.ts';
import { type UpdateHold, updateLogWords } from '../../../shared/wording/window-update.ts';

/** What of electron-updater is used. */
export type UpdateProgram = Pick<
  AppUpdater,
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'allowDowngrade'
  | 'allowPrerelease'
  | 'disableWebInstaller'
  | 'channel'
  | 'requestHeaders'
> & {
  readonly currentVersion: { compare(other: string): number };
  checkForUpdates(): Promise<{
    readonly isUpdateAvailable: boolean;
    readonly updateInfo: { readonly version: string };
  } | null>;
  downloadUpdate(): Promise<unknown>;
  quitAndInstall(isSilent: boolean, isForceRunAfter: boolean): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
};

/**
 *   idle ──look──▶ looking ──none──▶ current      (looks again tomorrow, or when asked)
 *                     │ └──fault──▶ failed
 *                   found
 *                     ▼
 *                  fetching ──────▶ ready ──nothing runs, and the user exits or asks──▶ put in
 */
export type UpdateState =
  | { readonly kind: 'idle' | 'looking' }
  /** `withheld`: newer, but not for this machine: one that is given to some first, or that needs a newer Windows. */
  | { readonly kind: 'current'; readonly withheld?: string }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'fetching' | 'ready'; readonly version: string };

export interface UpdatesOptions {
  readonly program: UpdateProgram;
  /** Whether putting one in needs an administrator. */
  readonly needsRights: boolean;
  /** As `process.arch`: each has its channel, the updater knows none on Windows. */
  readonly arch: string;
  readonly clock: Clock;
  /** Asks the app to end; `atExit` then puts in what is ready. */
  readonly quit: () => void;
  /** Whether a command line of this copy runs now; false where that cannot be seen. */
  readonly commandLineRuns: () => boolean;
  /** Names of the file systems that run now, whoever launched them. Rejects when nobody can say. */
  readonly running: () => Promise<readonly string[]>;
  readonly log: (line: string) => void;
}

export interface Updates extends Disposable {
  readonly state: UpdateState;
  /** Whether putting one in needs an administrator: then it is done on demand only, not at each exit. */
  readonly needsRights: boolean;
  onChange(listener: (state: UpdateState) => void): () => void;
  /** Goes by the user's choice from now on. */
  choose(choice: UpdateChoice): void;
  /** Looks now, whatever was chosen, and fetches what is newer. Answers what came of it. */
  look(): Promise<UpdateState>;
  /** Why what is ready may not be put in now; asked at the moment it matters, never remembered. */
  hold(): Promise<UpdateHold | undefined>;
  /** Ends the app and puts in what is ready, if nothing holds it. Answers what does. */
  restart(): Promise<UpdateHold | undefined>;
  /**
   * For the end of the app. Asked while the services still answer; the way to put it in when they are closed, undefined
   * when nothing is ready or something holds it. It resolves once the installer runs, or is said not to.
   */
  atExit(): Promise<(() => Promise<void>) | undefined>;
}

const FIRST_LOOK_MS = 60_000;
const NEXT_LOOK_MS = 24 * 60 * 60_000;
/** An installer that cannot be started is told of at once, if anybody is there to hear it. */
const STARTED_MS = 100;

/** Looks for newer versions and fetches them. It never restarts by itself, and never while a file system runs. */
export function openUpdates(options: UpdatesOptions): Updates {
  const { program, needsRights, arch, clock, quit, log } = options;
  const changed = new Emitter<UpdateState>();
  let state: UpdateState = { kind: 'idle' };
  let choice: UpdateChoice = 'off';
  let timer: Disposable | undefined;
  let looking: Promise<UpdateState> | undefined;
  let over = false;
  /** The app ends because the user wants the newer version now. */
  let startsAgain = false;
  let isPuttingIn = false;

  // Both are ours to decide: when to spend the network, and above all when to restart.
  program.autoDownload = false;
  program.autoInstallOnAppQuit = false;
  program.disableWebInstaller = true;
  // It would tell the server a number of this copy's own, kept for ever.
  program.requestHeaders = { 'x-user-staging-id': 'none' };
  program.on('error', ({ message }) => {
    if (isPuttingIn) log(updateLogWords.notPutIn(message));
  });

  const become = (next: UpdateState): UpdateState => {
    state = next;
    if (!over) changed.emit(next);
    return next;
  };
  const aim = (): void => {
    const name = choice === 'preview' ? 'preview' : 'stable';
    program.channel = arch === 'x64' ? name : `${name}-${arch}`;
    // Setting a channel allows to go back in versions; settings of a newer version may mean nothing to an older one.
    program.allowDowngrade = false;
    program.allowPrerelease = choice === 'preview';
  };
  const fetchNewer = async (): Promise<UpdateState> => {
    if (state.kind === 'ready') return state;
    aim();
    const chosen = choice;
    become({ kind: 'looking' });
    try {
      const found = await program.checkForUpdates();
      if (found === null) return become({ kind: 'current' });
      const { version } = found.updateInfo;
      if (!found.isUpdateAvailable) {
        return become({
          kind: 'current',
          ...(program.currentVersion.compare(version) < 0 ? { withheld: version } : {}),
        });
      }
      log(updateLogWords.found(version));
      become({ kind: 'fetching', version });
      await program.downloadUpdate();
      if (choice !== chosen) return become({ kind: 'idle' });
      log(updateLogWords.ready(version));
      return become({ kind: 'ready', version });
    } catch (caught) {
      const reason = caught instanceof Error ? caught.message : String(caught);
      log(updateLogWords.failed(reason));
      return become({ kind: 'failed', reason });
    }
  };
  const look = (): Promise<UpdateState> => {
    looking ??= fetchNewer().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const plan = (afterMs: number): void => {
    timer?.dispose();
    timer =
      over || choice === 'off' ? undefined : clock.after(afterMs, () => void look().then(() => plan(NEXT_LOOK_MS)));
  };
  const hold = async (): Promise<UpdateHold | undefined> => {
    try {
      const names = await options.running();
      if (names.length > 0) return { because: 'file-systems-run', names };
      return options.commandLineRuns() ? { because: 'command-line-runs' } : undefined;
    } catch (caught) {
      return { because: 'not-known', reason: caught instanceof Error ? caught.message : String(caught) };
    }
  };
  const free = async (): Promise<{ readonly held: UpdateHold } | { readonly version: string } | undefined> => {
    if (state.kind !== 'ready') return undefined;
    const { version } = state;
    const held = await hold();
    if (held === undefined) return { version };
    log(updateLogWords.held(held));
    return { held };
  };
  return {
    get state() {
      return state;
    },
    onChange: listener => changed.on(listener),
    choose: next => {
      if (next === choice) return;
      choice = next;
      // What was fetched is of another channel, or no longer wanted.
      if (state.kind === 'ready') become({ kind: 'idle' });
      plan(FIRST_LOOK_MS);
    },
    needsRights,
    look,
    hold,
    restart: async () => {
      const verdict = await free();
      if (verdict === undefined) return undefined;
      if ('held' in verdict) return verdict.held;
      // Not the updater's own way: its installer ends an app by force that is still there after a second.
      startsAgain = true;
      quit();
      return undefined;
    },
    atExit: async () => {
      // Windows would ask for an administrator at an exit like any other.
      if (needsRights && !startsAgain) return undefined;
      const verdict = await free();
      if (verdict === undefined || 'held' in verdict) return undefined;
      return async () => {
        isPuttingIn = true;
        log(updateLogWords.installs(verdict.version));
        program.quitAndInstall(true, startsAgain);
        await sleep(clock, STARTED_MS);
      };
    },
    dispose: () => {
      over = true;
      timer?.dispose();
      timer = undefined;
    },
  };
}
