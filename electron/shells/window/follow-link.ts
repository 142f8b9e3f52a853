import { parseDeepLink } from '../../../shared/domain/deep-link.ts';
import { windowAskWords } from '../../../shared/wording/window-ask.ts';
import { wordLinkRefusal } from '../../../shared/wording/window-link.ts';
import { windowLogWords } from '../../../shared/wording/window-log.ts';
import type { Ask } from './open-outside.ts';
import { launchFragment, screenFragment } from './page-fragment.ts';

export interface LinkFollowing {
  readonly ask: Ask;
  /** Brings the window to the front with that fragment. */
  readonly show: (fragment?: string) => void;
  /** Tells a person, in the window, that nothing was done. */
  readonly tell: (title: string, detail: string) => void;
  readonly log: (line: string) => void;
}

/**
 * Follows a link that another program handed over. A screen is shown; a launch is asked about first and then only
 * fills in the form, which says that a link asked. Links that are not understood do nothing, and say so.
 */
export function followLink({ ask, show, tell, log }: LinkFollowing): (text: string) => Promise<void> {
  let asking = false;
  return async text => {
    const verdict = parseDeepLink(text);
    if (!verdict.ok) {
      const words = wordLinkRefusal(verdict.because);
      log(windowLogWords.refusedLink(words));
      show();
      tell(windowAskWords.linkRefused, words);
      return;
    }
    const { link } = verdict;
    if (link.kind === 'open') {
      show(screenFragment(link.screen, link.section));
      return;
    }
    if (asking) return;
    asking = true;
    try {
      show();
      if ((await ask(windowAskWords.launchByLink(link))) === 0) show(launchFragment(link, 'link'));
    } finally {
      asking = false;
    }
  };
}
