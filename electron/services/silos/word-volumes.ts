import type { Gap } from '../../../shared/domain/inspection.ts';
import type { NamespaceId } from '../../../shared/domain/namespace.ts';
import { volumeWord } from '../../../shared/domain/silo-sources.ts';
import type { NamespaceView } from './namespace-view.ts';
import { mappingGap } from './word-sources.ts';

/**
 * Compares what fsptool listed in each container with the `\Device` of the silo that the container is shown in.
 * `listed`: devices such as `\Device\Volume{guid}`, by namespace. A volume that is nowhere to be seen tells nothing: it
 * may have come or gone between the two looks.
 */
export function wordVolumes(
  views: readonly NamespaceView[],
  listed: ReadonlyMap<NamespaceId, readonly string[]>,
): { readonly views: readonly NamespaceView[]; readonly gaps: readonly Gap[] } {
  const owners = new Map<string, number>();
  for (const { namespace, device } of views) {
    for (const { name } of device?.entries ?? []) {
      if (namespace.siloId !== undefined && /^Volume\{/i.test(name))
        owners.set(`\\device\\${name.toLowerCase()}`, namespace.siloId);
    }
  }
  const gaps: Gap[] = [];
  const worded = views.map((view): NamespaceView => {
    const { namespace, container } = view;
    if (container === undefined || namespace.siloId === undefined) return view;
    const volumeSilos = (listed.get(namespace.id) ?? []).flatMap(name => owners.get(name.toLowerCase()) ?? []);
    const word = volumeWord({ siloId: namespace.siloId, volumeSilos });
    if (word === undefined) return view;
    const sources = [...(namespace.sources ?? []).filter(({ source }) => source !== word.source), word];
    const agreed = sources.flatMap(({ source, verdict }) => (verdict === 'agrees' ? [source] : []));
    if (word.verdict === 'differs') gaps.push(...mappingGap(namespace.id, sources));
    return { ...view, namespace: { ...namespace, agreed, sources } };
  });
  return { views: worded, gaps };
}
