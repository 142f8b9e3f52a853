import type { JournalNote } from '../../../shared/domain/journal.ts';
import type { KnownHost } from '../../../shared/domain/journal-state-data.ts';
import type { EngineState, Fsd } from '../../../shared/domain/readiness.ts';
import type { Host } from '../../hosts/host.ts';

/** What a host says of itself, for the journal, as far as it was asked: it is a line where it is otherwise than before. Names of the machine stay out. */
export function hostNote(
  { id, facts }: Pick<Host, 'id' | 'facts'>,
  fsd: Fsd | undefined,
  engine: EngineState | undefined,
): JournalNote {
  const { machineName: _name, sessions: _sessions, ...windows } = facts;
  const data: KnownHost = {
    windows,
    ...(fsd === undefined ? {} : { winfsp: known({ service: fsd.service, version: fsd.version }) }),
    ...(engine?.reachable === true
      ? {
          engine: known({
            version: engine.version,
            apiVersion: engine.apiVersion,
            osType: engine.osType,
            defaultIsolation: engine.defaultIsolation,
          }),
        }
      : {}),
  };
  return { source: 'host', what: 'host.seen', subject: id, data };
}

const known = <K extends string>(facts: Readonly<Record<K, string | undefined>>): Partial<Record<K, string>> =>
  Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined)) as Partial<Record<K, string>>;
