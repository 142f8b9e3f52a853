import { assertNever } from '../../../shared/base/assert-never.ts';
import { EVIDENCE_RANKS, isPredicted } from '../../../shared/domain/evidence-ranks.ts';
import type { JournalEntry } from '../../../shared/domain/journal.ts';
import type { Screen } from '../../../shared/domain/screen.ts';
import { type Notice, noticeWords } from '../../../shared/wording/window-notices.ts';
import { screenFragment } from './page-fragment.ts';
import type { WorkEnd } from './work-tap.ts';

/** A notification of the system. `remove` takes it back, shown or already filed away. */
export interface Toast {
  show(): void;
  remove(): void;
  /** A press on the notification itself or on its button: both mean the same. */
  onPress(listener: () => void): void;
}

export interface ToastWish {
  readonly title: string;
  readonly body: string;
  readonly button?: string;
  /** What a press shows; the window as it is where this is missing. */
  readonly screen?: Screen;
}

export type MakeToast = (wish: ToastWish) => Toast;

export interface NoticesOptions {
  readonly makeToast: MakeToast;
  readonly show: (fragment: string) => void;
  /** The person has the window before them: what the screen shows need not be said twice. */
  readonly isWatched: () => boolean;
}

export interface Notices {
  /** A line of the journal that was just written. */
  news(entry: JournalEntry): void;
  /** A pull or launch of the page has ended. */
  ended(end: WorkEnd): void;
  clear(): void;
}

const MOST_VIOLATIONS = 3;
/** So many stand in the notification centre at once: the oldest makes room, and the page has them all. */
const MOST_SHOWN = 20;

/** Few notifications, each for a change the person did not make just now, and gone when it no longer holds. */
export function notices({ makeToast, show, isWatched }: NoticesOptions): Notices {
  const shown = new Map<string, Toast>();
  const withdraw = (key: string): void => {
    shown.get(key)?.remove();
    shown.delete(key);
  };
  const give = (key: string, notice: Notice): void => {
    withdraw(key);
    if (isWatched()) return;
    const [oldest] = shown.keys();
    if (oldest !== undefined && shown.size >= MOST_SHOWN) withdraw(oldest);
    const screen = screenOf(notice);
    const toast = makeToast({ ...noticeWords(notice), screen });
    toast.onPress(() => {
      shown.delete(key);
      show(screenFragment(screen));
    });
    shown.set(key, toast);
    toast.show();
  };
  const violationsShown = (): number => [...shown.keys()].filter(key => key.startsWith('policy ')).length;
  return {
    news: ({ what, subject, data }) => {
      switch (what) {
        case 'host.opened':
          for (const key of shown.keys()) withdraw(key);
          break;
        case 'volume.leaked':
          give(`leak ${subject}`, {
            kind: 'leak',
            device: subject,
            uncPrefix: textOf(data?.['uncPrefix']),
            home: textOf(data?.['home']),
            isShown: isShown(data?.['proof']),
          });
          break;
        case 'volume.sealed':
        case 'volume.gone':
          withdraw(`leak ${subject}`);
          break;
        case 'policy.violated':
          // One for a volume, and few in all: the page has the rest.
          if (shown.has(`policy ${subject}`) || violationsShown() >= MOST_VIOLATIONS) break;
          give(`policy ${subject}`, {
            kind: 'violation',
            policy: textOf(data?.['policy']) ?? '',
            name: textOf(data?.['uncPrefix']) ?? subject,
            home: textOf(data?.['container']),
            seenFrom: textOf(data?.['seenFrom']),
            isShown: isShown(data?.['rank']),
          });
          break;
        case 'policy.restored':
          withdraw(`policy ${subject}`);
          break;
        case 'guard.stopped':
          give(`guard ${subject}`, { kind: 'guard-stopped', container: subject });
          break;
        case 'guard.failed':
        case 'guard.blind':
          give('guard', { kind: 'guard-failed', reason: textOf(data?.['reason']) ?? '' });
          break;
        case 'guard.recovered':
          withdraw('guard');
          break;
        case 'fsd.stopped':
        case 'fsd.missed':
          // Found at rest is no change.
          if (textOf(data?.['before']) !== undefined) give('fsd', { kind: 'fsd-gone', service: subject });
          break;
        case 'fsd.started':
        // The person unloaded it: that is no news to them.
        case 'fsd.unloaded':
          withdraw('fsd');
          break;
      }
    },
    ended: ({ work, how }) => {
      if (work.kind === 'pull' && how !== 'cancelled') {
        give(`pull ${work.subject}`, { kind: how === 'done' ? 'pull-done' : 'pull-failed', image: work.subject });
      }
    },
    clear: () => {
      for (const key of shown.keys()) withdraw(key);
    },
  };
}

function screenOf(notice: Notice): Screen {
  switch (notice.kind) {
    case 'leak':
    case 'violation':
      return 'visibility';
    case 'guard-stopped':
      return 'timeline';
    case 'guard-failed':
      return 'settings';
    case 'fsd-gone':
      return 'readiness';
    case 'pull-done':
    case 'pull-failed':
      return 'images';
    default:
      return assertNever(notice, 'notice');
  }
}

/** Whether more than a rule says so. */
function isShown(rank: unknown): boolean {
  const known = EVIDENCE_RANKS.find(one => one === rank);
  return known !== undefined && !isPredicted({ rank: known });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
