import type { RecordedAnswer } from '../../../shared/domain/recording.ts';

/** A network volume as it can be opened from the host without a name going out on the network. */
export interface DirectedVolume {
  /** E.g. `WinFsp.Mup+2.1{guid}`. */
  readonly provider: string;
  readonly uncPrefix: string;
}

/**
 * Network volumes of silos, put together from two links: `\\Silos\\<id>\\Device\\Volume{x}` leads to the provider, a drive
 * letter of that silo to `\\Device\\Volume{x}\\class\\instance`. One without a letter names its prefix nowhere. Each once.
 */
export function volumesOfSilos(answers: readonly RecordedAnswer[]): readonly DirectedVolume[] {
  const links = answers.flatMap(answer => {
    if (answer.ask !== 'link' || !('target' in answer.answer)) return [];
    const silo = /^\\Silos\\(\d+)\\/i.exec(answer.path)?.[1];
    return silo === undefined ? [] : [{ silo, path: answer.path, target: answer.answer.target }];
  });
  const providers = new Map<string, string>();
  for (const { silo, path, target } of links) {
    const volume = /\\Device\\(Volume\{[^\\]*)$/i.exec(path)?.[1];
    const provider = /^\\Device\\(WinFsp\.Mup[^\\]*)/i.exec(target)?.[1];
    if (volume !== undefined && provider !== undefined) providers.set(`${silo} ${volume.toLowerCase()}`, provider);
  }
  const found = new Map<string, DirectedVolume>();
  for (const { silo, target } of links) {
    const [, volume = '', uncPrefix] = /^\\Device\\(Volume\{[^\\]*)(\\[^\\]+\\[^\\]+)\\?$/i.exec(target) ?? [];
    const provider = providers.get(`${silo} ${volume.toLowerCase()}`);
    if (provider !== undefined && uncPrefix !== undefined)
      found.set(`${provider}${uncPrefix}`.toLowerCase(), { provider, uncPrefix });
  }
  return [...found.values()];
}
