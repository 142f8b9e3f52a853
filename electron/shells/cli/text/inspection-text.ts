import { groupBy } from '../../../../shared/base/group-by.ts';
import { composeCmdLine } from '../../../../shared/domain/cmd-line.ts';
import { isOpened, isPredicted } from '../../../../shared/domain/evidence-ranks.ts';
import { isOnlyExpected } from '../../../../shared/domain/expected-verdict.ts';
import { hostViews } from '../../../../shared/domain/host-views.ts';
import type {
  Finding,
  InspectedVolume,
  Inspection,
  Visibility,
  VolumeVerdict,
} from '../../../../shared/domain/inspection.ts';
import type { Namespace } from '../../../../shared/domain/namespace.ts';
import { formatCount, formatList } from '../../../../shared/wording/amounts.ts';
import { wordFooting } from '../../../../shared/wording/word-proof.ts';
import { SESSION_NOTE, wordOwnSessions, wordSession } from '../../../../shared/wording/word-session.ts';
import { wordVerdict, wordVerdictOf } from '../../../../shared/wording/word-verdict.ts';
import { wordNoVolumes, wordVolume } from '../../../../shared/wording/word-volume.ts';
import { evidenceMark } from './cell-text.ts';
import { writeChain } from './chain-text.ts';
import { writeMatrix } from './matrix-text.ts';
import type { Page } from './page.ts';
import { writeSilos } from './silos-text.ts';
import { bad, doubtful, faint, good, type Span, strong, type Text } from './style.ts';
import { type Labels, labelsOf, namespaceWithSilo, volumeLabel } from './volume-label.ts';

/** With more volumes than this a block is one line: the device of each is in --json. */
const MOST_BLOCKS = 12;
/** Volumes that are written out, leaked ones first; more are counted. */
const MOST_VOLUMES = 50;
/** Findings of one code that are written out. */
const MOST_OF_A_CODE = 10;
/** Chains that are written out; more are a hint to --json. */
const MOST_CHAINS = 3;
/** Things that could not be asked that are written out; those that may hide volumes come first. */
const MOST_GAPS = 20;

const VERDICTS: Record<VolumeVerdict, Span> = {
  leaked: bad('[!] LEAKED '),
  unknown: doubtful('[?] unknown'),
  private: good('[+] private'),
};
/** The same where a rule alone says so. */
const EXPECTED: Record<VolumeVerdict, Span> = {
  leaked: bad('[!] expected to leak,'),
  unknown: VERDICTS.unknown,
  private: good('[+] expected to be private,'),
};
const ORDER: readonly VolumeVerdict[] = ['leaked', 'unknown', 'private'];

export interface InspectionTextOptions {
  /** With a cell for each volume and namespace. Default: true. */
  readonly matrix?: boolean;
  /** It is of a moment that is past: nothing was looked at, and each claim has the time of its own. */
  readonly past?: boolean;
}

/** An inspection at a glance: host, a block for each volume, the matrix, findings with their fix, and the chains. */
export function writeInspection(
  page: Page,
  inspection: Inspection,
  { matrix = true, past = false }: InspectionTextOptions = {},
): void {
  const { host, namespaces, findings } = inspection;
  const gaps = [...inspection.gaps].sort((a, b) => Number(b.hides !== undefined) - Number(a.hides !== undefined));
  const volumes = [...inspection.volumes].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  const labels = labelsOf(namespaces);
  const homes = new Map(namespaces.map(namespace => [namespace.id, namespace]));
  const silos = namespaces.filter(namespace => namespace.kind === 'silo').length;
  const { facts } = host;
  page.text([
    strong(facts.machineName),
    // What ran then is told with the moment, as far as it was recorded.
    past ? '' : `  ${facts.edition} ${facts.displayVersion}, build ${facts.build}.${facts.revision}`,
  ]);
  page.text([
    past
      ? `${formatCount(volumes.length, 'volume')} and ${formatCount(silos, 'silo')} known then `
      : `${formatCount(volumes.length, 'volume')}; the host${silos === 0 ? '' : ` and ${formatCount(silos, 'silo')}`} looked at `,
    faint(`(${host.id}, ${inspection.takenAt})`),
  ]);

  if (volumes.length === 0) page.gap().text(wordNoVolumes(gaps.length));
  else {
    page.gap();
    const shown = volumes.slice(0, MOST_VOLUMES);
    for (const volume of shown) writeVolume(page, volume, homes, { labels, brief: volumes.length > MOST_BLOCKS });
    writeRest(page, volumes.slice(MOST_VOLUMES));
    if (matrix) {
      page.heading(past ? 'Who could see what, and how that was known' : 'Who can see what, and how that is known');
      writeMatrix(page, shown, namespaces);
    }
  }
  // No journal keeps whose session has a letter.
  if (!past) writeHostViews(page, inspection);
  writeSilos(page, namespaces);
  if (findings.length > 0) {
    page.heading('Findings');
    writeFindings(page, findings);
  }
  const leaked = volumes.filter(volume => volume.verdict === 'leaked' && volume.chain.length > 0);
  const sealed = volumes.filter(volume => volume.verdict === 'private' && volume.chain.length > 0);
  for (const volume of [...leaked, ...sealed].slice(0, MOST_CHAINS)) writeWhy(page, volume, inspection, past);
  if (leaked.length > MOST_CHAINS) {
    const more = leaked.length - MOST_CHAINS;
    page
      .gap()
      .text(
        faint(
          `${more} more ${more === 1 ? 'leaks or is' : 'leak or are'} expected to; --json has the evidence of each.`,
        ),
      );
  }
  if (gaps.length > 0) {
    page.heading('Not asked');
    for (const { namespace, what, reason } of gaps.slice(0, MOST_GAPS)) {
      page.text([doubtful('[?] '), `${labels(namespace)}: ${what}: ${reason}`], {
        indent: 2,
        hang: 6,
      });
    }
    if (gaps.length > MOST_GAPS)
      page.text(faint(`and ${gaps.length - MOST_GAPS} more; --json has each.`), { indent: 6 });
  }
}

