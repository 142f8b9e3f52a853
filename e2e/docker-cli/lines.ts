import { CONTAINER_LINES } from './container-lines.ts';
import { ENGINE_LINES } from './engine-lines.ts';
import { FOREGROUND_LINES } from './foreground-lines.ts';
import type { Line } from './line.ts';
import { NETWORK_LINES } from './network-lines.ts';

/** The lines in the order in which they are typed: later ones see what earlier ones did. */
export const LINES: readonly Line[] = [...ENGINE_LINES, ...CONTAINER_LINES, ...FOREGROUND_LINES, ...NETWORK_LINES];
