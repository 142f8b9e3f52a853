import { type AskPart, type Part, partOf, type ReportedMoment, type ReportParts } from '../../contract/report.ts';
import type { Inspection } from '../../domain/inspection.ts';
import { type JournalMoment, momentInspection } from '../../domain/journal-moment.ts';
import { wordUnrecorded } from '../word-moment.ts';
import { pastInspection } from './past-inspection.ts';

/** Which moment: a time (ISO 8601), or a line of the journal. */
export type MomentAsked = { readonly at: string } | { readonly sequence: number };

/** What a past report is made of, and the moment itself. */
export interface PastReport {
  readonly parts: ReportParts;
  readonly moment: JournalMoment;
}

/** Lines before the moment that are told. */
const LINES = 200;

/**
 * Asks for the parts of a report about a moment that is past: all of them from the journal but the host's facts. Nothing is
 * looked at. Rejects where the journal cannot be read: without it there is nothing to report.
 */
export async function gatherPastReport(siloscope: string, ask: AskPart, asked: MomentAsked): Promise<PastReport> {
  const moment = await ask('journal.moment', asked);
  const [snapshot, journal] = await Promise.all([
    partOf(ask('snapshot.take', {})),
    // One line below the first is none: pages begin at 1.
    partOf(ask('journal.read', { before: moment.sequence + 1, limit: LINES })),
  ]);
  const inspection: Part<Inspection> =
    'is' in snapshot
      ? { is: pastInspection(moment, { id: snapshot.is.host.id, facts: snapshot.is.host.facts }) }
      : snapshot;
  return { parts: { siloscope, snapshot, inspection, journal, past: reportedMoment(moment) }, moment };
}

function reportedMoment(moment: JournalMoment): ReportedMoment {
  const { at, entryAt, sequence, watched, engine, fsd } = moment;
  return {
    sequence,
    watched,
    ...(at === undefined ? {} : { at }),
    ...(entryAt === undefined ? {} : { entryAt }),
    ...(engine === undefined ? {} : { engine }),
    ...(fsd === undefined ? {} : { fsd }),
    missing: [...wordUnrecorded(momentInspection(moment).unrecorded), ...NEVER_RECORDED],
  };
}

/** What no journal keeps. */
const NEVER_RECORDED: readonly string[] = [
  'Facts of the host (Windows, WinFsp, engine) are those of now: the journal does not keep them.',
  'Readiness, command lines, labels of containers and whose session has a drive letter are not kept.',
];
