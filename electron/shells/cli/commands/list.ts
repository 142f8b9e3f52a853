import type { Command } from 'commander';
import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import { wordExited } from '../../../../shared/wording/word-exit.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { remarkFleeting } from '../text/fleeting.ts';
import { remarkLeftBehind } from '../text/left-behind.ts';
import { doubtful } from '../text/style.ts';
import { volumeLabel } from '../text/volume-label.ts';

export function addList(program: Command, act: Act): void {
  program
    .command('list')
    .alias('ls')
    .description('list the containers that run a user-mode file system, whoever started them')
    .option('-a, --all', 'ended ones too')
    .action(act(list));
}

async function list(context: Context, { all = false }: { readonly all?: boolean }): Promise<number> {
  const { fleeting, ...answer } = await context.withSession(async session => {
    await remarkLeftBehind(context, session);
    return { ...(await session.call('filesystem.list', { all })), fleeting: session.fleeting };
  });
  context.answer(answer, page => {
    if (answer.fileSystems.length === 0) {
      page.text(all ? 'No container has run a file system.' : 'No container runs a file system.');
      return;
    }
    page.table({
      columns: ['CONTAINER', 'PROGRAM', 'VOLUMES', 'STATUS', 'ISOLATION', 'STARTED BY'],
      rows: answer.fileSystems.map(({ container, program, volumes, status }) => [
        container.name,
        program ?? '-',
        volumes.map(volumeLabel).join(', ') || '-',
        status,
        container.isolation,
        container.managed ? 'siloscope' : 'others',
      ]),
    });
    for (const { container, status } of answer.fileSystems) {
      const why = wordExited(status);
      if (why !== undefined) page.text([doubtful('[?] '), `${container.name}: ${why}`], { hang: 4 });
    }
  });
  if (fleeting) remarkFleeting(context);
  return EXIT_CODES.done;
}
