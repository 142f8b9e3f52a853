import { changePath } from './path-entry.ts';
import { openPathRegistry } from './path-registry.ts';

// What the installer runs: `node path-entry.js add|remove FOLDER [--machine]`. Exit code 0 also when nothing had to change.
const USAGE = 'usage: path-entry add|remove FOLDER [--machine]\n';

async function main(argv: readonly string[]): Promise<number> {
  const [act, folder, scope] = argv;
  if ((act !== 'add' && act !== 'remove') || folder === undefined || folder === '' || folder.includes(';')) {
    process.stderr.write(USAGE);
    return 2;
  }
  try {
    changePath(await openPathRegistry(scope === '--machine' ? 'machine' : 'user'), act, folder);
    return 0;
  } catch (caught) {
    process.stderr.write(`${caught instanceof Error ? caught.message : String(caught)}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
