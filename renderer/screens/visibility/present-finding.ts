import { findFindings } from '../../../shared/domain/findings.ts';
import type { Finding, Inspection } from '../../../shared/domain/inspection.ts';
import { wordFindings } from '../../../shared/wording/word-finding.ts';

/**
 * A leak as it is known by now: a single cell or step that was looked at since the inspection is in the matrix, and so
 * belongs into the sentence as well. Any other finding as it was told.
 */
export function presentFinding(finding: Finding, { namespaces, volumes }: Inspection): Finding {
  const volume = volumes.find(({ device }) => device === finding.volumes[0]);
  if (finding.code !== 'unc-leak' || volume === undefined) return finding;
  const facts = findFindings({ namespaces, volumes: [volume] }).filter(({ code }) => code === 'unc-leak');
  const [now] = wordFindings(facts, namespaces);
  return now === undefined ? finding : { ...finding, severity: now.severity, summary: now.summary };
}
