import type { Command } from 'commander';
import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import { statusText } from '../../../../shared/domain/error-decoder.ts';
import { formatCount } from '../../../../shared/wording/amounts.ts';
import { escapeUntrusted } from '../../../../shared/wording/plain-text.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { bad, good } from '../text/style.ts';
import { volumeLabel } from '../text/volume-label.ts';
import { wholeNumber } from '../whole-number.ts';

export function addStop(program: Command, act: Act): void {
  program
    .command('stop')
    .description('stop a file system: ask, wait, verify that its volume is gone, remove the container')
    .argument('<name>', "the container's name or id")
    .option('--force', 'kill it when it has not ended after the grace period; what it had not written is lost')
    .option('--keep', 'keep the stopped container')
    .option('--grace <seconds>', 'how long it may take to end (default: 30)', wholeNumber(1, 86_400))
    .action(act(stop));
}

interface StopOptions {
  readonly force?: boolean;
  readonly keep?: boolean;
  readonly grace?: number;
}

async function stop(
  context: Context,
  name: string,
  { force = false, keep = false, grace }: StopOptions,
): Promise<number> {
  const input = { name, force, keep, ...(grace === undefined ? {} : { graceMs: grace * 1000 }) };
  const answer = await context.withSession(session =>
    session.call('filesystem.stop', input, ({ note }) => context.remark(page => page.text(note))),
  );
  context.answer(answer, page => {
    const how = answer.removed ? 'was stopped and removed' : 'was stopped and kept';
    const code = answer.exitCode === undefined ? '' : `, exit code ${statusText(answer.exitCode)}`;
    page.text([good('[ok] '), `${answer.container} ${how}${code}.`]);
    if (answer.gone.length > 0) {
      page.text(
        `${formatCount(answer.gone.length, 'volume')} gone, verified: ${answer.gone.map(volumeLabel).join(', ')}`,
      );
    }
    if (answer.unasked === true)
      page.text([
        bad('[!] '),
        'What it had not written, if anything, is lost with the container: it could not be asked.',
      ]);
    for (const { what, count } of answer.unwritten ?? []) {
      const where = answer.removed ? 'lost with the container' : `still in ${answer.container}`;
      page.text([bad('[!] '), `not done in time, ${where}: ${formatCount(count, escapeUntrusted(what, 40))}.`]);
    }
  });
  return EXIT_CODES.done;
}
