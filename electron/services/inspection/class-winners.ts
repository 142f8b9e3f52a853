import type { NamespaceId } from '../../../shared/domain/namespace.ts';
import { classOf } from '../../../shared/domain/unc-prefix.ts';
import { type ClassWinner, SERVER } from '../../../shared/domain/visibility-rule.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import type { Observed } from './observe.ts';

/**
 * Who was seen to answer for a class: the home of a volume that was opened from outside by its plain UNC name, or a
 * server where something answered that is no WinFsp volume. Where two were seen, nobody is named. A look from home does
 * not count: it tells nothing of what others get.
 */
export function classWinners(
  volumes: readonly Volume[],
  { volumes: observed, strangers }: Pick<Observed, 'volumes' | 'strangers'>,
): ReadonlyMap<string, ClassWinner> {
  const seen = new Map<string, Set<ClassWinner>>();
  const vote = (name: string, winner: ClassWinner): void => {
    seen.set(name, new Set([...(seen.get(name) ?? []), winner]));
  };
  for (const { device, home, uncPrefix } of volumes) {
    if (uncPrefix !== undefined && isOpened(home, observed.get(device))) vote(classOf(uncPrefix), home);
  }
  for (const name of strangers) vote(name, SERVER);
  return new Map(
    [...seen].flatMap(([name, winners]) => {
      const [winner] = winners;
      return winners.size === 1 && winner !== undefined ? [[name, winner] as const] : [];
    }),
  );
}

function isOpened(home: NamespaceId, observed: ReturnType<Observed['volumes']['get']>): boolean {
  return [...(observed ?? [])].some(
    ([from, looks]) => from !== home && looks.some(({ visible, way }) => visible === 'yes' && way?.kind === 'unc'),
  );
}
