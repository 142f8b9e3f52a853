/** A line of the timeline: lines, from `data.from` on, have got other numbers than they were told with; another process wrote, too. */
export const RENUMBERED = 'journal.renumbered';
