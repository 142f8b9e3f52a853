/** What rclone keeps of a cached file beside it, as JSON. Ground: rclone vfs/vfscache/item.go (Info). */
export interface VfsMeta {
  readonly ModTime: string;
  readonly ATime: string;
  readonly Size: number;
  /** Which parts of the file are there. */
  readonly Rs: readonly { readonly Pos: number; readonly Size: number }[] | null;
  readonly Fingerprint: string;
  /** It was written and not uploaded since. */
  readonly Dirty: boolean;
}

/** As Go's encoder indents it. */
export const vfsMetaText = (meta: VfsMeta): string => `${JSON.stringify(meta, undefined, '\t')}\n`;

/** Whether a file waits for its upload; undefined for what is no such text. Total. */
export function isDirty(text: string): boolean | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && 'Dirty' in read ? read.Dirty === true : undefined;
  } catch {
    return undefined;
  }
}
