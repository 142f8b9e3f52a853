// Writes into README.md what the program really prints, and the picture of who imports whom.
// A block stands between `<!-- out: COMMAND -->` and `<!-- /out -->`; `npm run readme` makes them anew.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = fileURLToPath(new URL('siloscope.mjs', import.meta.url));
const file = new URL('../../README.md', import.meta.url);

function printed(command) {
  const [program, ...argv] = command.split(' ');
  if (program !== 'siloscope') throw new Error(`README.md: only siloscope is run, not "${program}"`);
  const { stdout, stderr, error } = spawnSync(process.execPath, [bin, ...argv], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', COLUMNS: '100' },
  });
  if (error !== undefined) throw error;
  return `\`\`\`text\n$ ${command}\n${`${stdout}${stderr}`.trimEnd()}\n\`\`\``;
}

async function picture() {
  const { output } = await cruise(['shared', 'electron', 'renderer'], {
    baseDir: root,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(test|property|contract|test-d)|electron/build|/testing/|^node|node_modules' },
    includeOnly: { path: '^(shared|electron|renderer)/' },
    outputType: 'mermaid',
    collapse: '^electron/hosts/(simulated|host\\.ts)|^electron/shells/[^/]+|^(shared|renderer)/[^/]+|^electron/[^/]+',
  });
  if (typeof output !== 'string') throw new TypeError('dependency-cruiser drew no picture');
  return `\`\`\`mermaid\n${output.trim()}\n\`\`\``;
}

const before = readFileSync(file, 'utf8');
const blocks = [...before.matchAll(/<!-- out: (.+?) -->\n[\s\S]*?<!-- \/out -->/g)];
let after = before;
for (const [block, command] of blocks) {
  const made = command === 'imports' ? await picture() : printed(command);
  after = after.replace(block, () => `<!-- out: ${command} -->\n${made}\n<!-- /out -->`);
}
writeFileSync(file, after);
process.stderr.write(`README.md: ${blocks.length} blocks made anew\n`);
