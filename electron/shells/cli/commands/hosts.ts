import type { Command } from 'commander';
import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import { wordSshConnection } from '../../../../shared/wording/word-ssh.ts';
import { withHostKey } from '../../serving/with-host-key.ts';
import type { Act } from '../act.ts';
import { askHostKey } from '../ask-host-key.ts';
import type { Context } from '../context.ts';
import { targetOf } from '../global-options.ts';
import { teach } from '../teach.ts';
import { faint, good, strong } from '../text/style.ts';

export function addHosts(program: Command, act: Act): void {
  const made = program
    .command('hosts')
    .description('list the hosts that can be opened, simulated and real')
    .option(
      '--open <host>',
      'open another one in a running Siloscope: a scenario by its name, local or ssh://user@host',
    )
    .action(act(hosts));
  teach(made, {
    prose: [
      '--open switches the host of the running "siloscope serve" that --connect names, for all its clients. A host over SSH whose key is not known yet is asked about at the terminal; --host-key SHA256:... answers beforehand.',
      'A host over SSH is reached as your own ssh would reach it: the lines of ~/.ssh/config and of the system that say so are listed with it.',
    ],
    examples: ["siloscope --connect 'ws://127.0.0.1:PORT/#TOKEN' hosts --open noisy-neighbours"],
  });
}

async function hosts(context: Context, { open }: { readonly open?: string }): Promise<number> {
  const { hostKey: given, ...others } = context.options;
  if (open !== undefined) {
    const wanted = open === 'local' || open.startsWith('ssh://') ? { id: open } : { id: 'simulated', scenario: open };
    // The key is of the host that is opened, not of the one that is asked to do it.
    const asked = open.startsWith('ssh://') ? targetOf(others, context.io) : context.target();
    const snapshot = await context.withSession(
      session =>
        withHostKey(
          accepted => {
            const hostKey = accepted ?? given;
            return session.call('host.open', { ...wanted, ...(hostKey === undefined ? {} : { hostKey }) });
          },
          shown => askHostKey(context.io, context.options, shown),
        ),
      asked,
    );
    context.answer(snapshot, page =>
      page.text([good('[ok] '), `${snapshot.host.scenario ?? snapshot.host.id} is open, for all clients.`]),
    );
    return EXIT_CODES.done;
  }
  const answer = await context.withSession(session => session.call('host.list', {}));
  context.answer(answer, page => {
    for (const { title, description, reason, current, scenario, id, ssh } of answer.hosts) {
      const note = current ? good('  open now') : reason === undefined ? '' : faint(`  not available: ${reason}`);
      page.text([strong(scenario ?? id), title === (scenario ?? id) ? '' : `  ${title}`, note]);
      page.text(description, { indent: 2 });
      if (ssh !== undefined) for (const line of wordSshConnection(ssh)) page.text(line, { indent: 2, hang: 4 });
    }
  });
  return EXIT_CODES.done;
}
