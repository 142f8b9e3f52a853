import type { JournalNote } from '../../../shared/domain/journal.ts';
import type { KnownHost } from '../../../shared/domain/journal-state-data.ts';
import type { EngineState, Fsd } from '../../../shared/domain/readiness.ts';
import type { Host } from '../../hosts/host.ts';

/** What a host says of itself, for the journal: it is a line where it is otherwise than before. Names of the machine stay out. */
export function hostNote({ id, facts }: Pick<Host, 'id' | 'facts'>, fsd: Fsd, engine: EngineState): JournalNote {
  const { machineName: _name, sessions: _sessions, ...windows } = facts;
  const { service, version } = fsd;
  const { reachable, reason: _reason, ...told } = engine;
  const data: KnownHost = {
    windows,
    winfsp: { ...(service === undefined ? {} : { service }), ...(version === undefined ? {} : { version }) },
    ...(reachable ? { engine: told } : {}),
  };
  return { source: 'host', what: 'host.seen', subject: id, data };
}
