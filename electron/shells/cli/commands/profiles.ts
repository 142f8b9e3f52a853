import { type Command, Option } from 'commander';
import { EXIT_CODES, FaultError, faultOf } from '../../../../shared/contract/fault.ts';
import { composeCmdLine } from '../../../../shared/domain/cmd-line.ts';
import { fillEnvironment, fillProfile } from '../../../../shared/domain/fill-profile.ts';
import {
  type IfTaken,
  type ImportStep,
  type Meeting,
  meetProfiles,
  planImport,
} from '../../../../shared/domain/import-profiles.ts';
import type { Profile } from '../../../../shared/domain/profile.ts';
import { composeProfileFile, readProfileText } from '../../../../shared/domain/profile-file.ts';
import { BUILT_IN_PROFILES } from '../../../../shared/domain/profiles.ts';
import { maskArguments, maskEnvironment } from '../../../../shared/domain/secrets.ts';
import type { ListedProfile } from '../../../../shared/domain/settings.ts';
import { wordImportStep } from '../../../../shared/wording/word-profile.ts';
import { wordDelivery } from '../../../../shared/wording/word-secret.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { readUserFile } from '../read-user-file.ts';
import { teach } from '../teach.ts';
import { remarkNotices } from '../text/notices.ts';
import type { Page } from '../text/page.ts';
import { doubtful, faint, good, strong } from '../text/style.ts';
import { writeUserFile } from '../write-user-file.ts';

export function addProfiles(program: Command, act: Act): void {
  const made = program
    .command('profiles')
    .description('list the ways to launch a file system, and keep your own')
    .argument('[name...]', 'only these, to list or to export')
    .option('--save <file>', 'keep the profiles of this JSON file; those of their names are replaced')
    .option('--import <file...>', 'keep the profiles of these JSON files; what is taken is refused, or see --if-taken')
    .addOption(
      new Option('--if-taken <what>', 'with --import, for a name that is taken').choices([
        'keep-both',
        'replace',
        'skip',
      ]),
    )
    .option('--export <file>', 'write profiles into one JSON file: your own, or those that are named')
    .option('--check <file>', 'read a file, and show the command lines that it makes; keeps nothing')
    .option('--remove <name>', 'remove one of your own')
    .action(act(profiles));
  teach(made, {
    prose: [
      'A file holds one profile, a list of them, or { "profiles": [...] }; its schema is assets/profiles/profiles.schema.json. Mistakes are told with line and column. Secrets are named in it, and never in it: see "siloscope secrets".',
    ],
    examples: [
      'siloscope profiles --export mine.json rclone-disk',
      'siloscope profiles --check mine.json',
      'siloscope profiles --import mine.json team.json --if-taken keep-both',
    ],
  });
}

interface ProfilesOptions {
  readonly save?: string;
  readonly import?: readonly string[];
  readonly ifTaken?: IfTaken;
  readonly export?: string;
  readonly check?: string;
  readonly remove?: string;
}

async function profiles(context: Context, names: readonly string[], options: ProfilesOptions): Promise<number> {
  const asked = (['save', 'import', 'export', 'check', 'remove'] as const).filter(name => options[name] !== undefined);
  if (asked.length > 1) throw wrong('profiles', `${asked.map(name => `--${name}`).join(' and ')} exclude each other`);
  const takesNames = asked[0] === undefined || asked[0] === 'export';
  if (names.length > 0 && !takesNames) throw wrong('profiles', `--${asked[0]} takes no names`);
  if (options.save !== undefined) return importAll(context, [options.save], 'replace', '--save');
  if (options.import !== undefined) {
    return importAll(context, options.import, options.ifTaken, '--import');
  }
  if (options.export !== undefined) return exportSome(context, options.export, names);
  if (options.check !== undefined) return check(context, options.check);
  if (options.remove !== undefined) {
    const { remove } = options;
    const gone = await context.withSession(session => session.call('profile.remove', { name: remove }));
    context.answer(gone, page => page.text([good('[ok] '), `${gone.name} is removed.`]));
    return EXIT_CODES.done;
  }
  return list(context, names);
}

async function list(context: Context, names: readonly string[]): Promise<number> {
  try {
    const { profiles: all } = await context.withSession(async session => {
      const listed = await session.call('profile.list', {});
      await remarkNotices(context, session, 'profiles.json');
      return listed;
    });
    show(context, names.length === 0 ? all : named(all, names));
    return EXIT_CODES.done;
  } catch (caught) {
    // What comes along can be launched all the same.
    const isUnread = faultOf(caught).code === 'kept-file-not-read' && names.length === 0;
    if (isUnread && context.options.json !== true) {
      show(
        context,
        BUILT_IN_PROFILES.map(profile => ({ ...profile, origin: 'built-in' })),
      );
    }
    throw caught;
  }
}

function show(context: Context, listed: readonly ListedProfile[]): void {
  context.answer({ profiles: listed }, page => {
    for (const profile of listed) {
      page
        .gap()
        .text([strong(profile.name), `  ${profile.title}`, profile.origin === 'user' ? faint('  your own') : '']);
      page.text(profile.description, { indent: 2 });
      page.command(composeCmdLine(maskArguments(profile.command)));
      writeNeeds(page, profile);
      if (profile.privateTwin !== undefined) page.text(`The same in private: ${profile.privateTwin}`, { indent: 2 });
    }
    page.gap().text('Launch one with:').command('siloscope launch PROFILE');
  });
}

