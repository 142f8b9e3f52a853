import type { Command } from 'commander';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import { explain } from '../../../../shared/domain/error-decoder.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { teach } from '../teach.ts';
import { tellKnownError } from '../text/known-error-text.ts';

export function addExplain(program: Command, act: Act): void {
  const made = program
    .command('explain')
    .description('explain an error of Docker, WinFsp or Windows: its cause and the next step')
    .argument('[code-or-text...]', 'a code such as 0xc0370101, -1073741515 or 1060, or the text that was printed')
    .action(act(tellExplanation));
  teach(made, {
    examples: [
      'siloscope explain 0xc0370101',
      "siloscope explain 'hcs::CreateComputeSystem ... 0xc0370106'",
      'docker start a 2>&1 | xargs -0 siloscope explain',
    ],
  });
}

async function tellExplanation(context: Context, words: readonly string[]): Promise<number> {
  const asked = [...words, ...(context.commandLine ?? [])].join(' ').trim();
  if (asked === '') {
    const message = 'expected a code, or the text that was printed';
    throw new FaultError({ code: 'invalid-input', issues: [{ path: 'code-or-text', message }] });
  }
  const decoded = explain(asked);
  if (decoded === undefined) throw new FaultError({ code: 'not-found', what: 'explanation', name: asked });
  context.answer(decoded, page => tellKnownError(page, decoded));
  return EXIT_CODES.done;
}
