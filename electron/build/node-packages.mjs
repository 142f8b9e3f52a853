// How the builds for Node and the window take packages: most stay outside, installed beside what is built. Those of many small
// files that every start needs go inside: opening a hundred files is what a start is made of, most of all on Windows, where
// each is scanned.
import { readFileSync } from 'node:fs';

const { dependencies, devDependencies } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);
const INSIDE = ['commander', 'dockerfile-ast', 'dockerode', 'log-update', 'picocolors', 'string-width', 'zod'];

/** What a build leaves to be found when it runs. */
export const OUTSIDE = [
  /^node:/,
  ...Object.keys({ ...dependencies, ...devDependencies })
    .filter(name => !INSIDE.includes(name))
    .map(name => new RegExp(`^${name}(/|$)`)),
];

/** Parts of packages inside that drag much along and that no call of ours reaches: what is asked for, and by whom. */
const UNREACHED = [
  // What BuildKit speaks, gRPC and protobuf (130 files): it does not build Windows' containers on Docker's engine.
  ['./session', /\/dockerode\/lib\/docker\.js$/],
  ['./buildkit', /\/dockerode\/lib\/docker\.js$/],
  // Engines over SSH: a connection of the host's own is dialled instead.
  ['./ssh', /\/docker-modem\/lib\/modem\.js$/],
];
const LEFT_OUT = '\0left-out';

/** Leaves those parts out of a build. Whoever calls one is told by an error. */
export function leavesOut() {
  return {
    name: 'leaves-out',
    enforce: 'pre',
    resolveId(source, importer = '') {
      const from = importer.replaceAll('\\', '/');
      return UNREACHED.some(([asked, by]) => source === asked && by.test(from)) ? LEFT_OUT : undefined;
    },
    load(id) {
      if (id !== LEFT_OUT) return undefined;
      return "module.exports = () => { throw new Error('this part of a package is left out of the build'); };";
    },
  };
}
