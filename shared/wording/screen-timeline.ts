import { formatCount } from './amounts.ts';

/** Words of the timeline. */
export const timelineWords = {
  title: 'Timeline',
  subtitle: 'Everything that happened, in its order.',
  list: 'Journal',
  columns: { at: 'Time', source: 'Source', what: 'What', subject: 'About', data: 'Details' },
  sources: {
    host: 'Host',
    fsd: 'Driver',
    engine: 'Engine',
    silo: 'Silo',
    launch: 'Launch',
    inspection: 'Inspection',
    user: 'You',
  },
  onlySources: 'Only these sources',
  scrub: {
    title: 'State at a moment',
    slider: 'Moment',
    now: 'Now',
    toNow: 'Back to now',
    before: 'Before the first line',
    leaked: 'leaked',
    expected: 'expected to leak',
    notLeaked: 'not known to leak',
    more: (count: number): string => `and ${count} more`,
    /** As the journal tells it; what happened before its first line is not in it. */
    state: (
      volumes: number,
      leaked: number,
      expected: number,
      driver: 'running' | 'stopped' | undefined,
      silos: number,
      isNow: boolean,
    ): string =>
      [
        `By the journal, ${isNow ? 'now' : 'then'}: ${formatCount(volumes, 'volume')}`,
        ...(volumes === 0 ? [] : leaked > 0 ? [`${leaked} leaked`] : expected > 0 ? [] : ['none known to leak']),
        ...(expected === 0 ? [] : [`${expected} expected to leak`]),
        ...(silos === 0 ? [] : [formatCount(silos, 'silo')]),
        ...(driver === undefined ? [] : [`driver ${driver}`]),
      ].join(', '),
  },
  export: 'Export',
  exportName: (date: string): string => `siloscope-journal-${date}.jsonl`,
  follow: 'Follow the newest',
  emptyTitle: 'Nothing has happened yet',
  emptyText: 'Each launch, stop, leak and change of the driver is written here as it happens.',
  noMatch: 'No line fits the filter.',
  count: (shown: number, all: number): string => (shown === all ? `${all} lines` : `${shown} of ${all} lines`),
} as const;
