import { type Clock, sleep } from '../../../shared/base/clock.ts';
import type { FollowedSettings } from './follow-settings.ts';
import type { KeptFile } from './kept-file.ts';
import type { WindowMemory } from './window-memory.ts';

/** Settings are known once the host is open. One that is far away may take its time, and nobody waits for a window that long. */
const LONGEST_WAIT_MS = 1_000;

/** Does the app start in the notification area? By its arguments, by the user's settings, or by what those were last. */
export async function startsHidden(
  asked: boolean,
  settings: FollowedSettings,
  memory: Pick<KeptFile<WindowMemory>, 'value'>,
  clock: Clock,
): Promise<boolean> {
  if (asked) return true;
  const waited = new AbortController();
  const late = sleep(clock, LONGEST_WAIT_MS, waited.signal).then(
    () => memory.value.startHidden,
    () => false,
  );
  const known = settings.known.then(() => settings.value.startHidden);
  const hidden = await Promise.race([known, late]);
  waited.abort();
  return hidden;
}
