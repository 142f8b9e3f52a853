import type { Command } from 'commander';
import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import type { MupEvidence } from '../../../../shared/domain/mup-evidence.ts';
import { escapeUntrusted } from '../../../../shared/wording/plain-text.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { teach } from '../teach.ts';
import type { Page } from '../text/page.ts';
import { doubtful, faint } from '../text/style.ts';

export function addMup(program: Command, act: Act): void {
  const made = program
    .command('mup')
    .description("ask the host's MUP who its providers are, and which prefixes it remembers (undocumented)")
    .action(act(mup));
  teach(made, {
    prose: [
      'Microsoft does not document these two questions. They open no UNC path and change nothing. The answers are evidence for you: no verdict of "inspect" rests on them, and nothing asks them but this command.',
    ],
    examples: ['siloscope mup', 'siloscope mup --json'],
  });
}

async function mup(context: Context): Promise<number> {
  const evidence = await context.withSession(session => session.call('mup.read', {}));
  context.answer(evidence, page => {
    page.text(faint('Asked by undocumented calls: evidence, no proof.'));
    writeProviders(page, evidence.providers);
    writePrefixes(page, evidence.prefixCache);
  });
  return EXIT_CODES.done;
}

const safe = (text: string): string => escapeUntrusted(text, 400);

function writeProviders(page: Page, providers: MupEvidence['providers']): void {
  page.heading('Providers');
  if ('refused' in providers) page.text([doubtful('[?] '), safe(providers.refused)]);
  else {
    page.table({
      columns: ['PROVIDER', 'STATE', 'PRIORITY'],
      rows: providers.map(({ name, state, priority }) => [safe(name), state, String(priority)]),
    });
  }
}

function writePrefixes(page: Page, prefixes: MupEvidence['prefixCache']): void {
  page.heading('Prefix cache');
  if ('refused' in prefixes) page.text([doubtful('[?] '), safe(prefixes.refused)]);
  else if (prefixes.length === 0) page.text('It remembers no prefix.');
  else {
    page.table({
      columns: ['PREFIX', 'PROVIDER'],
      rows: prefixes.map(({ uncName, providerName }) => [safe(uncName), safe(providerName)]),
    });
  }
}
