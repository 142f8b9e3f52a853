import { assertNever } from '../base/assert-never.ts';
import { uncPath } from '../domain/unc-prefix.ts';
import { escapeUntrusted } from './plain-text.ts';

/** What a notification of the system may be about. */
export type Notice =
  | {
      readonly kind: 'leak';
      readonly device: string;
      readonly uncPrefix: string | undefined;
      /** The label of the namespace that mounted it. */
      readonly home: string | undefined;
      /** More than a rule says so. */
      readonly isShown: boolean;
    }
  | {
      readonly kind: 'violation';
      readonly policy: string;
      /** A prefix, or a device. */
      readonly name: string;
      /** The container that mounted it. */
      readonly home: string | undefined;
      /** The label of the first namespace that sees it. */
      readonly seenFrom: string | undefined;
      /** More than a rule says so. */
      readonly isShown: boolean;
    }
  | { readonly kind: 'guard-stopped'; readonly container: string }
  | { readonly kind: 'guard-failed'; readonly reason: string }
  | { readonly kind: 'fsd-gone'; readonly service: string }
  | { readonly kind: 'pull-done'; readonly image: string }
  | { readonly kind: 'pull-failed'; readonly image: string };

export interface NoticeWords {
  readonly title: string;
  readonly body: string;
  /** Says what a press shows. */
  readonly button: string;
}

/** Title, body and button of a notification. Names in it come out of containers. */
export function noticeWords(notice: Notice): NoticeWords {
  switch (notice.kind) {
    case 'leak': {
      const name = notice.uncPrefix === undefined ? notice.device : uncPath(notice.uncPrefix);
      const home = notice.home === undefined ? '' : ` It was mounted by ${escapeUntrusted(notice.home, 60)}.`;
      return {
        title: notice.isShown ? 'A volume leaks' : 'A volume is expected to leak',
        body: notice.isShown
          ? `${escapeUntrusted(name, 80)} was seen from outside its own namespace.${home}`
          : `${escapeUntrusted(name, 80)} can be expected to be reached by others; an inspection with a probe shows whether it is.${home}`,
        button: 'Show who sees it',
      };
    }
    case 'violation': {
      const home = notice.home === undefined ? '' : ` of ${escapeUntrusted(notice.home, 60)}`;
      const from = notice.seenFrom === undefined ? '' : ` from ${escapeUntrusted(notice.seenFrom, 60)}`;
      return {
        title: `The policy "${escapeUntrusted(notice.policy, 60)}" is ${notice.isShown ? '' : 'expected to be '}violated`,
        body: `${escapeUntrusted(notice.name, 80)}${home} ${notice.isShown ? 'is' : 'can be expected to be'} visible${from}.`,
        button: 'Show who sees it',
      };
    }
    case 'guard-stopped':
      return {
        title: 'The guard stopped a container',
        body: `${escapeUntrusted(notice.container, 60)} violated the policy. It was shut down and is still there, stopped.`,
        button: 'Show the timeline',
      };
    case 'guard-failed':
      return {
        title: 'The guard cannot watch the policy',
        body: `It sees nothing until this is cured: ${escapeUntrusted(notice.reason, 120)}.`,
        button: 'Show the settings',
      };
    case 'fsd-gone':
      return {
        title: 'The file system driver is not running',
        body: `${escapeUntrusted(notice.service, 60)} has stopped, and with it every volume it carried.`,
        button: 'Show Readiness',
      };
    case 'pull-done':
      return {
        title: 'The image is here',
        body: `${escapeUntrusted(notice.image, 120)} was pulled.`,
        button: 'Show images',
      };
    case 'pull-failed':
      return {
        title: 'A pull failed',
        body: `${escapeUntrusted(notice.image, 120)} was not pulled. Images shows why.`,
        button: 'Show images',
      };
    default:
      return assertNever(notice, 'notice');
  }
}
