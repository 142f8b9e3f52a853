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
    }
  | { readonly kind: 'fsd-gone'; readonly service: string }
  | { readonly kind: 'pull-done'; readonly image: string }
  | { readonly kind: 'pull-failed'; readonly image: string };

export interface NoticeWords {
  readonly title: string;
  readonly body: string;
  /** The last one is "not now". */
  readonly buttons: readonly string[];
}

const NOT_NOW = 'Not now';

/** Title, body and buttons of a notification. Names in it come out of containers. */
export function noticeWords(notice: Notice): NoticeWords {
  switch (notice.kind) {
    case 'leak': {
      const name = notice.uncPrefix === undefined ? notice.device : uncPath(notice.uncPrefix);
      const home = notice.home === undefined ? '' : ` It was mounted by ${escapeUntrusted(notice.home, 60)}.`;
      return {
        title: 'A volume is expected to leak',
        body: `${escapeUntrusted(name, 80)} can be expected to be reached by others; an inspection with a probe shows whether it is.${home}`,
        buttons: ['Show who sees it', NOT_NOW],
      };
    }
    case 'fsd-gone':
      return {
        title: 'The file system driver is not running',
        body: `${escapeUntrusted(notice.service, 60)} has stopped, and with it every volume it carried.`,
        buttons: ['Show Readiness', NOT_NOW],
      };
    case 'pull-done':
      return {
        title: 'The image is here',
        body: `${escapeUntrusted(notice.image, 120)} was pulled.`,
        buttons: ['Show images', NOT_NOW],
      };
    case 'pull-failed':
      return {
        title: 'A pull failed',
        body: `${escapeUntrusted(notice.image, 120)} was not pulled. Images shows why.`,
        buttons: ['Show images', NOT_NOW],
      };
    default:
      return assertNever(notice, 'notice');
  }
}
