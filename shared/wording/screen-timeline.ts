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
  export: 'Export',
  exportName: (date: string): string => `siloscope-journal-${date}.jsonl`,
  follow: 'Follow the newest',
  emptyTitle: 'Nothing has happened yet',
  emptyText: 'Each launch, stop, leak and change of the driver is written here as it happens.',
  noMatch: 'No line fits the filter.',
  count: (shown: number, all: number): string => (shown === all ? `${all} lines` : `${shown} of ${all} lines`),
} as const;
