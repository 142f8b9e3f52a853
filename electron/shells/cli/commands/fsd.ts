import type { Command } from 'commander';
import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import { formatCount } from '../../../../shared/wording/amounts.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { teach } from '../teach.ts';
import { ELEVATE_TEXT, remarkPrompt } from '../text/elevate-text.ts';
import { fsdLine } from '../text/fsd-text.ts';
import { volumeLabel } from '../text/volume-label.ts';

export function addFsd(program: Command, act: Act): void {
  const fsd = program
    .command('fsd')
    .description('the WinFsp kernel driver (FSD): show its state, start it, unload it')
    .action(act(state));
  teach(fsd, {
    prose: [
      'The FSD runs on the host; a container cannot start it. Anyone may start it, nobody can stop it through the service manager: only unloading ends it, and that drops every volume in every silo. So unloading wants each of them named.',
    ],
    examples: ['siloscope fsd', 'siloscope fsd start', "siloscope fsd unload --accept '\\Device\\Volume{...}'"],
  });
  fsd.command('start').description('start it; needs no elevation').action(act(start));
  fsd
    .command('unload')
    .description('unload it, and with it every volume in every silo')
    .option('--accept <device...>', 'each volume that will be lost, by device, as "inspect" lists them')
    .option('--elevate', `${ELEVATE_TEXT}: only one may unload it`)
    .action(act(unload));
}

async function state(context: Context): Promise<number> {
  const { fsd } = await context.withSession(session => session.call('snapshot.take', {}));
  context.answer(fsd, page => page.text(fsdLine(fsd)));
  return EXIT_CODES.done;
}

async function start(context: Context): Promise<number> {
  const fsd = await context.withSession(session => session.call('fsd.start', {}));
  context.answer(fsd, page => page.text(fsdLine(fsd)));
  return EXIT_CODES.done;
}

interface UnloadOptions {
  readonly accept?: readonly string[];
  readonly elevate?: boolean;
}

async function unload(context: Context, { accept = [], elevate = false }: UnloadOptions): Promise<number> {
  const answer = await context.withSession(async session => {
    await remarkPrompt(context, session, elevate);
    return session.call('fsd.unload', { accept: [...accept], elevate });
  });
  context.answer(answer, page => {
    const names = answer.lost.map(volumeLabel).join(', ');
    page.text(
      answer.lost.length === 0
        ? 'Unloaded; no volume was lost.'
        : `Unloaded; ${formatCount(answer.lost.length, 'volume')} lost: ${names}`,
    );
  });
  return EXIT_CODES.done;
}
