import { z } from 'zod';

const Length = z.int().min(1).max(32_767);
const Place = z.int().min(-65_536).max(65_536);

/** Where the window stood, in device-independent pixels of the whole desktop. */
export const Bounds = z.strictObject({ x: Place, y: Place, width: Length, height: Length });
export type Bounds = z.infer<typeof Bounds>;

/** What the window remembers from one start to the next. */
export const WindowMemory = z.object({
  /** Absent before the first close. */
  bounds: Bounds.optional(),
  maximized: z.boolean().default(false),
  /** The real host that was open last: `local`, or `ssh://user@host`. */
  host: z.string().max(300).optional(),
  /** As the user's settings had it last: the window may come before they are known. */
  startHidden: z.boolean().default(false),
  /** Tasks that the user took from the jump list, by their arguments, with when that was seen. */
  removedTasks: z.array(z.object({ args: z.string(), at: z.iso.datetime() })).default([]),
  /** The person was told that closing leaves the app in the notification area. */
  toldOfTray: z.boolean().default(false),
});
export type WindowMemory = z.infer<typeof WindowMemory>;

export const EMPTY_MEMORY: WindowMemory = WindowMemory.parse({});
