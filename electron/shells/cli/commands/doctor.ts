import type { Command } from 'commander';
import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { writeReadiness } from '../text/readiness-text.ts';

export function addDoctor(program: Command, act: Act): void {
  program
    .command('doctor')
    .description('check that file systems can be launched here, with the next step for what is missing (exit 3)')
    .action(act(doctor));
}

async function doctor(context: Context): Promise<number> {
  const answer = await context.withSession(session => session.call('readiness.check', {}));
  context.answer(answer, page => writeReadiness(page, answer));
  return answer.ready ? EXIT_CODES.done : EXIT_CODES.notReady;
}
