import { findFindings } from '../../domain/findings.ts';
import type { Finding, Gap, Inspection } from '../../domain/inspection.ts';
import { type JournalMoment, momentInspection } from '../../domain/journal-moment.ts';
import { HOST_NAMESPACE } from '../../domain/namespace.ts';
import { wordFindings } from '../word-finding.ts';
import { findingKindWords } from '../word-finding-code.ts';

/**
 * A moment of the journal as an inspection: what was known then, with the evidence that was kept. `host`: as it was
 * then, as far as that was recorded. What was not recorded is a gap, so that nothing passes for clean which nobody saw.
 */
export function pastInspection(moment: JournalMoment, host: Inspection['host']): Inspection {
  const { namespaces, volumes, unrecorded } = momentInspection(moment);
  return {
    takenAt: moment.at ?? moment.entryAt ?? NO_TIME,
    host: { id: host.id, facts: host.facts },
    namespaces,
    volumes,
    findings: pastFindings(moment),
    gaps: [...hidingGaps(moment), ...(unrecorded.gaps ? [gap('what could not be listed then', 'not recorded')] : [])],
  };
}

const NO_TIME = new Date(0).toISOString();

/**
 * The findings of a moment. A leak is told as it was known by then, which may be more than when it was found. What there is
 * to do about one today is told by an inspection of today: of a kind the general words are told.
 */
export function pastFindings(moment: JournalMoment): Finding[] {
  const { namespaces, volumes } = momentInspection(moment);
  const there = new Map(volumes.map(volume => [volume.device, volume]));
  return moment.findings.map(({ key, code, severity, summary, volumes: devices = [], namespaces: where = [] }) => {
    const volume = there.get(devices[0] ?? '');
    const facts = code === 'unc-leak' && volume !== undefined ? findFindings({ namespaces, volumes: [volume] }) : [];
    const [now] = wordFindings(
      facts.filter(fact => fact.code === code),
      namespaces,
    );
    const told = now === undefined ? { severity, summary } : { severity: now.severity, summary: now.summary };
    return { id: key, code, ...told, volumes: devices, namespaces: where, fix: findingKindWords[code].help };
  });
}

/** Why volumes may have been there that the journal does not know. */
function hidingGaps({ sequence, watched, engine, gaps }: JournalMoment): Gap[] {
  return [
    ...(sequence === 0 ? [gap('the time before the first line that is kept', 'nothing is known of it')] : []),
    ...(sequence > 0 && !watched ? [gap('what changed since the last line', 'nobody watched at that time')] : []),
    ...(engine === undefined || engine === 'connected' ? [] : [gap('containers', `the engine was ${engine} then`)]),
    ...(gaps?.first ?? []).map((one): Gap => ({ ...one, hides: 'volumes' })),
    ...(gaps === undefined || gaps.more === 0 ? [] : [gap(`${gaps.more} more lists`, 'could not be had then')]),
  ];
}

function gap(what: string, reason: string): Gap {
  return { namespace: HOST_NAMESPACE, what, reason, hides: 'volumes' };
}
