import { assertNever } from '../base/assert-never.ts';
import type { SiloSource, SiloWord } from '../domain/silo-sources.ts';
import { escapeUntrusted } from './plain-text.ts';

/** What a source is, in a few words. */
export function wordSiloSource(source: SiloSource): string {
  switch (source) {
    case 'hcsdiag':
      return 'HCS (hcsdiag)';
    case 'silo-directory':
      return 'the directory \\Silos';
    case 'provider-guid':
      return "the GUID of the silo's MUP provider";
    case 'volume-device':
      return 'its volumes, by fsptool';
    case 'docker-inspect':
      return 'docker inspect';
    case 'docker-top':
      return 'docker top';
    case 'job-name':
      return 'the name of the job';
    default:
      return assertNever(source, 'silo source');
  }
}

/** How a source's word compares with the others'. */
export function wordSiloVerdict(verdict: SiloWord['verdict']): string {
  switch (verdict) {
    case 'agrees':
      return 'agrees';
    case 'differs':
      return 'differs';
    case 'alone':
      return 'stands alone';
    default:
      return assertNever(verdict, 'silo verdict');
  }
}

/** `HCS (hcsdiag) differs: ObRoot \Silos\1720`. */
export const wordSiloWord = ({ source, said, verdict }: SiloWord): string =>
  `${wordSiloSource(source)} ${wordSiloVerdict(verdict)}: ${escapeUntrusted(said)}`;

/** `7 sources agree`, `6 sources agree, 1 differs`; empty where nobody was heard. */
export function wordSiloSources(sources: readonly SiloWord[]): string {
  const count = (verdict: SiloWord['verdict']): number => sources.filter(word => word.verdict === verdict).length;
  const [agree, differ, alone] = [count('agrees'), count('differs'), count('alone')];
  return [
    agree === 0 ? '' : agree === 1 ? '1 source agrees' : `${agree} sources agree`,
    differ === 0 ? '' : `${differ} ${differ === 1 ? 'differs' : 'differ'}`,
    alone === 0 ? '' : `${alone} ${alone === 1 ? 'stands alone' : 'stand alone'}`,
  ]
    .filter(text => text !== '')
    .join(', ');
}

/** What the sources are about. */
export const wordSiloOf = (label: string, siloId: number | undefined): string =>
  siloId === undefined ? `Which silo ${label} is in:` : `${label} is in silo ${siloId}:`;
