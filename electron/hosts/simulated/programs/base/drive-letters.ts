/** Free letters are handed out from Z down to D, as WinFsp and NET do. */
export const DRIVES_FROM_Z: readonly string[] = Array.from('ZYXWVUTSRQPONMLKJIHGFED', letter => `${letter}:`);
