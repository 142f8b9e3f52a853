import type { Observation } from '../../../shared/domain/merge-evidence.ts';
import { samePrefix } from '../../../shared/domain/unc-prefix.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import type { Look, Looked } from './looking.ts';

/** What must be known beside a look to say what it proves. */
export interface LookedAmong {
  readonly volume: Volume;
  readonly volumes: readonly Volume[];
  /** How many namesakes were not seen to be without the token that was read back. */
  readonly sharers?: number;
}

/** Why a token that came back by the plain name proves nothing of it. */
export const wordSharers = (sharers: number): string =>
  `${sharers === 1 ? 'another volume' : `${sharers} other volumes`} of that name may show the same files, so the token does not tell who answered`;

/** Other volumes of the same UNC prefix: its plain name may lead to any of them. */
export function namesakesOf(volume: Volume, volumes: readonly Volume[]): readonly Volume[] {
  return volumes.filter(one => one.device !== volume.device && sameName(one.uncPrefix, volume.uncPrefix));
}

/**
 * What a look proves of the name that was tried, and no more. A provider's or a device's name belongs to one volume: it
 * is proven by an open, and refuted where it opens at home and not here. A plain UNC name belongs to whoever MUP gives
 * it to: an open proves it only where WinFsp was recognised and no other volume has that name. A token read back proves
 * it beside namesakes, too, unless one of them may show the same files: two mounts of one remote show the token both.
 */
export function judgeLooked(
  { volume, volumes, sharers = 0 }: LookedAmong,
  look: Look,
  looked: Looked,
  control: Looked | undefined,
): Observation | undefined {
  const { visible, evidence, winfsp, by } = looked;
  const told = { by, ...(winfsp === undefined ? {} : { winfsp }) };
  const said = (now: Observation['visible'], more?: string): Observation => ({
    ...told,
    visible: now,
    way: look.way,
    evidence: more === undefined ? evidence : { ...evidence, detail: `${evidence.detail ?? look.way.path}; ${more}` },
  });
  const isToken = look.canary !== undefined;
  if (look.way.kind === 'unc') {
    if (visible === 'no') {
      const proves = !isToken || control?.visible === 'yes';
      return proves ? said('no') : said('unknown', 'but from there the token was not found by its own name either');
    }
    if (visible !== 'yes') return said(visible);
    if (winfsp === false)
      return said('no', `somebody else answers that name${isToken ? ' and has the same files' : ''}`);
    if (isToken) {
      if (sharers === 0) return said('yes');
      return said('unknown', wordSharers(sharers));
    }
    const namesakes = namesakesOf(volume, volumes).length;
    if (namesakes > 0)
      return said('unknown', `${namesakes + 1} volumes have that name, and only a canary tells them apart`);
    return winfsp === true ? said('yes') : said('unknown', 'somebody answers; only a canary tells who');
  }
  if (visible === 'yes' && winfsp === false) return said('unknown', 'not recognised as WinFsp');
  if (look.way.kind === 'drive' || visible !== 'no') return said(visible);
  if (control?.visible !== 'yes') return said('unknown', 'but that name does not open at home either');
  // A disk volume has no other name out there: the cell as a whole is answered.
  return volume.kind === 'disk' ? { ...told, visible, evidence } : said('no');
}

function sameName(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && samePrefix(one, other);
}
