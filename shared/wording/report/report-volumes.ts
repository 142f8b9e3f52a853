import { type EvidenceStep, isPredicted } from '../../domain/evidence.ts';
import { stepName } from '../../domain/evidence-chain.ts';
import type { InspectedVolume, Inspection, Look, VolumeVerdict } from '../../domain/inspection.ts';
import type { Namespace } from '../../domain/namespace.ts';
import { uncPath } from '../../domain/unc-prefix.ts';
import { alikeIn, cellIn } from '../../domain/visibility-row.ts';
import { formatCount, formatDuration, formatList } from '../amounts.ts';
import { namespaceNames } from '../namespace-names.ts';
import { visibilityWords } from '../screen-visibility.ts';
import { cellWord } from '../word-cell.ts';
import { wordGround, wordHolds } from '../word-evidence.ts';
import { type NameOf, wordEvidenceStep } from '../word-evidence-step.ts';
import { wordFooting } from '../word-proof.ts';
import { wordVerdict } from '../word-verdict.ts';
import { wordBecause } from '../word-visibility.ts';
import { wordNoVolumes, wordVolume } from '../word-volume.ts';
import { type Html, type HtmlTemplate, prose } from './html.ts';

/** A matrix that is wider or longer is told by exception: nobody reads a million cells on paper. */
const WIDEST_MATRIX = 12;
const LONGEST_MATRIX = 60;
/** Volumes that are written out, leaks first; the rest is counted. */
const MOST_VOLUMES = 200;
const MOST_CHAINS = 60;

const ORDER: Readonly<Record<VolumeVerdict, number>> = { leaked: 0, unknown: 1, private: 2 };
const TONES: Readonly<Record<VolumeVerdict, string>> = { leaked: 'bad', unknown: 'doubt', private: 'good' };

/** Leaks first, then what is not known, then what is private. */
export function inOrder(volumes: readonly InspectedVolume[]): InspectedVolume[] {
  return [...volumes].sort((one, other) => ORDER[one.verdict] - ORDER[other.verdict]);
}

export function volumeTitle({ uncPrefix, mountPoints, device }: InspectedVolume): string {
  if (uncPrefix !== undefined) return uncPath(uncPrefix);
  return mountPoints[0] ?? device;
}

/** The matrix, cell by cell where it fits a page, else by exception. */
export function matrixSection(html: HtmlTemplate, inspection: Inspection): Html {
  const { namespaces, gaps } = inspection;
  const volumes = inOrder(inspection.volumes);
  if (volumes.length === 0) return html`<p>${wordNoVolumes(gaps.length)}</p>`;
  const isWhole = namespaces.length <= WIDEST_MATRIX && volumes.length <= LONGEST_MATRIX;
  return html`${isWhole ? wholeMatrix(html, volumes, namespaces) : summedMatrix(html, volumes, namespaces)}
<p class="dim"><em>Expected</em>, or not: a rule says so, and nobody looked. Behind each answer stands the rank of its evidence. <em>rule*</em>: inferred from sources; no vendor documents it.</p>`;
}

