import type { BrokenRelaunch, RelaunchWay } from '../domain/relaunch.ts';
import { escapeUntrusted } from './plain-text.ts';

const safe = (name: string): string => escapeUntrusted(name, 200);

/** What came of bringing a container back, as far as it is told. */
type Brought =
  | { readonly outcome: 'as-before' | 'no-volume' | 'gone' }
  | { readonly outcome: 'other-name' | 'not-running'; readonly name: string };

/** What a relaunch tells while it is under way. */
export const relaunchWords = {
  kept: (name: string, kept: string): string =>
    `${safe(name)} is kept, stopped, as ${safe(kept)} until the new one runs`,
  launched: (name: string): string => `${safe(name)} launched anew`,
  failed: (name: string, code: string): string => `${safe(name)} could not be launched anew (${code}): as it was again`,
  untouched: (name: string, code: string): string =>
    `${safe(name)} could not be launched anew (${code}): what ran before was not stopped`,
  beside: (name: string, next: string): string =>
    `${safe(name)} goes away when it is stopped (--rm), hence ${safe(next)} runs first; it takes the name over`,
  removed: (name: string): string => `${safe(name)} removed`,
  notRemoved: (kept: string): string => `${safe(kept)} could not be removed: docker rm -f ${safe(kept)}`,
  notRenamed: (now: string, name: string): string =>
    `it runs as ${safe(now)}, which could not be renamed: docker rename ${safe(now)} ${safe(name)}`,
  brought(name: string, brought: Brought): string {
    switch (brought.outcome) {
      case 'as-before':
        return `${safe(name)} runs as before`;
      case 'no-volume':
        return `${safe(name)} runs again, and its volume was not seen yet`;
      case 'other-name':
        return `it runs again, as ${safe(brought.name)}: its name is taken`;
      case 'not-running':
        return `${safe(brought.name)} is kept and could not be started: docker start ${safe(brought.name)}`;
      case 'gone':
        return `${safe(name)} is gone: launch it again`;
    }
  },
} as const;

/** What a way out of a broken relaunch is called on a button. */
export const relaunchWayWords: Readonly<Record<RelaunchWay, string>> = {
  restore: 'Bring back what ran before',
  finish: 'Keep what runs now',
};

/** Words of the notice of broken relaunches. */
export const brokenRelaunchWords = {
  title: 'Relaunches that were cut off',
  settling: 'Under way',
  stops: (name: string): string =>
    `${safe(name)} runs: it is asked to shut down, waited for and removed. What its file system kept in memory is lost.`,
} as const;

/** A relaunch that was broken off, in one sentence or two. */
export function wordBrokenRelaunch({ name, before, after, since }: BrokenRelaunch): string {
  const when = since === undefined ? '' : `, begun ${since},`;
  const was =
    before === undefined
      ? 'what ran before is gone'
      : before.state === 'running'
        ? `what ran before still runs as ${safe(before.name)}`
        : `what ran before is kept, stopped, as ${safe(before.name)}`;
  const is =
    after === undefined
      ? 'nothing took its place'
      : after.state === 'running'
        ? `what took its place runs as ${safe(after.name)}`
        : `what was to take its place does not run (${safe(after.name)})`;
  return `A relaunch of ${safe(name)}${when} was cut off: ${was}; ${is}.`;
}