/** The host's drive letters, session by session. */
function writeHostViews(page: Page, inspection: Inspection): void {
  const views = hostViews(inspection);
  if (views.length === 0) return;
  const sessions = inspection.host.facts.sessions ?? [];
  page.heading('Drive letters of the host');
  for (const { session, letters } of views) {
    const shown = letters.map(({ mountPoint, volume }) => `${mountPoint} ${volumeLabel(volume)}`);
    page.text(`${wordSession(session, sessions)}: ${formatList(shown, MOST_LETTERS)}`, { indent: 2, hang: 4 });
  }
  page.text(faint(SESSION_NOTE), { indent: 2 });
  const own = wordOwnSessions(sessions);
  if (own !== '') page.text(faint(own), { indent: 2 });
}

/** Of one session. */
const MOST_LETTERS = 10;

/** `950 volumes more: 900 leaked, 20 expected to leak, 30 private.` */
function writeRest(page: Page, rest: readonly InspectedVolume[]): void {
  if (rest.length === 0) return;
  const counts = [...groupBy(rest, wordVerdict)].map(([verdict, { length }]) => `${length} ${verdict.toLowerCase()}`);
  page.gap().text(faint(`${formatCount(rest.length, 'volume')} more: ${counts.join(', ')}. --json has each.`));
}

function writeFindings(page: Page, findings: readonly Finding[]): void {
  const seen = new Map<Finding['code'], number>();
  for (const finding of findings) {
    const count = (seen.get(finding.code) ?? 0) + 1;
    seen.set(finding.code, count);
    if (count <= MOST_OF_A_CODE) writeFinding(page, finding);
  }
  for (const [code, count] of seen) {
    if (count > MOST_OF_A_CODE)
      page.text(faint(`${count - MOST_OF_A_CODE} more ${code}: --json has each.`), { indent: 2 });
  }
}

function writeVolume(
  page: Page,
  volume: InspectedVolume,
  homes: ReadonlyMap<string, Namespace>,
  { labels, brief }: { readonly labels: Labels; readonly brief: boolean },
): void {
  const home = homes.get(volume.home);
  page.text(
    [
      ...(isOnlyExpected(volume) ? [EXPECTED[volume.verdict], ' '] : [VERDICTS[volume.verdict], '  ']),
      faint(wordFooting(volume)),
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
  if (!brief) page.raw(volume.device, 13);
  page.text(outsideText(volume, labels), { indent: 13 });
}

/** From where else it is reached, and how well each of that is known: `reached from host (canary), ...`. */
function outsideText({ home, visibility }: InspectedVolume, labels: Labels): Text {
  const outside = visibility.filter(({ namespace }) => namespace !== home);
  const groups = groupBy(outside, cell => `${cell.visible} ${evidenceMark(cell)}`);
  return [...groups.values()].flatMap((group, index) => {
    const [first] = group;
    const names = formatList(
      group.map(cell => labels(cell.namespace)),
      5,
    );
    return [index === 0 ? '' : '; ', claim(first), ` ${names} `, faint(`(${evidenceMark(first)})`)];
  });
}

/** A rule expects; only who opens it reaches it; who looks sees. */
function claim({ visible, evidence }: Visibility): Span {
  if (visible === 'unknown') return doubtful('not known from');
  const isExpected = isPredicted(evidence);
  const how = isExpected || isOpened(evidence) ? 'reached' : 'seen';
  if (visible === 'yes') return bad(`${isExpected ? 'expected to be ' : ''}${how} from`);
  return faint(`${isExpected ? 'expected not to be ' : 'not '}${how} from`);
}

const SEVERITIES: Record<Finding['severity'], Span> = {
  serious: bad('[!] serious '),
  warning: doubtful('[!] warning '),
  info: faint('[i] info    '),
};

function writeFinding(page: Page, { id, severity, code, summary, fix, command, fixes = [], accepted }: Finding): void {
  page.text([SEVERITIES[severity], strong(code)], { indent: 2 });
  if (accepted !== undefined) page.text(faint(`accepted until ${accepted.until}: ${accepted.reason}`), { indent: 14 });
  page.text(summary, { indent: 14 });
  page.text(['Fix: ', fix], { indent: 14 });
  if (command !== undefined) page.command(command, 14);
  if (id !== undefined && fixes.length > 0) page.command(composeCmdLine(['siloscope', 'fix', id]), 14);
}

/** A volume's verdict for a person who has never heard of MUP, then the chain of evidence behind it. */
function writeWhy(page: Page, volume: InspectedVolume, inspection: Inspection, past: boolean): void {
  const { verdict } = volume;
  const isExpected = isOnlyExpected(volume);
  const said = isExpected ? `is ${wordVerdictOf(verdict, true)}` : `is called ${verdict}`;
  page.heading(`Why ${volumeLabel(volume)} ${said} (${wordFooting(volume)})`);
  for (const line of wordVolume(volume, inspection, past)) page.text(line, { indent: 2 });
  page.gap();
  writeChain(page, volume, { times: past, nameOf: labelsOf(inspection.namespaces) });
}
