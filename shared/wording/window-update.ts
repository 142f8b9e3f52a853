import { assertNever } from '../base/assert-never.ts';
import { escapeUntrusted } from './plain-text.ts';

/** Why a newer version is not put in now. */
export type UpdateHold =
  | { readonly because: 'file-systems-run'; readonly names: readonly string[] }
  /** The installer ends whatever runs out of the installed folder. */
  | { readonly because: 'command-line-runs' }
  /** Nobody could say whether any runs. */
  | { readonly because: 'not-known'; readonly reason: string };

const MOST_NAMED = 5;

/** Words of updates: dialogs, notifications, menus. Versions and names come from elsewhere. */
export const windowUpdateWords = {
  none: {
    'not-packaged': {
      message: 'This copy does not update itself.',
      detail: 'It runs from its sources: fetch and build the newer ones.',
      buttons: ['Close'],
    },
    portable: {
      message: 'This copy does not update itself.',
      detail: 'It was unpacked, not installed: unpack the newer one in its place when no file system runs.',
      buttons: ['Close'],
    },
    'no-feed': {
      message: 'This copy does not know where newer versions are.',
      detail: 'It was packaged without an address for updates. A package manager (winget) updates it.',
      buttons: ['Close'],
    },
  },
  current: (version: string, withheld?: string) => ({
    message:
      withheld === undefined
        ? `Siloscope ${escapeUntrusted(version, 40)} is the newest version of its channel.`
        : `Siloscope ${escapeUntrusted(withheld, 40)} is there, but not for this machine yet.`,
    detail:
      withheld === undefined
        ? 'Settings has the channel: stable or preview.'
        : `Its publisher gives it to some machines first, or it needs a newer Windows. ${escapeUntrusted(version, 40)} runs here.`,
    buttons: ['Close'],
  }),
  failed: (reason: string) => ({
    message: 'Newer versions could not be looked for.',
    detail: `${escapeUntrusted(reason, 500)}\nNothing was changed. It is tried again tomorrow, or when you ask.`,
    buttons: ['Close'],
  }),
  ready: (version: string, needsRights: boolean) => ({
    message: `Siloscope ${escapeUntrusted(version, 40)} is here.`,
    detail: needsRights
      ? 'It is put in when you say so here: this copy is for everybody, and Windows asks for an administrator. Whatever runs of it is ended, for whomever: window, pages, command lines.'
      : 'It is put in when you exit and neither a file system nor a command line of Siloscope runs, or now. Restarting closes the window and its pages.',
    buttons: ['Restart now', 'Later'],
  }),
  readyNotice: (version: string, needsRights: boolean) => ({
    title: `Siloscope ${escapeUntrusted(version, 40)} is ready`,
    body: needsRights
      ? 'Help, Check for updates puts it in. This copy is for everybody: Windows asks for an administrator then.'
      : 'It is put in when you exit and neither a file system nor a command line of Siloscope runs. Nothing is restarted by itself.',
  }),
  held: (version: string, hold: UpdateHold) => ({
    message: `Siloscope ${escapeUntrusted(version, 40)} waits.`,
    detail: wordHold(hold),
    buttons: hold.because === 'command-line-runs' ? ['Close'] : ['Show file systems', 'Close'],
  }),
} as const;

function wordHold(hold: UpdateHold): string {
  switch (hold.because) {
    case 'file-systems-run': {
      const { names } = hold;
      const named = names.slice(0, MOST_NAMED).map(name => escapeUntrusted(name, 60));
      const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
      return names.length === 1
        ? `A file system runs: ${named[0]}. Siloscope does not restart while it could lose sight of it. Stop it first.`
        : `File systems run: ${named.join(', ')}${more}. Siloscope does not restart while it could lose sight of them. Stop them first.`;
    }
    case 'command-line-runs':
      return 'A command line of Siloscope runs: serve, watch, a terminal or another. The installer would end it. End it first; "siloscope serve --at-sign-in off" keeps it from the next sign-in, too.';
    case 'not-known':
      return `Whether file systems run cannot be known now (${escapeUntrusted(hold.reason, 300)}). Siloscope restarts only when it knows that none does.`;
    default:
      return assertNever(hold, 'hold');
  }
}

/** Lines of the window's log about updates. */
export const updateLogWords = {
  found: (version: string): string => `Version ${escapeUntrusted(version, 40)} is there; it is fetched.`,
  ready: (version: string): string => `Version ${escapeUntrusted(version, 40)} was fetched and waits.`,
  failed: (reason: string): string => `Newer versions could not be looked for: ${escapeUntrusted(reason, 500)}`,
  held: (hold: UpdateHold): string => `The newer version is not put in: ${wordHold(hold)}`,
  notPutIn: (reason: string): string => `The newer version could not be put in: ${escapeUntrusted(reason, 500)}`,
  installs: (version: string): string => `Version ${escapeUntrusted(version, 40)} is put in.`,
} as const;
