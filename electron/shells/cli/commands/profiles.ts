import type { Command } from 'commander';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import { Profile } from '../../../../shared/domain/profile.ts';
import { issuesOf } from '../../../../shared/wire/issues.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { readUserJson } from '../read-user-file.ts';
import { teach } from '../teach.ts';
import { faint, good, strong } from '../text/style.ts';

export function addProfiles(program: Command, act: Act): void {
  const made = program
    .command('profiles')
    .description('list the ways to launch a file system, and keep your own')
    .option('--save <file>', 'keep the profile of this JSON file; one of that name is replaced')
    .option('--remove <name>', 'remove one of your own')
    .action(act(profiles));
  teach(made, {
    prose: ['A profile is what "profiles --json" lists, without its origin.'],
    examples: ['siloscope profiles --save my-memfs.json', 'siloscope profiles --remove my-memfs'],
  });
}

interface ProfilesOptions {
  readonly save?: string;
  readonly remove?: string;
}

async function profiles(context: Context, { save, remove }: ProfilesOptions): Promise<number> {
  if (save !== undefined) {
    const profile = await readProfile(save);
    const kept = await context.withSession(session => session.call('profile.save', { profile }));
    context.answer(kept, page => page.text([good('[ok] '), `${kept.name} is kept.`]));
    return EXIT_CODES.done;
  }
  if (remove !== undefined) {
    const gone = await context.withSession(session => session.call('profile.remove', { name: remove }));
    context.answer(gone, page => page.text([good('[ok] '), `${gone.name} is removed.`]));
    return EXIT_CODES.done;
  }
  const answer = await context.withSession(session => session.call('profile.list', {}));
  context.answer(answer, page => {
    for (const profile of answer.profiles) {
      page
        .gap()
        .text([strong(profile.name), `  ${profile.title}`, profile.origin === 'user' ? faint('  your own') : '']);
      page.text(profile.description, { indent: 2 });
      page.command(profile.command.join(' '));
      if (profile.needs !== undefined) page.text(`Needs: ${profile.needs}`, { indent: 2 });
      if (profile.privateTwin !== undefined) page.text(`The same in private: ${profile.privateTwin}`, { indent: 2 });
    }
    page.gap().text('Launch one with:').command('siloscope launch PROFILE');
  });
  return EXIT_CODES.done;
}

async function readProfile(file: string): Promise<Profile> {
  const parsed = Profile.safeParse(await readUserJson(file, '--save'));
  if (parsed.success) return parsed.data;
  throw new FaultError({ code: 'invalid-input', issues: issuesOf(parsed.error) });
}
