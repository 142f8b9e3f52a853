import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { EXIT_CODES, FaultError, faultOf } from '../../../../shared/contract/fault.ts';
import type { CopyProgress, KeptContainer } from '../../../../shared/domain/kept-container.ts';
import { escapeUntrusted } from '../../../../shared/wording/plain-text.ts';
import { copyCommand, unwrittenWords, wordHeld, wordMissing } from '../../../../shared/wording/word-unwritten.ts';
import { takenArchive } from '../../serving/taken-archive.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { copyProgress, withProgress } from '../progress.ts';
import { teach } from '../teach.ts';
import { bad, faint, good, strong } from '../text/style.ts';
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
      'The archive is written as it is read, whatever its size, and read back: its checksum is told. Ctrl-C ends it, and leaves no half of one.',
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
  const missing = copied === undefined ? undefined : wordMissing(copied);
  const removed = remove && missing === undefined;
  if (removed) await context.withSession(session => session.call('unwritten.remove', { container: name }));
  context.answer({ ...(copied ?? { container: name }), removed }, page => {
    if (copied !== undefined) {
      page.text([good('[ok] '), `${unwrittenWords.saved(copied.files, copied.bytes)}, into ${copied.written}.`]);
      page.text(faint(unwrittenWords.archive(copied.size, copied.sha256)), { indent: 5 });
    }
    if (removed) page.text([good('[ok] '), unwrittenWords.removed(name)]);
  });
  if (missing === undefined) return EXIT_CODES.done;
  context.complain(page => page.text([bad('[!!] '), missing, remove ? ` ${unwrittenWords.notRemoved(name)}` : '']));
  return EXIT_CODES.refused;
}

/** Writes the archive as it comes, whole or not at all, and reads back what the disk has of it. */
async function copy(context: Context, container: string, out: string) {
  return withProgress(copyProgress(context), told =>
    context.withSession(async session => {
      const id = randomUUID();
      let begin: () => void = () => undefined;
      const begun = new Promise<void>(resolve => {
        begin = resolve;
      });
      const unwritable = new AbortController();
      const signal = AbortSignal.any([context.io.signal, unwritable.signal]);
      const onProgress = (progress: CopyProgress): void => {
        begin();
        told(progress);
      };
      const copying = session.client.call('unwritten.copy', { container, id }, { signal, onProgress });
      await Promise.race([begun, copying]);
      const writing = writeUserFile(out, takenArchive(session.client, id), '--out', 0o600);
      writing.catch(() => unwritable.abort());
      const [written, copied] = await Promise.allSettled([writing, copying]);
      // A disk that is full cancels the copy, an engine that fails cuts the file short: what came first says why.
      const isCut = copied.status === 'rejected' && faultOf(copied.reason).code === 'cancelled';
      if (copied.status === 'rejected' && (!isCut || context.io.signal.aborted)) throw copied.reason;
      if (written.status === 'rejected') throw written.reason;
      if (copied.status === 'rejected') throw copied.reason;
      await requireAsMade(out, copied.value.sha256);
      return { ...copied.value, written: out };
    }),
  );
}

/** Fails with `invalid-input` where the file is not what was handed over. What is no file gives nothing back. */
async function requireAsMade(file: string, told: string): Promise<void> {
  if (!(await stat(file)).isFile()) return;
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(file)) hash.update(bytes);
  const sha256 = hash.digest('hex');
  if (sha256 === told) return;
  const issues = [{ path: '--out', message: unwrittenWords.notAsMade(sha256, told) }];
  throw new FaultError({ code: 'invalid-input', issues });
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
