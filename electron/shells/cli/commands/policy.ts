import type { Command } from 'commander';
import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import { expiredAcceptances } from '../../../../shared/domain/judge-policy.ts';
import { wordGuard, wordGuardAct } from '../../../../shared/wording/word-guard.ts';
import {
  policyPrecedence,
  wordAcceptance,
  wordOtherwise,
  wordPolicedFindings,
  wordRule,
} from '../../../../shared/wording/word-policy.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { readPolicy } from '../read-policy.ts';
import { teach } from '../teach.ts';
import { bad, faint, strong } from '../text/style.ts';

export function addPolicy(program: Command, act: Act): void {
  const made = program
    .command('policy')
    .description('show who may see what and what the guard finds, or keep a policy of your own')
    .option('--save <file|name>', 'keep this one: a JSON file, or one that comes along')
    .action(act(policy));
  teach(made, {
    prose: [
      'A policy is a JSON file: name, rules (uncPrefix, container, image, label, profile; seenFrom; allow), otherwise, findings that count as violations (by code, or with findingsFrom by severity), and acceptances (code, what of, reason, until). Its JSON Schema: assets/policy/policy.schema.json.',
      'A kept policy is what the app and its guard judge by; "inspect --policy FILE" takes one for that time only. How it decides:',
    ],
    terms: policyPrecedence,
    examples: [
      'siloscope policy --save no-leaks',
      'siloscope inspect --probe --policy policy.json --sarif leaks.sarif',
    ],
  });
}

async function policy(context: Context, { save }: { readonly save?: string }): Promise<number> {
  const own = save === undefined ? undefined : await readPolicy(save);
  const answer = await context.withSession(async session => {
    if (own !== undefined) await session.call('policy.save', { policy: own.policy });
    const [kept, { guards }] = await Promise.all([session.call('policy.read', {}), session.call('guard.read', {})]);
    return { ...kept, guards };
  });
  context.answer(answer, page => {
    page.text([strong(answer.policy.name), faint(answer.origin === 'user' ? '  your own' : '  comes along')]);
    for (const [index, rule] of answer.policy.rules.entries())
      page.text(`${index + 1}. ${wordRule(rule)}`, { hang: 3 });
    page.text(faint(wordOtherwise(answer.policy)));
    const { acceptances = [] } = answer.policy;
    const policed = wordPolicedFindings(answer.policy);
    if (policed !== undefined) page.text(policed);
    const over = new Set(expiredAcceptances(answer.policy, context.io.clock.now()));
    for (const acceptance of acceptances) {
      const mark = over.has(acceptance) ? bad('[over] ') : faint('accepted: ');
      page.text([mark, wordAcceptance(acceptance)], { hang: 2 });
    }
    for (const guard of answer.guards) {
      page.gap().text(wordGuard(guard));
      for (const violation of [...guard.violations, ...guard.findings])
        page.text([bad('[!] '), violation.summary], { indent: 2, hang: 6 });
      for (const act of guard.acts) page.text([faint(`${act.at}  `), wordGuardAct(act)], { indent: 2, hang: 6 });
    }
  });
  return EXIT_CODES.done;
}
