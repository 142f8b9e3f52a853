import type { Command } from 'commander';
import { EXIT_CODES, type Fault, FaultError } from '../../../../shared/contract/fault.ts';
import { formatCount } from '../../../../shared/wording/amounts.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { teach } from '../teach.ts';
import { fsdLine } from '../text/fsd-text.ts';
import { journalRow } from '../text/journal-text.ts';
import { faint, spansOf } from '../text/style.ts';
import { untilAborted } from '../until-aborted.ts';

export function addWatch(program: Command, act: Act): void {
  const made = program.command('watch').description('tell what happens as it happens, until Ctrl-C').action(act(watch));
  teach(made, {
    prose: ['With --json, one object a line: first {"snapshot": ...}, then {"news": NAME, "payload": ...}.'],
    examples: ["siloscope --connect 'ws://127.0.0.1:PORT/#TOKEN' watch --json"],
  });
}

async function watch(context: Context): Promise<number> {
  await context.withSession(async session => {
    const { client } = session;
    const lost = new Promise<Fault>(resolve => {
      client.on('host.lost', resolve);
      client.onClosed(() =>
        resolve({ code: 'host-unreachable', host: 'siloscope', reason: 'the connection was closed' }),
      );
    });
    client.on('journal.appended', entry =>
      context.line({ news: 'journal.appended', payload: entry }, page =>
        page.text(journalRow(entry).flatMap(cell => [...spansOf(cell), '  '])),
      ),
    );
    client.on('snapshot.changed', changed => {
      if (context.options.json === true) context.line({ news: 'snapshot.changed', payload: changed }, () => undefined);
    });
    const snapshot = await session.call('snapshot.take', {});
    context.line({ snapshot }, page =>
      page
        .text(fsdLine(snapshot.fsd))
        .text(`${formatCount(snapshot.fileSystems.length, 'file system')} in containers. Watching; Ctrl-C ends it.`)
        .text(faint('#  AT  SOURCE  WHAT  SUBJECT  DATA')),
    );
    const fault = await Promise.race([lost, untilAborted(context.io.signal)]);
    if (fault !== undefined) throw new FaultError(fault);
  });
  return EXIT_CODES.done;
}
