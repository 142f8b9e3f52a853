import type { NamespaceId } from '../../../shared/domain/namespace.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { providerName } from '../../../shared/domain/volume-names.ts';
import type { ObjectEntry } from '../../hosts/host.ts';
import type { ListedVolume } from '../fsd/parse-fsptool.ts';
import type { DosLink } from './read-mount-points.ts';

/** A volume with where its knowledge comes from. */
export interface WitnessedVolume {
  readonly volume: Volume;
  /** `fsptool lsvol` in its home named it. */
  readonly listed: boolean;
  /** That list gave the prefix as well; a drive letter's target alone may be anybody's text. */
  readonly prefixListed?: boolean;
  /** The letter that leads to it for a program run in its home as fsptool was, as that list has it. */
  readonly listedLetter?: string;
  /** When it did, ISO 8601, and how long that took; it may have been before this look. */
  readonly listedAt?: string;
  readonly listedMs?: number;
  /** Type of its object in its home's `\Device`, where that could be read; the target of a link. */
  readonly object?: { readonly type: string; readonly target?: string; readonly elapsedMs?: number };
}

/** Whose each letter is, where that could be seen. */
function lettersOf(links: readonly DosLink[]): Pick<Volume, 'letters'> {
  const letters = links.flatMap(({ mountPoint, session }) => (session === undefined ? [] : [{ mountPoint, session }]));
  return letters.length === 0 ? {} : { letters };
}

/** The volume that a link's target names: its object's name in lower case, and what follows, `\\class\\instance`. */
export function volumeIn(target: string): { readonly name: string; readonly rest?: string } | undefined {
  const [, name, rest] = /^\\Device\\(Volume\{[0-9a-fA-F-]{36}\})(\\.*)?$/.exec(target) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), ...(rest === undefined ? {} : { rest }) };
}

/**
 * One volume from three witnesses: fsptool's list (WinFsp's own word, with the prefix), the object's type and target
 * (kind and provider), and the drive letters that lead to it. Without the list only what is a link to a WinFsp provider
 * counts: a device named `Volume{guid}` may be anybody's.
 */
export function mergeWitnesses(
  home: NamespaceId,
  listed: readonly ListedVolume[] | undefined,
  candidates: readonly ObjectEntry[] | undefined,
  targets: ReadonlyMap<string, string>,
  links: readonly DosLink[],
): readonly WitnessedVolume[] {
  const byName = new Map<string, { device: string; listed?: ListedVolume }>();
  for (const volume of listed ?? []) {
    byName.set(volume.device.slice('\\Device\\'.length).toLowerCase(), { device: volume.device, listed: volume });
  }
  for (const [name, target] of targets) {
    if (byName.has(name) || providerName(target) === undefined) continue;
    const entry = candidates?.find(one => one.name.toLowerCase() === name);
    byName.set(name, { device: `\\Device\\${entry?.name ?? name}` });
  }
  return [...byName].map(([name, found]) => {
    const own = links.filter(link => volumeIn(link.target)?.name === name);
    const entry = candidates?.find(one => one.name.toLowerCase() === name);
    const target = targets.get(name);
    const fromLink = own
      .map(link => volumeIn(link.target)?.rest)
      .find(prefix => prefix !== undefined && prefix !== '\\');
    const uncPrefix = found.listed?.uncPrefix ?? fromLink;
    const isLink = entry?.type === 'SymbolicLink';
    const kind = uncPrefix !== undefined || isLink ? 'network' : 'disk';
    const letters = [
      ...(found.listed?.mountPoint === undefined ? [] : [found.listed.mountPoint]),
      ...own.map(link => link.mountPoint),
    ];
    return {
      listed: found.listed !== undefined,
      ...(found.listed?.uncPrefix === undefined ? {} : { prefixListed: true }),
      ...(found.listed?.mountPoint === undefined ? {} : { listedLetter: found.listed.mountPoint }),
      ...(entry === undefined ? {} : { object: { type: entry.type, ...(target === undefined ? {} : { target }) } }),
      volume: {
        device: found.device,
        kind,
        home,
        ...(uncPrefix === undefined ? {} : { uncPrefix }),
        ...(kind === 'network' && target !== undefined ? { provider: target } : {}),
        mountPoints: [...new Set(letters)].sort(),
        ...lettersOf(own),
      },
    };
  });
}
