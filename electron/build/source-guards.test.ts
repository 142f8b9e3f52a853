import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const OTHERS = /\.(test|contract|bench|wine|spec)\.tsx?$|\.d\.ts$|(^|\/)(testing|build)\//;

/** Every source by its path, tests and the build too. */
const all = ['shared', 'electron', 'renderer', 'e2e'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(tsx?|mjs)$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')] as const),
);
/** What runs: no tests, and nothing of the build. */
const sources = all.filter(([path]) => !path.startsWith('e2e/') && !OTHERS.test(path));
const holding = (pattern: RegExp, among = sources): string[] =>
  among.filter(([, text]) => pattern.test(text)).map(([path]) => path);

describe('the sources', () => {
  it('make no markup and no program out of text', () => {
    expect(
      holding(/dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(/),
    ).toEqual([]);
  });

  // Whoever opens a connection stands below one of these, with what it is for. Nothing counts its users or calls home.
  it('open connections in these places only', () => {
    const doors = holding(DOOR).filter(path => !/^electron\/hosts\/(simulated|recording)\//.test(path));
    const places = Object.keys(DOORS);
    expect(doors.filter(path => !places.some(place => path.startsWith(place)))).toEqual([]);
    expect(places.filter(place => !doors.some(path => path.startsWith(place)))).toEqual([]);
  });

  it('start programs in these places only, and none through a shell', () => {
    expect(holding(/from 'node:child_process'/)).toEqual([
      'electron/hosts/this-machine/helper-process.ts',
      'electron/hosts/this-machine/run/run-program.ts',
    ]);
    expect(holding(/\bshell: *true|\bexecSync\(|\bexecFileSync\(.*shell/)).toEqual([]);
  });

  it('take a path from a file URL by fileURLToPath: its pathname is another where a folder has a blank', () => {
    expect(holding(/import\.meta\.url\)\.pathname/, all)).toEqual([]);
  });
});

/** An import of what opens connections, types left out, or a call that needs none. */
const DOOR =
  /^import (?!type)[^;]*from '(node:(http|https|http2|net|tls|dgram)|ws|ssh2|dockerode|electron-updater)'|import\('electron-updater'\)|\bfetch\(|new WebSocket\(|XMLHttpRequest|sendBeacon|EventSource/m;

const DOORS: Readonly<Record<string, string>> = {
  'electron/hosts/remote/': 'one SSH connection',
  'electron/hosts/this-machine/broker/': 'a named pipe for one broker',
  'electron/hosts/this-machine/engine/': "the Docker Engine's pipe, or loopback",
  'electron/services/engine/': 'HTTP over the bytes of host.dialEngine()',
  'electron/shells/cli/connect-url.ts': '--connect',
  'electron/shells/serving/web-server.ts': 'serve, on loopback',
  'electron/shells/window/packaged-updates.ts': 'newer versions, of a packaged app only',
  'renderer/app/start.tsx': "the page's own server",
  'renderer/stores/licences-store.ts': 'a file of the page',
};
