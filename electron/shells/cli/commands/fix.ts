import type { Command } from 'commander';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import { composeCmdLine } from '../../../../shared/domain/cmd-line.ts';
import { type Fix, FixKind } from '../../../../shared/domain/fix.ts';
import type { Finding, Inspection } from '../../../../shared/domain/inspection.ts';
import { fixCommand, wordFix, wordFixKind } from '../../../../shared/wording/word-fix.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { gather } from '../gather.ts';
import { ownLine } from '../own-line.ts';
import { readSecrets } from '../secret-source.ts';
import { teach } from '../teach.ts';
import type { Page } from '../text/page.ts';
import { doubtful, faint, good, strong } from '../text/style.ts';
import { volumeLabel } from '../text/volume-label.ts';
import { settleRelaunch } from './settle-relaunch.ts';

export function addFix(program: Command, act: Act): void {
  const made = program
    .command('fix')
    .description('do what a finding offers: relaunch privately, rename, accept for a time, take a dead letter away')
    .argument('[finding]', 'its id, or the beginning of it; absent: every finding with what can be done')
    .option('--by <fix>', `one of ${FixKind.options.join(', ')}`)
    .option('--yes', 'lose the volumes that go away by it')
    .option('--reason <text>', 'why it is accepted')
    .option('--until <day>', 'the last day on which it is, YYYY-MM-DD')
    .option(
      '--secret <name=source>',
      'a secret that a relaunch needs and that is not kept: NAME=@FILE, NAME=- or NAME=env:VARIABLE (can be repeated)',
      gather,
    )
    .option('--restore <container>', 'of a relaunch that was cut off: bring back what ran before')
    .option('--finish <container>', 'of a relaunch that was cut off: keep what runs now')
    .action(act(fix));
  teach(made, {
    prose: [
      'Nothing is stopped without --yes: a file system in memory loses what it holds. A relaunch keeps what ran before until the new form runs with its volume, and brings it back if that fails.',
      'A relaunch that a crash cut off leaves both; "siloscope list" tells of it. --restore and --finish stop what goes only with --yes.',
      'A container that was given secrets is given them again, by its profile: those that are kept, else those of --secret.',
      'An acceptance is written into your policy, with its reason and its end.',
    ],
    examples: [
      'siloscope fix',
      'siloscope fix unc-leak:web/memfs/share',
      'siloscope fix unc-leak:web/memfs/share --by relaunch-as-disk --yes',
      'siloscope fix class-collision:memfs --by accept --reason "a test bed" --until 2026-12-31',
    ],
  });
}

interface FixOptions {
  readonly by?: string;
  readonly yes?: boolean;
  readonly reason?: string;
  readonly until?: string;
  readonly secret?: string[];
  readonly restore?: string;
  readonly finish?: string;
}

async function fix(context: Context, name: string | undefined, options: FixOptions): Promise<number> {
  const { by, restore, finish } = options;
  if (restore !== undefined || finish !== undefined) {
    requireAlone(name, options);
    return settleRelaunch(
      context,
      restore ?? finish ?? '',
      restore === undefined ? 'finish' : 'restore',
      options.yes === true,
    );
  }
  if (name === undefined || by === undefined) return offer(context, name);
  const kind = FixKind.safeParse(by);
  if (!kind.success) throw new FaultError({ code: 'not-found', what: 'fix', name: by, known: FixKind.options });
  const { reason, until, yes = false } = options;
  const secrets = await readSecrets(options.secret ?? [], context.io, '--secret');
  const done = await context.withSession(async session => {
    const inspection = await session.call('inspection.take', {});
    const finding = findingNamed(inspection, name);
    const chosen = finding.fixes?.find(one => one.kind === kind.data);
    const atStake = chosen?.relaunches.flatMap(({ device }) => device ?? []) ?? [];
    if (chosen !== undefined && chosen.relaunches.length > 0 && !yes) return { chosen, inspection, finding };
    const asked = {
      finding: finding.id ?? name,
      fix: kind.data,
      accept: atStake,
      ...(reason === undefined ? {} : { reason }),
      ...(until === undefined ? {} : { until }),
      ...(secrets === undefined ? {} : { secrets }),
    };
    return {
      answer: await session.call('finding.fix', asked, ({ note }) => context.remark(page => page.text(note))),
    };
  });
  if (done.answer === undefined) {
    const { chosen, inspection, finding } = done;
    context.answer({ finding: finding.id, fix: chosen, done: false }, page => {
      page.text([doubtful('[!] '), `Nothing was done. ${wordFix(chosen)}`], { hang: 4 });
      for (const { device } of chosen.relaunches) {
        const volume = inspection.volumes.find(one => one.device === device);
        if (volume !== undefined) page.text(`Would go away: ${volumeLabel(volume)}`, { indent: 4 });
      }
      page
        .gap()
        .text('To do it:')
        .command(
          ownLine(context.options, composeCmdLine([...fixCommand(finding.id ?? name, chosen).slice(1), '--yes'])),
        );
    });
    return EXIT_CODES.refused;
  }
  const { answer } = done;
  context.answer(answer, page => {
    page.text([good('[ok] '), `${wordFixKind(answer.fix)}: done.`]);
    if (answer.acceptance !== undefined) {
      page.text(`Accepted until ${answer.acceptance.until}, in your policy: ${answer.acceptance.reason}`);
      return;
    }
    page.text(answer.gone ? 'The finding is gone, as a new look shows.' : 'The finding is still there.');
    if (answer.byHand !== undefined) page.gap().text('Another session has it. There, run:').command(answer.byHand);
  });
  return answer.byHand === undefined ? EXIT_CODES.done : EXIT_CODES.notReady;
}

