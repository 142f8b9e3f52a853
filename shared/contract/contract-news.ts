import { z } from 'zod';
import { GuardStatus } from '../domain/guard.ts';
import { HostId } from '../domain/host-facts.ts';
import { JournalEntry } from '../domain/journal.ts';
import { RowsChanged } from '../domain/rows-changed.ts';
import { SightsChanged } from '../domain/sights-changed.ts';
import { Fault } from './fault-schema.ts';
import { news } from './operation.ts';
import { WorkspaceStatus } from './workspace-status.ts';

/** What a client is told unasked. */
export const contractNews = {
  /**
   * Revisions follow each other by one: who misses one takes a new snapshot. `fileSystems`: what became of the list, ended
   * ones included; `sights`: what became of namespaces and volumes, by which a matrix can be brought up to date. Absent: that
   * is to be asked.
   */
  'snapshot.changed': news(
    z.object({
      revision: z.int(),
      what: z.enum(['fsd', 'engine', 'containers', 'images', 'host']),
      fileSystems: RowsChanged.optional(),
      sights: SightsChanged.optional(),
    }),
  ),
  'journal.appended': news(JournalEntry),
  'host.lost': news(Fault),
  /** Another host was opened: all that was known is of the old one. Its revision goes on from there. */
  'host.changed': news(z.object({ id: HostId, scenario: z.string().optional() })),
  'guard.changed': news(GuardStatus),
  'workspace.changed': news(WorkspaceStatus),
  'settings.changed': news(z.object({ what: z.enum(['settings', 'profiles', 'policy', 'secrets', 'recent']) })),
} as const;
