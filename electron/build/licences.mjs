// The licences of what others wrote and we pass on: what the page's bundle was made of, and the packages that run beside
// it. The page shows them, and a package carries them as text.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UNREACHED } from './pack/thin-modules.mjs';

/** The folder of the package that a module belongs to; undefined for a module of ours. */
export function packageFolderOf(module) {
  const path = module.replaceAll('\\', '/').replace(/^\0/, '').replace(/\?.*$/, '');
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

/** The packages that run beside our code, from a lock file: no development, no other platform, nothing that is left out. */
export function carriedPackages(lock) {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => {
      if (path === '' || entry.dev === true || entry.devOptional === true) return false;
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      if (UNREACHED.some(left => name === left || name.startsWith(`${left}/`))) return false;
      return entry.os === undefined || entry.os.includes('win32');
    })
    .map(([path]) => path);
}

/** What a package says of its terms; `text` is absent where it carries none. */
export function readLicence(folder) {
  const description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find(name => /^(licen[cs]e|copying)/i.test(name));
  const text =
    file === undefined ? undefined : readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
  return {
    name: description.name,
    version: description.version,
    licence: licenceName(description),
    ...(text === undefined ? {} : { text }),
  };
}

/** Packages older than today's field have a list of kinds. */
function licenceName({ license, licenses }) {
  if (typeof license === 'string') return license;
  if (typeof license?.type === 'string') return license.type;
  const kinds = Array.isArray(licenses) ? licenses.map(({ type }) => type) : [];
  return kinds.length === 0 ? 'not stated' : kinds.join(' OR ');
}

/** All of them by name, each version once. A part for another platform is not installed here; its siblings say the same. */
export function licencesOf(folders) {
  const found = new Map();
  for (const folder of folders) {
    if (!existsSync(join(folder, 'package.json'))) continue;
    const licence = readLicence(folder);
    found.set(`${licence.name}@${licence.version}`, licence);
  }
  return [...found.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** As one text, for a file beside the program. */
export function licencesText(licences) {
  const parts = licences.map(({ name, version, licence, text }) => {
    const head = `${name} ${version} (${licence})`;
    return `${head}\n${'-'.repeat(head.length)}\n\n${text ?? `The package carries no text; its description says: ${licence}.`}\n`;
  });
  return `Siloscope is made with the work of others.\n\n${parts.join('\n\n')}`;
}

/** Puts `licences.json` beside the page: of what was bundled, and of what the lock file of `root` says runs beside it. */
export function licencesPlugin(root) {
  return {
    name: 'licences',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap(chunk => ('modules' in chunk ? Object.keys(chunk.modules) : []));
      const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
      const folders = [
        ...modules.map(packageFolderOf).filter(folder => folder !== undefined),
        ...carriedPackages(lock).map(path => join(root, path)),
      ];
      this.emitFile({ type: 'asset', fileName: 'licences.json', source: JSON.stringify(licencesOf(new Set(folders))) });
    },
  };
}
