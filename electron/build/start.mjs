// What `npm start` runs after the build: the window where Electron and a display are, else the page on loopback. Says
// which, and why, in two lines. Arguments go on to either: --scenario NAME, --host HOST.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The Electron binary, found as its own package finds it, but without its `require`: that would start a download where
 * there is none.
 */
export function findElectron(env, resolve = createRequire(import.meta.url).resolve) {
  let folder;
  try {
    folder = dirname(resolve('electron/package.json'));
  } catch {
    return { why: 'Electron is not installed' };
  }
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH;
  const told = join(folder, 'path.txt');
  const name = existsSync(told)
    ? readFileSync(told, 'utf8').trim()
    : process.platform === 'win32'
      ? 'electron.exe'
      : process.platform === 'darwin'
        ? 'Electron.app/Contents/MacOS/Electron'
        : 'electron';
  const binary = join(dist || join(folder, 'dist'), name);
  if (existsSync(binary)) return { binary };
  return { why: "Electron's own program is not here (npx install-electron fetches it)" };
}

/** Why no window can be shown, if so. `uid` is 0 for root, for whom Chromium has no sandbox on Linux. */
export function whyNoWindow({ env, platform, uid }) {
  if (platform === 'win32' || platform === 'darwin') return undefined;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display';
  return uid === 0 ? 'a window for root would have no sandbox' : undefined;
}

/** How to start: the window, or the page and the reason. */
export function chooseStart(around, electron = findElectron(around.env)) {
  const why = electron.why ?? whyNoWindow(around);
  return why === undefined ? { kind: 'window', binary: electron.binary } : { kind: 'page', why };
}

/** Arguments that only a window has a use for. */
const FOR_WINDOWS = /^(--hidden$|--profile=|--workspace=|siloscope:)/i;

/**
 * The page's address in what `serve --json` prints when it is ready, the token behind its #; without a built page, the
 * address for other commands. Undefined in what it prints when it could not begin.
 */
export function pageAddress(line) {
  const { page, connect } = JSON.parse(line);
  return page ?? connect;
}

/** A program that ends so soon has shown nobody a window. */
const AT_ONCE_MS = 10_000;

/**
 * Why there is no window though Electron was started, if so: its program may lack a library, or on Linux a sandbox
 * (electron#42510). `end` is what came of the process, `lastedMs` how long it was there.
 */
export function whyEnded({ error, code, signal }, lastedMs) {
  if (error !== undefined) return `Electron's own program could not be started (${error.code ?? error.message})`;
  if (code === 0 || lastedMs > AT_ONCE_MS || ['SIGINT', 'SIGTERM', 'SIGHUP'].includes(signal)) return undefined;
  return `Electron's own program ended at once (${signal ?? `code ${code}`}; its reason is above)`;
}

/**
 * The arguments as Electron takes them: `--host ssh://me@there` as one word. It starts nothing where a word follows one
 * that looks like a URL.
 */
export function windowArguments(argv) {
  const words = [];
  for (const word of argv) {
    const isValue = /^--(host|scenario|profile|workspace)$/.test(words.at(-1) ?? '') && !word.startsWith('-');
    words.push(isValue ? `${words.pop()}=${word}` : word);
  }
  return words;
}

function openWindow(binary, argv) {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const words = [join(root, 'out', 'window', 'main.js'), ...windowArguments(argv)];
  const child = spawn(binary, words, { stdio: 'inherit', env });
  process.stderr.write(
    'Siloscope opens its window. Closing it leaves the icon in the notification area; Exit is there.\n',
  );
  return child;
}

function servePage(why, argv) {
  const words = windowArguments(argv).filter(word => !FOR_WINDOWS.test(word));
  const target = words.some(word => /^--(host|scenario)\b/.test(word)) ? [] : ['--scenario', 'default'];
  const child = spawn(
    process.execPath,
    [join(root, 'electron', 'build', 'siloscope.mjs'), '--json', ...target, ...words, 'serve'],
    { stdio: ['ignore', 'pipe', 'inherit'], cwd: root },
  );
  let said = '';
  child.stdout.on('data', chunk => {
    const wasReady = said.includes('\n');
    said += chunk;
    if (wasReady || !said.includes('\n')) return;
    const [line] = said.split('\n', 1);
    const address = pageAddress(line);
    if (address === undefined) {
      const { title, cause, next } = JSON.parse(line).words;
      process.stderr.write(`No window, because ${why}; and no page. ${title} ${cause} ${next}\n`);
    } else {
      process.stdout.write(`No window, because ${why}; the same screens are on a page of this machine:\n`);
      process.stdout.write(`${address}   (Ctrl-C ends it)\n`);
    }
  });
  return child;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const argv = process.argv.slice(2);
  const chosen = chooseStart({ env: process.env, platform: process.platform, uid: process.getuid?.() });
  const startedAt = performance.now();
  let child = chosen.kind === 'window' ? openWindow(chosen.binary, argv) : servePage(chosen.why, argv);
  const follow = isWindow => {
    const ended = (code, signal, error) => {
      const why = isWindow ? whyEnded({ error, code, signal }, performance.now() - startedAt) : undefined;
      if (why === undefined) process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
      else {
        child = servePage(why, argv);
        follow(false);
      }
    };
    child.on('error', error => ended(null, null, error));
    child.on('exit', (code, signal) => ended(code, signal));
  };
  follow(chosen.kind === 'window');
  // A terminal sends Ctrl-C to the child as well, and a second one would cut its end short.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
}
