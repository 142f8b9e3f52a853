import type { Command } from 'commander';
import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { teach } from '../teach.ts';
import { ELEVATE_TEXT } from '../text/elevate-text.ts';
import { faint } from '../text/style.ts';

export function addNamespace(program: Command, act: Act): void {
  const made = program
    .command('namespace')
    .description('list a directory of the object namespace: of the host, or of a container as its silo sees it')
    .argument('<path>', 'an object manager path, such as \\Device (quote the backslash in most shells)')
    .option('--in <container>', "a container's name or id; default: the host")
    .option('--elevate', `${ELEVATE_TEXT}: a silo's namespace can be listed by one only`)
    .action(act(namespace));
  teach(made, {
    prose: [
      'A volume whose type is Device belongs to that silo alone; a SymbolicLink leads elsewhere, and its target tells where.',
    ],
    examples: [
      "siloscope namespace '\\Device'",
      "siloscope namespace '\\Device' --in b",
      "siloscope namespace '\\Silos' --elevate",
      "siloscope namespace '\\GLOBAL??' --json",
    ],
  });
}

interface NamespaceOptions {
  readonly in?: string;
  readonly elevate?: boolean;
}

async function namespace(
  context: Context,
  path: string,
  { in: container, elevate }: NamespaceOptions,
): Promise<number> {
  const answer = await context.withSession(session =>
    session.call('namespace.list', {
      path,
      elevate: elevate === true ? 'ask' : 'no',
      ...(container === undefined ? {} : { in: container }),
    }),
  );
  context.answer(answer, page => {
    if (answer.entries.length === 0) page.text(`${answer.path} in ${answer.namespace} is empty.`);
    else {
      page.text(faint(`${answer.path} in ${answer.namespace}`)).table({
        columns: ['NAME', 'TYPE', 'TARGET'],
        rows: answer.entries.map(({ name, type, target }) => [name, type, target ?? '']),
      });
    }
  });
  return EXIT_CODES.done;
}
