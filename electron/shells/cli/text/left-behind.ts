import { FaultError } from '../../../../shared/contract/fault.ts';
import { composeCmdLine } from '../../../../shared/domain/cmd-line.ts';
import { wordBrokenRelaunch } from '../../../../shared/wording/word-relaunch.ts';
import type { Context } from '../context.ts';
import { ownLine } from '../own-line.ts';
import type { Session } from '../session.ts';
import { doubtful } from './style.ts';

/**
 * Beside an answer: removes what self-tests of ended processes left, and tells of relaunches that were broken off. An
 * engine that cannot be asked is told by the answer itself.
 */
export async function remarkLeftBehind(context: Context, session: Session): Promise<void> {
  try {
    const { removed } = await session.call('leftovers.sweep', {});
    if (removed.length > 0)
      context.remark(page => page.text(`Removed what a self-test left that was cut off: ${removed.join(', ')}`));
    for (const relaunch of (await session.call('relaunch.list', {})).relaunches) {
      context.remark(page => {
        page.text([doubtful('[!] '), wordBrokenRelaunch(relaunch)], { hang: 4 });
        for (const way of relaunch.ways) {
          page.command(ownLine(context.options, composeCmdLine(['fix', `--${way}`, relaunch.name])), 4);
        }
      });
    }
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code === 'bug') throw error;
  }
}
