import type { Command } from 'commander';
import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
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
    prose: ['--open switches the host of the running "siloscope serve" that --connect names, for all its clients.'],
    examples: ["siloscope --connect 'ws://127.0.0.1:PORT/#TOKEN' hosts --open noisy-neighbours"],
  });
}

async function hosts(context: Context, { open }: { readonly open?: string }): Promise<number> {
  if (open !== undefined) {
    const wanted = open === 'local' || open.startsWith('ssh://') ? { id: open } : { id: 'simulated', scenario: open };
    const snapshot = await context.withSession(session => session.call('host.open', wanted));
    context.answer(snapshot, page =>
      page.text([good('[ok] '), `${snapshot.host.scenario ?? snapshot.host.id} is open, for all clients.`]),
    );
    return EXIT_CODES.done;
  }
  const answer = await context.withSession(session => session.call('host.list', {}));
  context.answer(answer, page => {
    for (const { title, description, reason, current, scenario, id } of answer.hosts) {
      const note = current ? good('  open now') : reason === undefined ? '' : faint(`  not available: ${reason}`);
      page.text([strong(scenario ?? id), title === (scenario ?? id) ? '' : `  ${title}`, note]);
      page.text(description, { indent: 2 });
    }
  });
  return EXIT_CODES.done;
}
