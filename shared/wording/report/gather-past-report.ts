import type { Contract } from '../../contract/contract.ts';
import type { OutputOf } from '../../contract/operation.ts';
import { type AskPart, type Part, partOf, type ReportedMoment, type ReportParts } from '../../contract/report.ts';
import type { Inspection } from '../../domain/inspection.ts';
import { type JournalMoment, momentInspection } from '../../domain/journal-moment.ts';
import { wordHostUnrecorded } from '../word-known-host.ts';
import { wordUnrecorded } from '../word-moment.ts';
import { pastInspection } from './past-inspection.ts';

/** Which moment: a time (ISO 8601), or a line of the journal. */
export type MomentAsked = { readonly at: string } | { readonly sequence: number };

/** What a past report is made of, and the moment itself. */
export interface PastReport {
  readonly parts: ReportParts;
  readonly moment: JournalMoment;
}

type Snapshot = OutputOf<Contract, 'snapshot.take'>;

/** Lines before the moment that are told. */
const LINES = 200;

/**
 * Asks for the parts of a report about a moment that is past: all of them from the journal, but which host it is. Nothing is
 * looked at. Rejects where the journal cannot be read: without it there is nothing to report.
 */
export async function gatherPastReport(siloscope: string, ask: AskPart, asked: MomentAsked): Promise<PastReport> {
  const moment = await ask('journal.moment', asked);
  const [now, journal] = await Promise.all([
    partOf(ask('snapshot.take', {})),
    // One line below the first is none: pages begin at 1.
    partOf(ask('journal.read', { before: moment.sequence + 1, limit: LINES })),
  ]);
  const snapshot: ReportParts['snapshot'] = 'is' in now ? { is: pastSnapshot(moment, now.is) } : now;
  const inspection: Part<Inspection> = 'is' in snapshot ? { is: pastInspection(moment, snapshot.is.host) } : snapshot;
  return { parts: { siloscope, snapshot, inspection, journal, past: reportedMoment(moment) }, moment };
}

function reportedMoment(moment: JournalMoment): ReportedMoment {
  const { at, entryAt, sequence, watched, engine, fsd, host } = moment;
  return {
    sequence,
    watched,
    ...(at === undefined ? {} : { at }),
    ...(entryAt === undefined ? {} : { entryAt }),
    ...(engine === undefined ? {} : { engine }),
    ...(fsd === undefined ? {} : { fsd }),
    ...(host === undefined ? {} : { host }),
    missing: [
      ...wordUnrecorded(momentInspection(moment).unrecorded),
      ...wordHostUnrecorded(host),
      'Readiness, command lines, labels of containers and whose session has a drive letter are not kept.',
    ],
  };
}

/** A snapshot of then. Whose it is, and what was not recorded, is of now: what is missing says so. */
function pastSnapshot({ host, fsd, engine }: JournalMoment, now: Snapshot): Snapshot {
  const { sessions: _sessions, ...facts } = now.host.facts;
  const { windows, winfsp, engine: told } = host ?? {};
  return {
    ...now,
    host: { ...now.host, facts: { ...facts, ...windows } },
    fsd: fsd === undefined ? now.fsd : { ...winfsp, ...fsd },
    engine: engine === undefined ? now.engine : { reachable: engine === 'connected', ...told },
    fileSystems: [],
  };
}
