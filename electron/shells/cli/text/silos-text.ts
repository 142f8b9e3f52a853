import type { Namespace } from '../../../../shared/domain/namespace.ts';
import { formatCount } from '../../../../shared/wording/amounts.ts';
import { wordSiloOf, wordSiloSources, wordSiloWord } from '../../../../shared/wording/word-silo-source.ts';
import type { Page } from './page.ts';
import { doubtful, faint } from './style.ts';

/** Silos that are written out, those that a source disputes first; more are counted. */
const MOST_SILOS = 6;

const differs = ({ sources = [] }: Namespace): boolean => sources.some(({ verdict }) => verdict === 'differs');

/** Which silo is whose, and how many sources bear it out; of one that is disputed, every source's word. */
export function writeSilos(page: Page, namespaces: readonly Namespace[]): void {
  const known = namespaces.filter(({ sources = [] }) => sources.length > 0);
  if (known.length === 0) return;
  page.heading('Which silo is whose');
  const ordered = [...known.filter(differs), ...known.filter(namespace => !differs(namespace))];
  for (const namespace of ordered.slice(0, MOST_SILOS)) {
    const { label, siloId, sources = [] } = namespace;
    const line = `${wordSiloOf(label, siloId)} ${wordSiloSources(sources)}`;
    if (!differs(namespace)) {
      page.text(line, { indent: 2, hang: 4 });
      continue;
    }
    page.text([doubtful('[?] '), line], { indent: 2, hang: 6 });
    for (const word of sources) page.text(wordSiloWord(word), { indent: 6, hang: 8 });
  }
  const rest = known.length - MOST_SILOS;
  if (rest > 0) page.text(faint(`${formatCount(rest, 'silo')} more; --json has every source's word.`), { indent: 2 });
}
