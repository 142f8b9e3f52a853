import type { EvidenceStep } from '../../../../shared/domain/evidence.ts';
import type { Finding, InspectedVolume, Inspection, VolumeVerdict } from '../../../../shared/domain/inspection.ts';
import { count } from './amount.ts';
import { writeMatrix } from './matrix-text.ts';
import type { Page } from './page.ts';
import { bad, doubtful, faint, good, type Span, strong } from './style.ts';
import { namespaceLabel, namespaceWithSilo, volumeLabel } from './volume-label.ts';
import { stepWords } from './words.ts';

/** Chains that are written out; more are a hint to --json. */
const MOST_CHAINS = 3;

const VERDICTS: Record<VolumeVerdict, Span> = {
  leaked: bad('[!] LEAKED '),
  unknown: doubtful('[?] unknown'),
  private: good('[+] private'),
};
const ORDER: readonly VolumeVerdict[] = ['leaked', 'unknown', 'private'];

/** An inspection at a glance: host, a block for each volume, the matrix, findings with their fix, and the chains. */
export function writeInspection(page: Page, inspection: Inspection): void {
  const { host, namespaces, findings, gaps } = inspection;
  const volumes = [...inspection.volumes].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  const silos = namespaces.filter(namespace => namespace.kind === 'silo').length;
  const { facts } = host;
  page.text([
    strong(facts.machineName),
    `  ${facts.edition} ${facts.displayVersion}, build ${facts.build}.${facts.revision}  `,
    faint(`(${host.id}, ${inspection.takenAt})`),
  ]);
  page.text(`${count(volumes.length, 'volume')}; ${count(silos, 'silo')} and the host asked.`);

  if (volumes.length > 0) {
    page.gap();
    for (const volume of volumes) writeVolume(page, volume, inspection);
    page.heading('Who can see what, and how that is known');
    writeMatrix(page, volumes, namespaces);
  }
  if (findings.length > 0) {
    page.heading('Findings');
    for (const finding of findings) writeFinding(page, finding);
  }
  const leaked = volumes.filter(volume => volume.verdict === 'leaked' && volume.chain.length > 0);
  for (const volume of leaked.slice(0, MOST_CHAINS)) writeChain(page, volume);
  if (leaked.length > MOST_CHAINS) {
    page.gap().text(faint(`${leaked.length - MOST_CHAINS} more leaked; --json has the chain of each.`));
  }
  if (gaps.length > 0) {
    page.heading('Not asked');
    for (const { namespace, what, reason } of gaps) {
      page.text([doubtful('[?] '), `${namespaceLabel(namespace, namespaces)}: ${what}: ${reason}`], {
        indent: 2,
        hang: 6,
      });
    }
  }
}

function writeVolume(page: Page, volume: InspectedVolume, { namespaces }: Inspection): void {
  const home = namespaces.find(namespace => namespace.id === volume.home);
  page.text(
    [
      VERDICTS[volume.verdict],
      '  ',
      strong(volumeLabel(volume)),
      `  ${volume.kind} volume of ${home === undefined ? volume.home : namespaceWithSilo(home)}`,
      ...(volume.uncPrefix !== undefined && volume.mountPoints.length > 0
        ? [`, ${volume.mountPoints.join(', ')}`]
        : []),
      ...(volume.fileSystem === undefined ? [] : [faint(`  ${volume.fileSystem.program}`)]),
    ],
    { hang: 13 },
  );
  page.text(faint(volume.device), { indent: 13 });
  const outside = volume.visibility.filter(cell => cell.visible === 'yes' && cell.namespace !== volume.home);
  if (outside.length === 0) return;
  const names = outside.slice(0, 5).map(cell => namespaceLabel(cell.namespace, namespaces));
  const more = outside.length > names.length ? ` and ${outside.length - names.length} more` : '';
  page.text([bad('seen from '), `${names.join(', ')}${more}`], { indent: 13 });
}

const SEVERITIES: Record<Finding['severity'], Span> = {
  serious: bad('[!] serious '),
  warning: doubtful('[!] warning '),
  info: faint('[i] info    '),
};

function writeFinding(page: Page, { severity, code, summary, fix, command }: Finding): void {
  page.text([SEVERITIES[severity], strong(code)], { indent: 2 });
  page.text(summary, { indent: 14 });
  page.text(['Fix: ', fix], { indent: 14 });
  if (command !== undefined) page.command(command, 14);
}

const HOLDS: Record<EvidenceStep['holds'], Span> = {
  yes: strong('[yes]       '),
  no: strong('[no]        '),
  'not-tested': faint('[not tested]'),
};

/** The chain of evidence behind one volume's verdict, weakest first. */
export function writeChain(page: Page, volume: InspectedVolume): void {
  page.heading(`Why ${volumeLabel(volume)} is ${volume.verdict}`);
  for (const [index, { code, holds, evidence }] of volume.chain.entries()) {
    page.text([`${index + 1}. `, HOLDS[holds], ` ${stepWords(code)}`], { indent: 2, hang: 18 });
    const facts = [holds === 'not-tested' ? undefined : `${evidence.rank}, ${evidence.ground}`, evidence.detail];
    const shown = facts.filter(fact => fact !== undefined).join(': ');
    if (shown !== '') page.text(faint(shown), { indent: 18 });
  }
}