function writeNeeds(page: Page, { needs, secrets = [] }: Profile): void {
  if (needs !== undefined) page.text(`Needs: ${needs}`, { indent: 2 });
  for (const { name, title, optional } of secrets) {
    page.text(`Secret: ${name}${optional === true ? ' (optional)' : ''}, ${title}`, { indent: 2 });
  }
}

async function importAll(
  context: Context,
  files: readonly string[],
  ifTaken: IfTaken | undefined,
  option: '--save' | '--import',
): Promise<number> {
  const incoming: Profile[] = [];
  for (const file of files) incoming.push(...(await readProfiles(file, option)));
  const steps = await context.withSession(async session => {
    const present = (await session.call('profile.list', {})).profiles;
    if (ifTaken === undefined) requireFree(incoming, present, ['taken', 'built-in']);
    if (option === '--save') requireFree(incoming, present, ['built-in']);
    const planned = planImport(incoming, present, () => ifTaken ?? 'skip');
    const saved = planned.flatMap(({ profile }) => profile ?? []);
    if (saved.length > 0) await session.call('profile.import', { profiles: saved });
    return planned;
  });
  context.answer({ imported: steps.map(toldStep) }, page => {
    for (const step of steps) {
      const tone = step.profile === undefined ? faint('[-]  ') : good('[ok] ');
      page.text([tone, wordImportStep(step)]);
    }
  });
  return EXIT_CODES.done;
}

const toldStep = ({ name, does, profile }: ImportStep): object => ({
  name,
  does,
  ...(profile === undefined ? {} : { as: profile.name }),
});

/** Two files, or a file and what is kept, may have one name for two things: nobody but the user knows which counts. */
function requireFree(
  incoming: readonly Profile[],
  present: Parameters<typeof meetProfiles>[1],
  refused: readonly Meeting[],
): void {
  const meetings = meetProfiles(incoming, present);
  const issues = incoming.flatMap(({ name }, at) =>
    refused.includes(meetings[at] ?? 'new')
      ? [
          {
            path: name,
            message:
              meetings[at] === 'built-in'
                ? 'a profile that comes along has that name; choose another, or import it with --if-taken keep-both'
                : 'you have another profile of that name; choose with --if-taken',
          },
        ]
      : [],
  );
  if (issues.length > 0) throw new FaultError({ code: 'invalid-input', issues });
}

async function exportSome(context: Context, file: string, names: readonly string[]): Promise<number> {
  const { profiles: all } = await context.withSession(session => session.call('profile.list', {}));
  const chosen = names.length === 0 ? all.filter(({ origin }) => origin === 'user') : named(all, names);
  if (chosen.length === 0) throw wrong('--export', 'there is no profile of your own; name those that come along');
  const { text, masked } = composeProfileFile(chosen);
  await writeUserFile(file, text, '--export');
  context.answer({ file, profiles: chosen.map(({ name }) => name), masked }, page => {
    page.text([good('[ok] '), `${file} holds ${chosen.map(({ name }) => name).join(', ')}.`]);
    if (masked.length > 0) {
      page.text([doubtful('[!] '), `Secrets that stood in the clear were masked in ${masked.join(', ')}.`]);
    }
  });
  return EXIT_CODES.done;
}

async function check(context: Context, file: string): Promise<number> {
  const read = await readProfiles(file, '--check');
  const { fsd } = await context.withSession(session => session.call('snapshot.take', {}));
  const winfsp = fsd.installDirectory ?? 'C:\\Program Files (x86)\\WinFsp';
  const given = new Set(read.flatMap(({ secrets = [] }) => secrets.map(({ name }) => name)));
  const checked = read.map(profile => ({
    name: profile.name,
    command: fillProfile(profile, { winfsp, given }),
    environment: fillEnvironment(profile, { winfsp, given }),
    profile,
  }));
  context.answer(
    { profiles: checked.map(({ name, command, environment }) => ({ name, command, environment })) },
    page => {
      for (const { name, command, environment, profile } of checked) {
        page
          .gap()
          .text([good('[ok] '), strong(name)])
          .command(composeCmdLine(maskArguments(command)));
        for (const [variable, value] of Object.entries(maskEnvironment(environment)))
          page.command(`${variable}=${value}`);
        for (const need of profile.secrets ?? [])
          page.text(`${need.name}: ${wordDelivery(need)}`, { indent: 2, hang: 4 });
      }
      const { masked } = composeProfileFile(read);
      if (masked.length > 0) {
        const told = `Secrets stand in the clear in ${masked.join(', ')}: name them among "secrets" instead, and keep them by "siloscope secrets".`;
        page.gap().text([doubtful('[!] '), told]);
      }
    },
  );
  return EXIT_CODES.done;
}

function named<T extends { readonly name: string }>(all: readonly T[], names: readonly string[]): T[] {
  return names.map(name => {
    const found = all.find(profile => profile.name === name);
    if (found !== undefined) return found;
    throw new FaultError({ code: 'not-found', what: 'profile', name, known: all.map(profile => profile.name) });
  });
}

async function readProfiles(file: string, option: string): Promise<readonly Profile[]> {
  const reading = readProfileText(await readUserFile(file, option));
  if ('profiles' in reading) return reading.profiles;
  throw new FaultError({
    code: 'invalid-input',
    issues: reading.mistakes.map(({ line, column, field, message }) => ({
      path: `${file}:${line}:${column}`,
      message: field === '' ? message : `${field}: ${message}`,
    })),
  });
}

function wrong(path: string, message: string): FaultError {
  return new FaultError({ code: 'invalid-input', issues: [{ path, message }] });
}
