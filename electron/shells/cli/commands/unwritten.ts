import type { Command } from 'commander';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import type { KeptContainer } from '../../../../shared/domain/kept-container.ts';
import { escapeUntrusted } from '../../../../shared/wording/plain-text.ts';
import { copyCommand, unwrittenWords, wordHeld } from '../../../../shared/wording/word-unwritten.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { teach } from '../teach.ts';
import { faint, good, strong } from '../text/style.ts';
import { writeUserFile } from '../write-user-file.ts';

export function addUnwritten(program: Command, act: Act): void {
  const made = program
    .command('unwritten')
    .description('containers that ended before their file system had written all: what they hold, copied out')
    .argument('[name]', 'one of them; without it all are listed')
    .option('--out <file>', 'copy what it holds into this zip archive')
    .option('--remove', 'remove it; with --out only once that is written')
    .action(act(unwritten));
  teach(made, {
    prose: [
      'A file system of a workspace that waits for uploads is kept, stopped, as NAME.unwritten-ID when it ends before it could be asked. Five of one are kept; then it waits until one of them is removed.',
    ],
    examples: [
      'siloscope unwritten',
      'siloscope unwritten cloud.unwritten-0123456789ab --out cloud.zip --remove',
      'siloscope unwritten --json',
    ],
  });
}

interface UnwrittenOptions {
  readonly out?: string;
  readonly remove?: boolean;
}

async function unwritten(
  context: Context,
  name: string | undefined,
  { out, remove = false }: UnwrittenOptions,
): Promise<number> {
  if (name === undefined) {
    const option = out === undefined ? '--remove' : '--out';
    if (out !== undefined || remove)
      throw new FaultError({ code: 'invalid-input', issues: [{ path: option, message: 'needs the name of one' }] });
    return list(context);
  }
  if (out === undefined && !remove) {
    const issues = [{ path: 'unwritten', message: '--out FILE copies what it holds, --remove removes it' }];
    throw new FaultError({ code: 'invalid-input', issues });
  }
  const copied = out === undefined ? undefined : await copy(context, name, out);
  if (remove) await context.withSession(session => session.call('unwritten.remove', { container: name }));
  context.answer({ ...(copied ?? { container: name }), removed: remove }, page => {
    if (copied !== undefined)
      page.text([good('[ok] '), `${unwrittenWords.saved(copied.files, copied.bytes)}, into ${copied.written}.`]);
    if (remove) page.text([good('[ok] '), unwrittenWords.removed(name)]);
  });
  return EXIT_CODES.done;
}

async function copy(context: Context, container: string, out: string) {
  const { archive, ...rest } = await context.withSession(session => session.call('unwritten.copy', { container }));
  await writeUserFile(out, Buffer.from(archive, 'base64'), '--out', 0o600);
  return { ...rest, written: out };
}

async function list(context: Context): Promise<number> {
  const answer = await context.withSession(session => session.call('unwritten.list', {}));
  context.answer(answer, page => {
    if (answer.containers.length === 0) page.text(unwrittenWords.none);
    for (const kept of answer.containers) {
      page
        .gap()
        .text([strong(escapeUntrusted(kept.container, 120)), faint(`  ${about(kept)}`)])
        .text(wordHeld(kept), { indent: 2 })
        .command(copyCommand(kept));
    }
  });
  return EXIT_CODES.done;
}

const about = ({ workspace, status }: KeptContainer): string =>
  [workspace === undefined ? '' : `of ${workspace}`, escapeUntrusted(status, 60)].filter(Boolean).join(', ');
