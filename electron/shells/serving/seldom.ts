import { type Clock, isWithin } from '../../../shared/base/clock.ts';

const QUIET_MS = 60_000;

/**
 * Passes each sentence on when it is new, and again only after a minute of silence about it, with the number of times
 * that it was held back: a page that knocks all day must not fill a terminal.
 */
export function seldom(tell: (sentence: string) => void, clock: Clock): (sentence: string) => void {
  const told = new Map<string, { at: number; heldBack: number }>();
  return sentence => {
    const before = told.get(sentence);
    if (before !== undefined && isWithin(QUIET_MS, before.at, clock.now())) {
      before.heldBack += 1;
      return;
    }
    const times = before === undefined || before.heldBack === 0 ? '' : ` (and ${before.heldBack} times before)`;
    told.set(sentence, { at: clock.now(), heldBack: 0 });
    tell(sentence + times);
  };
}
