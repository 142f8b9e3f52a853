import { windowAskWords } from '../../../shared/wording/window-ask.ts';
import { windowLogWords } from '../../../shared/wording/window-log.ts';

/** A question with named answers, as the system's own dialog asks it. */
export interface Question {
  readonly message: string;
  readonly detail: string;
  /** The last one declines; it is the default, and what Escape means. */
  readonly buttons: readonly string[];
}

/** Asks a person; answers the index of the button. */
export type Ask = (question: Question) => Promise<number>;

const LONGEST_ADDRESS = 2_048;

/** The address as it will be opened: https only, without a name and password in it. Anything else is undefined. */
export function outsideAddress(url: string): string | undefined {
  if (url.length > LONGEST_ADDRESS || !URL.canParse(url)) return undefined;
  const { protocol, username, password, href } = new URL(url);
  return protocol === 'https:' && username === '' && password === '' ? href : undefined;
}

/** Opens a link in the person's browser, after asking. What is no plain https address is refused without a question. */
export function openOutside(deps: {
  readonly ask: Ask;
  readonly openExternal: (url: string) => Promise<void>;
  readonly log: (line: string) => void;
}): (url: string) => Promise<void> {
  let asking = false;
  return async url => {
    const address = outsideAddress(url);
    // One question at a time: a page that asks again and again must not bury the person under dialogs.
    if (address === undefined || asking) {
      deps.log(windowLogWords.refusedWindow(url));
      return;
    }
    asking = true;
    try {
      if ((await deps.ask(windowAskWords.openOutside(address))) === 0) await deps.openExternal(address);
    } finally {
      asking = false;
    }
  };
}
