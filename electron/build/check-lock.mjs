// The lock file must hold every platform's package and no download address, or `npm ci` fails on another machine.
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
const faults = [];

/** Node's way up: a dependency of a/node_modules/b may stand in any node_modules above it. */
function stands(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in packages) return true;
    if (at === '') return false;
    if (!at.includes('/node_modules/')) at = '';
    if (at === '' && `node_modules/${name}` in packages) return true;
  }
}

for (const [path, entry] of Object.entries(packages)) {
  if (typeof entry.resolved === 'string') faults.push(`${path}: has a download address`);
  for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
    if (!stands(path, name)) faults.push(`${path || '.'}: ${name} is missing from the lock file`);
  }
}
for (const fault of faults) process.stderr.write(`package-lock.json: ${fault}\n`);
process.stderr.write(`package-lock.json: ${Object.keys(packages).length} entries, ${faults.length} faults\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
