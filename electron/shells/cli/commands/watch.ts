import { type Command, Option } from 'commander';
import { EXIT_CODES, type Fault, FaultError } from '../../../../shared/contract/fault.ts';
import { formatCount } from '../../../../shared/wording/amounts.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { duration } from '../duration.ts';
import { teach } from '../teach.ts';
import { fsdLine } from '../text/fsd-text.ts';
import { writeJournalLine } from '../text/journal-text.ts';
import { faint } from '../text/style.ts';
import { untilAborted } from '../until-aborted.ts';
import { type WatchPolicyOptions, watchPolicy } from './watch-policy.ts';

export function addWatch(program: Command, act: Act): void {
  const made = program
    .command('watch')
    .description('tell what happens as it happens, until Ctrl-C; with --policy, a gate')
    .option('--policy <file|no-leaks>', 'tell only what violates this policy; anything that did ends with exit code 6')
    .option('--until-violation', 'end at the first violation')
    .option('--for <time>', 'end after 60s, 5m, 1h', duration)
    .option('--probe', 'open what is expected to violate it, to see whether it does')
    .addOption(
      new Option(
        '--guard <mode>',
        'refuse launches that would violate it; stop: also stop an offender once it was seen',
      ).choices(['refuse', 'stop']),
    )
    .option('--including-running', 'with --guard stop: also what ran before')
    .option('--sarif <file>', 'at the end, write all that violated it as SARIF 2.1.0')
    .option('--allow-gaps', 'what could not be listed, or seen for a time, does not end with exit code 4')
    .action(
      act((context, options: WatchOptions) =>
        options.policy === undefined
          ? watch(context, options)
          : watchPolicy(context, { ...options, policy: options.policy }),
      ),
    );
  teach(made, {
    prose: [
      'With --json, one object a line: first {"snapshot": ...}, then {"news": NAME, "payload": ...}.',
      'With --policy: {"news": "policy.violated" | "policy.restored" | "guard.acted" | "guard.troubled", "payload": ...}, at last {"ended": ...}. A guard stops nobody by prediction alone: the volume is opened from where it must not be seen first. It never kills.',
      'Where volumes cannot be listed at the end, or nothing was seen for a time, it ends with 4, unless there were violations (6) or --allow-gaps.',
    ],
    examples: [
      "siloscope --connect 'ws://127.0.0.1:PORT/#TOKEN' watch --json",
      'siloscope watch --policy policy.json --for 60s --sarif leaks.sarif',
      'siloscope watch --policy no-leaks --guard refuse',
    ],
  });
}

type WatchOptions = Partial<WatchPolicyOptions>;

async function watch(context: Context, options: WatchOptions): Promise<number> {
  const [given] = Object.keys(options);
  if (given !== undefined) {
    const issues = [
      { path: `--${given.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`, message: 'needs --policy' },
    ];
    throw new FaultError({ code: 'invalid-input', issues });
  }
  await context.withSession(async session => {
    const { client } = session;
    const lost = new Promise<Fault>(resolve => {
      client.on('host.lost', resolve);
      client.onClosed(() =>
        resolve({ code: 'host-unreachable', host: 'siloscope', reason: 'the connection was closed' }),
      );
    });
    client.on('journal.appended', entry =>
      context.line({ news: 'journal.appended', payload: entry }, page => writeJournalLine(page, entry)),
    );
    client.on('snapshot.changed', changed => {
      if (context.options.json === true) context.line({ news: 'snapshot.changed', payload: changed }, () => undefined);
    });
    const snapshot = await session.call('snapshot.take', {});
    context.line({ snapshot }, page =>
      page
        .text(fsdLine(snapshot.fsd))
        .text(`${formatCount(snapshot.fileSystems.length, 'file system')} in containers. Watching; Ctrl-C ends it.`)
        .text(faint('#  AT  SOURCE  KIND  WHAT HAPPENED')),
    );
    const fault = await Promise.race([lost, untilAborted(context.io.signal)]);
    if (fault !== undefined) throw new FaultError(fault);
  });
  return EXIT_CODES.done;
}
