/** Entries of one object directory that are listed at most; what holds more is refused as `unsupported`, never cut short. */
export const MOST_ENTRIES = 262_144;
