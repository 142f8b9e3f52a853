import type { Bounds } from './window-memory.ts';

export const SMALLEST = { width: 400, height: 360 } as const;
const FIRST = { width: 1_240, height: 820 } as const;
/** So much of the title bar must be within reach of a mouse. */
const GRIP = { width: 120, height: 32 } as const;

/**
 * Where the window may stand on the displays that are there now. `areas` are their work areas, the primary one first.
 * A window whose title bar cannot be reached (its display is gone, or was moved) comes back to the primary display;
 * one that is larger than its display is cut to it.
 */
export function fitBounds(wish: Bounds | undefined, areas: readonly Bounds[]): Bounds {
  const primary = areas[0] ?? { x: 0, y: 0, ...FIRST };
  if (wish === undefined) return centred(FIRST, primary);
  const home = areas.find(area => showsGrip(wish, area));
  if (home === undefined) return centred(wish, primary);
  const width = clamp(wish.width, SMALLEST.width, home.width);
  return {
    // A window that was cut may have lost the part that was shown.
    x: clamp(wish.x, home.x - width + GRIP.width, home.x + home.width - GRIP.width),
    y: Math.max(wish.y, home.y),
    width,
    height: clamp(wish.height, SMALLEST.height, home.height),
  };
}

function showsGrip(window: Bounds, area: Bounds): boolean {
  const shown = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const top = window.y - area.y;
  return shown >= Math.min(GRIP.width, window.width) && top >= -GRIP.height / 2 && top <= area.height - GRIP.height;
}

function centred(size: Pick<Bounds, 'width' | 'height'>, area: Bounds): Bounds {
  const width = clamp(size.width, SMALLEST.width, area.width);
  const height = clamp(size.height, SMALLEST.height, area.height);
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
  };
}

/** A display smaller than the smallest window wins: its title bar must be reachable. */
function clamp(length: number, least: number, most: number): number {
  return Math.min(Math.max(length, least), most);
}
