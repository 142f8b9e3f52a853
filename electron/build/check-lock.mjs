// A lock file must hold every platform's package and no download address, or `npm ci` fails on another machine.
import { readFileSync } from 'node:fs';

const LOCKS = ['package-lock.json', 'e2e/wine/package-lock.json', 'electron/build/pack/node/package-lock.json'];

/** Node's way up: a dependency of a/node_modules/b may stand in any node_modules above it. */
function stands(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in packages) return true;
    if (at === '') return false;
    if (!at.includes('/node_modules/')) at = '';
    if (at === '' && `node_modules/${name}` in packages) return true;
  }
}

function faultsOf(packages) {
  const faults = [];
  for (const [path, entry] of Object.entries(packages)) {
    if (typeof entry.resolved === 'string') faults.push(`${path}: has a download address`);
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      if (!stands(packages, path, name)) faults.push(`${path || '.'}: ${name} is missing from the lock file`);
    }
  }
  return faults;
}

for (const lock of LOCKS) {
  const { packages } = JSON.parse(readFileSync(new URL(`../../${lock}`, import.meta.url), 'utf8'));
  const faults = faultsOf(packages);
  for (const fault of faults) process.stderr.write(`${lock}: ${fault}\n`);
  process.stderr.write(`${lock}: ${Object.keys(packages).length} entries, ${faults.length} faults\n`);
  if (faults.length > 0) process.exitCode = 1;
}
