import { z } from 'zod';

/** Where a symbolic link of the object namespace leads, and in whose namespace that is. */
export const LinkEnd = z.object({
  /**
   * `either`: an object of that name is in the silo as well as on the host. Whether a silo's link is followed from the
   * host's root (it is global then) is a flag that no program can read; where only one of the two has the object, the
   * link can lead nowhere else. [inferred]
   */
  root: z.enum(['host', 'silo', 'either', 'nowhere', 'unknown']),
  /** The object itself, without what is behind it. */
  path: z.string().optional(),
  /** As the object manager says it. */
  type: z.string().optional(),
  /** What the object is handed: `\memfs\share` behind a device. */
  rest: z.string().optional(),
});
export type LinkEnd = z.infer<typeof LinkEnd>;

/** An object of a directory of the object namespace; a symbolic link with its target, as it is written. */
export const ListedObject = z.object({
  name: z.string(),
  type: z.string(),
  target: z.string().optional(),
  leads: LinkEnd.optional(),
});
export type ListedObject = z.infer<typeof ListedObject>;

/** A directory of the object namespace, as it was at a moment. */
export const ObjectListing = z.object({
  path: z.string(),
  /** A namespace's id. */
  namespace: z.string(),
  takenAt: z.string(),
  /** Times of earlier listings that were different and are kept, oldest first: each can be asked for. */
  earlier: z.array(z.string()),
  entries: z.array(ListedObject),
});
export type ObjectListing = z.infer<typeof ObjectListing>;

/** An object that bears a name that was looked for. */
export const FoundObject = ListedObject.extend({
  /** A namespace's id, and what a person calls it. */
  namespace: z.string(),
  label: z.string(),
  /** Of the directory that it is in. */
  directory: z.string(),
});
export type FoundObject = z.infer<typeof FoundObject>;

/** A directory that could not be looked into. */
export const UnseenDirectory = z.object({
  namespace: z.string(),
  label: z.string(),
  directory: z.string(),
  reason: z.string(),
});
export type UnseenDirectory = z.infer<typeof UnseenDirectory>;

/** What a search has looked through so far. */
export const SearchProgress = z.object({
  namespaces: z.int(),
  of: z.int(),
  directories: z.int(),
  found: z.int(),
});
export type SearchProgress = z.infer<typeof SearchProgress>;

/** The directory above: `\Device\Http` gives `\Device`, and `\` itself. */
export function parentPath(path: string): string {
  const cut = path.replace(/\\+$/, '').lastIndexOf('\\');
  return cut <= 0 ? '\\' : path.slice(0, cut);
}

/** The path of an object in a directory. */
export function childPath(path: string, name: string): string {
  return path.endsWith('\\') ? `${path}${name}` : `${path}\\${name}`;
}
