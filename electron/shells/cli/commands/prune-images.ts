import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import { formatBytes, formatCount } from '../../../../shared/wording/amounts.ts';
import { wordRefusalOf } from '../../../../shared/wording/word-exit.ts';
import type { Context } from '../context.ts';
import { doubtful, faint, good } from '../text/style.ts';

const nameOf = ({ references, id }: { readonly references: readonly string[]; readonly id: string }): string =>
  references.length === 0 ? id.replace('sha256:', '').slice(0, 12) : references.join(', ');

/** `images --prune`: what would go and what stays; with `yes` it goes. */
export async function pruneImages(context: Context, yes: boolean): Promise<number> {
  if (!yes) {
    const plan = await context.withSession(session => session.call('image.prune.plan', {}));
    context.answer(plan, page => {
      if (plan.remove.length === 0) page.text('Every image is used by a container: nothing would go.');
      else {
        page.heading('Would go:');
        page.table({
          columns: ['IMAGE', 'SIZE', 'BECAUSE'],
          rows: plan.remove.map(image => [
            nameOf(image),
            formatBytes(image.sizeBytes),
            image.because === 'dangling' ? 'has no name' : 'no container uses it',
          ]),
        });
      }
      if (plan.keep.length > 0) {
        page.heading('Stays:');
        page.table({
          columns: ['IMAGE', 'SIZE', 'BECAUSE'],
          rows: plan.keep.map(image => [
            nameOf(image),
            formatBytes(image.sizeBytes),
            image.because === 'has-a-name' ? 'has a name' : `used by ${image.containers.join(', ')}`,
          ]),
        });
      }
      if (plan.remove.length === 0) return;
      page.gap().text(`${formatBytes(plan.bytes)} at most; layers may be shared. Nothing was removed. To do it:`);
      page.command('siloscope images --prune --yes');
    });
    return EXIT_CODES.done;
  }
  const done = await context.withSession(async session => {
    const { remove } = await session.call('image.prune.plan', {});
    return session.call('image.prune', { images: remove.map(({ id }) => id) });
  });
  context.answer(done, page => {
    for (const image of done.images) {
      if (image.outcome === 'removed') page.text([good('[ok] '), `removed ${nameOf(image)}`]);
      else page.text([doubtful('[?] '), `kept ${nameOf(image)}: ${wordRefusalOf(image.reason ?? '')}`], { hang: 4 });
    }
    page.text(faint(`${formatCount(done.images.length, 'image')}, ${formatBytes(done.bytes)} at most.`));
  });
  return EXIT_CODES.done;
}

/** `images --remove REF`. */
export async function removeImage(context: Context, reference: string): Promise<number> {
  const answer = await context.withSession(session => session.call('image.remove', { reference }));
  context.answer(answer, page => {
    const rest = answer.deleted.length === 0 ? '; the image stays, by its other names' : '';
    page.text([good('[ok] '), `removed ${answer.untagged[0] ?? reference}${rest}`]);
  });
  return EXIT_CODES.done;
}
