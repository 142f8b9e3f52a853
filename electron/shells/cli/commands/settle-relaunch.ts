import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import type { RelaunchWay } from '../../../../shared/domain/relaunch.ts';
import { relaunchWayWords } from '../../../../shared/wording/word-relaunch.ts';
import type { Context } from '../context.ts';
import { good } from '../text/style.ts';

/** Ends a relaunch that was broken off; `mayStop`: what goes may be stopped where it runs. */
export async function settleRelaunch(
  context: Context,
  name: string,
  way: RelaunchWay,
  mayStop: boolean,
): Promise<number> {
  const answer = await context.withSession(session =>
    session.call('relaunch.settle', { name, way, mayStop }, ({ note }) => context.remark(page => page.text(note))),
  );
  context.answer(answer, page =>
    page.text([good('[ok] '), `${relaunchWayWords[way]}: done. ${answer.container} stays.`]),
  );
  return EXIT_CODES.done;
}
