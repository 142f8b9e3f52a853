import type { Command } from 'commander';
import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { readPolicy } from '../read-policy.ts';
import { teach } from '../teach.ts';
import { faint, strong } from '../text/style.ts';

export function addPolicy(program: Command, act: Act): void {
  const made = program
    .command('policy')
    .description('show who may see what, or keep a policy of your own')
    .option('--save <file|name>', 'keep this one: a JSON file, or one that comes along')
    .action(act(policy));
  teach(made, {
    prose: ['A kept policy is what the app judges by; "inspect --policy FILE" takes one for that time only.'],
    examples: ['siloscope policy --save no-leaks'],
  });
}

async function policy(context: Context, { save }: { readonly save?: string }): Promise<number> {
  const own = save === undefined ? undefined : await readPolicy(save);
  const answer = await context.withSession(async session => {
    if (own !== undefined) await session.call('policy.save', { policy: own });
    return session.call('policy.read', {});
  });
  context.answer(answer, page => {
    page.text([strong(answer.policy.name), faint(answer.origin === 'user' ? '  your own' : '  comes along')]);
    for (const [
      index,
      { allow, seenFrom, uncPrefix, container, image, label, reason },
    ] of answer.policy.rules.entries()) {
      const about = [uncPrefix, container, image, label].filter(part => part !== undefined).join(', ') || 'any volume';
      const why = reason === undefined ? '' : ` (${reason})`;
      page.text(`${index + 1}. ${allow ? 'allow' : 'forbid'} ${about}, seen from ${seenFrom}${why}`, { hang: 3 });
    }
    page.text(faint('What no rule speaks of is allowed.'));
  });
  return EXIT_CODES.done;
}
