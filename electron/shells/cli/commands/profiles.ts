import type { Command } from 'commander';
import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { strong } from '../text/style.ts';

export function addProfiles(program: Command, act: Act): void {
  program.command('profiles').description('list the ways to launch a file system').action(act(profiles));
}

async function profiles(context: Context): Promise<number> {
  const answer = await context.withSession(session => session.call('profile.list', {}));
  context.answer(answer, page => {
    for (const profile of answer.profiles) {
      page.gap().text([strong(profile.name), `  ${profile.title}`]);
      page.text(profile.description, { indent: 2 });
      page.command(profile.command.join(' '));
      if (profile.needs !== undefined) page.text(`Needs: ${profile.needs}`, { indent: 2 });
      if (profile.privateTwin !== undefined) page.text(`The same in private: ${profile.privateTwin}`, { indent: 2 });
    }
    page.gap().text('Launch one with:').command('siloscope launch PROFILE');
  });
  return EXIT_CODES.done;
}
