import type { Command } from 'commander';
import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { pullProgress, withProgress } from '../progress.ts';
import { teach } from '../teach.ts';
import { writeImages } from '../text/image-text.ts';
import { addBuildImage } from './build-image.ts';
import { pruneImages, removeImage } from './prune-images.ts';

export function addImages(program: Command, act: Act): void {
  const made = program
    .command('images')
    .description('list base images, local and known, and whether WinFsp can work in them on this host')
    .option('--pull <reference>', 'pull this one first')
    .option('--remove <reference>', 'remove this one; never by force')
    .option('--prune', 'tell what no container uses and would go')
    .option('--yes', 'with --prune: remove it')
    .action(act(images));
  teach(made, {
    examples: [
      'siloscope images',
      'siloscope images --pull mcr.microsoft.com/windows/servercore:ltsc2022',
      'siloscope images --prune',
      'siloscope images build rclone-disk --print',
    ],
  });
  addBuildImage(made, act);
}

interface ImagesOptions {
  readonly pull?: string;
  readonly remove?: string;
  readonly prune?: boolean;
  readonly yes?: boolean;
}

async function images(context: Context, { pull, remove, prune, yes = false }: ImagesOptions): Promise<number> {
  if (prune === true) return pruneImages(context, yes);
  if (remove !== undefined) return removeImage(context, remove);
  if (pull !== undefined) {
    const row = await context.withSession(session =>
      withProgress(pullProgress(context), told => session.call('image.pull', { reference: pull }, told)),
    );
    context.answer(row, page => writeImages(page.text(`Pulled ${row.reference}.`), [row]));
    return EXIT_CODES.done;
  }
  const answer = await context.withSession(session => session.call('image.list', {}));
  context.answer(answer, page => writeImages(page, answer.images));
  return EXIT_CODES.done;
}