/** A relaunch is settled by itself: a finding beside it would be passed over in silence. */
function requireAlone(name: string | undefined, { by, secret, restore, finish }: FixOptions): void {
  if (name === undefined && by === undefined && secret === undefined && (restore === undefined || finish === undefined))
    return;
  const message = 'give it alone, without a finding, --by, --secret or the other of the two';
  const path = restore === undefined ? '--finish' : '--restore';
  throw new FaultError({ code: 'invalid-input', issues: [{ path, message }] });
}

async function offer(context: Context, name: string | undefined): Promise<number> {
  const inspection = await context.withSession(session => session.call('inspection.take', {}));
  const findings = name === undefined ? inspection.findings : [findingNamed(inspection, name)];
  context.answer({ findings }, page => {
    if (findings.length === 0) page.text([good('[ok] '), 'No findings.']);
    if (name === undefined) writeOverview(page, findings, context);
    else for (const finding of findings) writeOffers(page, finding, context);
  });
  return EXIT_CODES.done;
}

/** One line for each finding; what can be done about it stands behind its name. */
function writeOverview(page: Page, findings: readonly Finding[], { options }: Context): void {
  for (const { id = '', severity, fixes = [], accepted } of findings) {
    const kinds = fixes.map(({ kind }) => kind).join(', ') || 'nothing from here';
    page.text([strong(id), faint(accepted === undefined ? ` ${severity}` : ` accepted until ${accepted.until}`)]);
    page.text(faint(kinds), { indent: 2 });
  }
  const [first] = findings;
  if (first?.id === undefined) return;
  page
    .gap()
    .text(faint('What each does and costs:'))
    .command(ownLine(options, composeCmdLine(['fix', first.id])));
}

function writeOffers(page: Page, { id = '', summary, fixes = [], accepted }: Finding, context: Context): void {
  page.gap().text(strong(id));
  page.text(summary, { indent: 2 });
  if (accepted !== undefined) page.text(faint(`Accepted until ${accepted.until}: ${accepted.reason}`), { indent: 2 });
  if (fixes.length === 0) page.text(faint('Nothing can be done about it from here.'), { indent: 2 });
  for (const one of fixes) writeOffer(page, id, one, context);
}

function writeOffer(page: Page, id: string, one: Fix, { options }: Context): void {
  page.text([strong(wordFixKind(one.kind)), ': ', wordFix(one)], { indent: 4, hang: 6 });
  page.command(ownLine(options, composeCmdLine(fixCommand(id, one).slice(1))), 6);
}

function findingNamed({ findings }: Inspection, name: string): Finding {
  const wanted = name.toLowerCase();
  const begun = findings.filter(({ id }) => id?.toLowerCase().startsWith(wanted));
  const found = findings.find(({ id }) => id?.toLowerCase() === wanted) ?? (begun.length === 1 ? begun[0] : undefined);
  if (found !== undefined) return found;
  const known = (begun.length > 1 ? begun : findings).flatMap(({ id }) => id ?? []).slice(0, 50);
  throw new FaultError({
    code: 'not-found',
    what: begun.length > 1 ? 'single finding' : 'finding',
    name,
    known,
  });
}
