import { type RefObject, useLayoutEffect, useState } from 'react';
import { leastWidth, type TrackColumn } from './table-tracks.ts';

/** Whether an area is too narrow for all columns beside each other: those that are for wide ones are then left out. */
export function useNarrow(area: RefObject<HTMLElement | null>, columns: readonly TrackColumn[]): boolean {
  const least = leastWidth(columns);
  const [isNarrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    const measure = (): void => setNarrow(element.offsetWidth < least);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [area, least]);
  return isNarrow;
}
