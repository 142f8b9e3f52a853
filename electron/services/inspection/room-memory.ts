import type { ObjectEntry } from '../../hosts/host.ts';
import type { ListedVolume } from '../fsd/parse-fsptool.ts';
import type { NamespaceView } from '../silos/namespace-view.ts';
import type { WitnessedVolume } from './merge-witnesses.ts';
import type { DosLink } from './read-mount-points.ts';

/** What the object namespace shows of one silo, read without running anything in it. */
export interface RoomSigns {
  /** The `Volume{guid}` of its `\Device`. */
  readonly candidates: readonly ObjectEntry[] | undefined;
  readonly links: readonly DosLink[];
  /** Targets of those candidates that are links. */
  readonly targets: ReadonlyMap<string, string>;
}

/** What programs told of one silo. */
export interface RememberedRoom {
  readonly listed: readonly ListedVolume[];
  readonly volumes: readonly WitnessedVolume[];
}

/** More than that many silos are not remembered. */
const MOST = 4_096;

/**
 * What `fsptool lsvol` said in each silo, as long as the silo's objects are the very same. A volume's GUID is made with
 * it and its prefix never changes, so that the same devices, targets and drive letters mean the same list; running
 * fsptool in a thousand silos to hear it again would cost seconds. Ground: winfsp src/sys/volume.c, src/fsptool/fsptool.c.
 */
export class RoomMemory {
  readonly #rooms = new Map<string, { readonly signature: string; readonly room: RememberedRoom }>();

  recall(view: NamespaceView, signs: RoomSigns): RememberedRoom | undefined {
    const known = this.#rooms.get(view.namespace.id);
    return known !== undefined && known.signature === signatureOf(view, signs) ? known.room : undefined;
  }

  /**
   * Takes in what a silo's programs told, if the objects bear it all out: every device was listed, every letter listed is
   * a link, and every program was found. What is half made, half gone or out of sight is asked for again.
   */
  keep(view: NamespaceView, signs: RoomSigns, room: RememberedRoom): void {
    const { id } = view.namespace;
    this.#rooms.delete(id);
    if (view.container === undefined || !isBorneOut(signs, room)) return;
    this.#rooms.set(id, { signature: signatureOf(view, signs), room });
    const [oldest] = this.#rooms.keys();
    if (this.#rooms.size > MOST && oldest !== undefined) this.#rooms.delete(oldest);
  }
}

function isBorneOut({ candidates, links }: RoomSigns, { listed, volumes }: RememberedRoom): boolean {
  const there = new Set(candidates?.map(({ name }) => `\\device\\${name.toLowerCase()}`));
  const letters = new Set(links.map(({ mountPoint }) => mountPoint));
  return (
    there.size === listed.length &&
    volumes.length === listed.length &&
    listed.every(
      ({ device, mountPoint }) =>
        there.has(device.toLowerCase()) && mountPoint !== undefined && letters.has(mountPoint),
    ) &&
    volumes.every(({ volume }) => volume.fileSystem !== undefined)
  );
}

function signatureOf({ namespace, container }: NamespaceView, { candidates, links, targets }: RoomSigns): string {
  return JSON.stringify([
    namespace.id,
    container?.ref.id,
    container?.state,
    candidates?.map(({ name, type }) => [name, type]),
    links.map(({ mountPoint, target }) => [mountPoint, target]),
    [...targets],
  ]);
}