function wholeMatrix(html: HtmlTemplate, volumes: readonly InspectedVolume[], namespaces: readonly Namespace[]): Html {
  const rows = volumes.map(volume => {
    const cells = namespaces.map(({ id }) => {
      const cell = cellIn(volume.visibility, id);
      if (cell === undefined) return html`<td>not tested</td>`;
      const isLeak = cell.visible === 'yes' && id !== volume.home;
      return isLeak
        ? html`<td class="leak"><span class="bad">${seen(cell, volume, id)}</span><span class="rank">${rankOf(cell)}</span></td>`
        : html`<td>${seen(cell, volume, id)}<span class="rank">${rankOf(cell)}</span></td>`;
    });
    return html`<tr><th scope="row" class="mono">${volumeTitle(volume)}</th>${cells}</tr>`;
  });
  return html`<div class="wide" role="region" aria-label="Matrix" tabindex="0"><table class="matrix"><caption class="dim">Volumes by namespaces</caption><thead><tr><th scope="col">Volume</th>${namespaces.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function summedMatrix(html: HtmlTemplate, volumes: readonly InspectedVolume[], namespaces: readonly Namespace[]): Html {
  const name = namespaceNames(namespaces);
  const shown = volumes.slice(0, MOST_VOLUMES);
  const rows = shown.map(volume => {
    const groups = new Map<string, { readonly look: Look; count: number; readonly first: string[] }>();
    for (const { look, count, first } of alikeIn(volume.visibility, volume.home)) {
      const key = `${look.visible} ${rankOf(look)}`;
      const group = groups.get(key) ?? { look, count: 0, first: [] };
      group.count += count;
      if (group.first.length < 3) group.first.push(...first.slice(0, 3 - group.first.length).map(name));
      groups.set(key, group);
    }
    const told = [...groups.values()].map(
      ({ look, count, first }) =>
        html`<li><span class="${look.visible === 'yes' ? 'bad' : ''}">${seen(look, volume)}</span> (${rankOf(look)}): ${formatList(first, 3, count)}</li>`,
    );
    return html`<tr><th scope="row" class="mono">${volumeTitle(volume)}</th><td>${name(volume.home)}</td><td class="${TONES[volume.verdict]}">${verdictOf(volume)}</td><td><ul>${told}</ul></td></tr>`;
  });
  return html`<p>${volumes.length} volumes by ${namespaces.length} namespaces: told by exception.</p>
<table><caption class="dim">Volumes, and who sees them</caption><thead><tr><th scope="col">Volume</th><th scope="col">Home</th><th scope="col">Verdict</th><th scope="col">Seen from elsewhere</th></tr></thead><tbody>${rows}</tbody></table>
${volumes.length > shown.length && html`<p>${formatCount(volumes.length - shown.length, 'volume')} more, none of them before these in the order leaked, unknown, private: in the JSON.</p>`}`;
}

/** As the screen says it. Where no rule says, and nobody asked, there was no answer either. */
const seen = (look: Look, volume: InspectedVolume, from = ''): string =>
  look.visible === 'unknown'
    ? look.because === 'no-answer'
      ? 'no answer'
      : 'not known'
    : visibilityWords.cells[cellWord(volume, from, look)].toLowerCase();
const verdictOf = (volume: InspectedVolume): string => wordVerdict(volume).toLowerCase();
const rankOf = ({ evidence: { rank, ground } }: Pick<Look, 'evidence'>): string =>
  `${rank}${ground === 'inferred' ? '*' : ''}`;

/** Each volume with its verdict in words and its chain of evidence, raw answers included. `isPast`: as it was known then. */
export function volumeSections(html: HtmlTemplate, inspection: Inspection, isPast = false): Html {
  const name = namespaceNames(inspection.namespaces);
  const volumes = inOrder(inspection.volumes);
  const shown = volumes.slice(0, MOST_CHAINS).map(volume => {
    const { device, kind, home, mountPoints, provider, fileSystem, verdict, chain } = volume;
    const facts = [
      ['Verdict', `${verdictOf(volume)}, ${wordFooting(volume)}`],
      ['Kind', `${kind} volume of ${name(home)}`],
      ['Device', device],
      ['Mounted at', mountPoints.join(', ') || 'nowhere'],
      ...(provider === undefined ? [] : [['Provider', provider]]),
      ...(fileSystem === undefined ? [] : [['File system', fileSystem.commandLine ?? fileSystem.program]]),
    ].map(([what = '', found = '']) => html`<tr><th scope="row">${what}</th><td class="mono">${found}</td></tr>`);
    return html`<section class="volume"><h3>${volumeTitle(volume)} <span class="${TONES[verdict]}">${verdictOf(volume)}</span></h3>
<table><caption class="skip">${volumeTitle(volume)}</caption><tbody>${facts}</tbody></table>
${wordVolume(volume, inspection, isPast).map(sentence => html`<p>${prose(sentence)}</p>`)}
${chain.length === 0 ? html`<p class="dim">${isPast ? 'Its chain of evidence was not recorded then.' : 'No chain of evidence was made for it.'}</p>` : html`<ol class="chain">${chain.map(step => chainStep(html, volume, step, name))}</ol>`}</section>`;
  });
  return html`${shown}${volumes.length > MOST_CHAINS && html`<p>The chains of ${formatCount(volumes.length - MOST_CHAINS, 'volume')} more are in the JSON.</p>`}`;
}

function chainStep(html: HtmlTemplate, { kind }: InspectedVolume, step: EvidenceStep, name: NameOf): Html {
  const { code, holds, evidence } = step;
  const { rank, ground, at, elapsedMs, detail } = evidence;
  const origin =
    holds === 'not-tested'
      ? wordHolds(holds)
      : [rank, wordGround(ground), at, elapsedMs === undefined ? undefined : formatDuration(elapsedMs)]
          .filter(part => part !== undefined)
          .join(', ');
  return html`<li><b>${stepName(kind, code)}</b> ${prose(wordEvidenceStep(step, name))} <b>${wordHolds(holds)}</b><br><span class="dim">${origin}</span>${detail !== undefined && html`<pre>${detail}</pre>`}</li>`;
}

/** What of the matrix nobody tested, and why, as counts. */
export function untestedSection(html: HtmlTemplate, { volumes, namespaces, gaps }: Inspection): Html {
  const name = namespaceNames(namespaces);
  const counts = new Map<string, number>();
  for (const { visibility, home } of volumes) {
    for (const { look, count } of alikeIn(visibility, home)) {
      const key = !isPredicted(look.evidence)
        ? ''
        : `${look.visible === 'yes' ? 'expected to be visible' : look.visible === 'no' ? 'expected not to be visible' : 'not known'}: ${wordBecause(look.because)}`;
      counts.set(key, (counts.get(key) ?? 0) + count);
    }
  }
  const tested = counts.get('') ?? 0;
  counts.delete('');
  const steps = volumes.reduce((sum, { chain }) => sum + chain.filter(({ holds }) => holds === 'not-tested').length, 0);
  return html`<p>${formatCount(tested, 'cell')} of the matrix (homes left out) rest on an observation.${counts.size > 0 && html` The others rest on a rule:`}</p>
${counts.size > 0 && html`<ul>${[...counts].map(([what, count]) => html`<li>${count}: ${what}</li>`)}</ul>`}
<p>${steps === 0 ? 'Of the chains of evidence every link was tested.' : `${formatCount(steps, 'link')} of the chains of evidence were not tested.`}</p>
${gaps.length > 0 && html`<h3>Not asked, or without an answer</h3><ul>${gaps.slice(0, MOST_VOLUMES).map(({ namespace, what, reason }) => html`<li>${name(namespace)}: ${what}: ${reason}</li>`)}</ul>`}
${gaps.length > MOST_VOLUMES && html`<p>${gaps.length - MOST_VOLUMES} more are in the JSON.</p>`}`;
}
