import type { Command } from 'commander';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import { SecretName } from '../../../../shared/domain/profile-secret.ts';
import { isTooShort } from '../../../../shared/domain/secret-parts.ts';
import {
  TOO_SHORT_TO_MASK,
  wordSecretPlace,
  wordSecretState,
  wordUnmasked,
} from '../../../../shared/wording/word-secret.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { parseSecretSource, readSecret } from '../secret-source.ts';
import { teach } from '../teach.ts';
import { doubtful, faint, good } from '../text/style.ts';

export function addSecrets(program: Command, act: Act): void {
  const made = program
    .command('secrets')
    .description('passwords, keys and tokens that profiles hand to their programs: names here, values never')
    .action(act(list));
  teach(made, {
    prose: [
      'A value is never an argument: it comes from a prompt that shows nothing, from standard input, from a file or from a variable. On Windows it is kept sealed by DPAPI for this user; elsewhere the command line has no safe place, so give it with each launch (--secret), or set it in a running Siloscope (--connect), which holds it in memory until it ends.',
      'How a secret reaches the program is said by its profile, and by "launch --dry-run".',
    ],
    examples: [
      'siloscope secrets set rclone-config --from @rclone.conf',
      'siloscope secrets forget rclone-config',
      'siloscope launch rclone-disk --secret rclone-config-password=env:RCLONE_PASS',
    ],
  });
  made.command('list').description('what is set, where it is kept, and which profiles take it').action(act(list));
  made
    .command('set <name>')
    .description('keep a value, or replace it')
    .option('--from <source>', '@FILE, - or env:VARIABLE; default: a prompt, or standard input')
    .action(act(set));
  made.command('forget <name>').description('forget a value').action(act(forget));
}

async function list(context: Context): Promise<number> {
  const answer = await context.withSession(session => session.call('secret.list', {}));
  context.answer(answer, page => {
    page.table({
      columns: ['SECRET', '', 'TAKEN BY', ''],
      rows: answer.secrets.map(({ name, state, usedBy, title = '' }) => [
        name,
        state === 'missing' ? faint(wordSecretState(state)) : wordSecretState(state),
        usedBy.join(', ') || '-',
        faint(title),
      ]),
    });
    page.gap().text(faint(wordSecretPlace(answer.place)));
    const warned = wordUnmasked(answer.unmasked);
    if (warned !== undefined) page.text(doubtful(warned));
  });
  return EXIT_CODES.done;
}

async function set(context: Context, given: string, { from }: { readonly from?: string }): Promise<number> {
  const name = nameOf(given);
  const source = from === undefined ? ({ from: 'input' } as const) : parseSecretSource(from, '--from');
  const value = await readSecret(source, context.io, name, '--from');
  // What is in memory of this very process ends with the command: nothing would be kept.
  const onlySealed = context.target().kind !== 'connect';
  const row = await context.withSession(session => session.call('secret.set', { name, value, onlySealed }));
  context.answer(row, page => page.text([good('[ok] '), `${name} is ${wordSecretState(row.state)}.`]));
  if (isTooShort(value)) context.remark(page => page.text(doubtful(TOO_SHORT_TO_MASK)));
  return EXIT_CODES.done;
}

async function forget(context: Context, given: string): Promise<number> {
  const name = nameOf(given);
  const gone = await context.withSession(session => session.call('secret.forget', { name }));
  context.answer(gone, page => page.text([good('[ok] '), `${gone.name} is forgotten.`]));
  return EXIT_CODES.done;
}

function nameOf(given: string): string {
  const parsed = SecretName.safeParse(given);
  if (parsed.success) return parsed.data;
  const message = `expected a name: ${parsed.error.issues[0]?.message ?? ''}`;
  throw new FaultError({ code: 'invalid-input', issues: [{ path: 'name', message }] });
}
