// Builds the window's shell into out/window: main.js (ESM) and preload.cjs, one file that requires nothing but electron: a
// sandboxed preload has no other module.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { leavesOut, OUTSIDE } from './node-packages.mjs';

/** Where the bundles go, below the root. */
const OUT = 'out/window';

function bundle({ version, root, outDir }, { entry, external, output }) {
  return build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: { __SILOSCOPE_VERSION__: JSON.stringify(version) },
    plugins: [leavesOut()],
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      target: 'node22',
      outDir,
      emptyOutDir: false,
      minify: false,
      sourcemap: true,
      rollupOptions: { external, output },
    },
  });
}

/** Processes that the host of this machine starts, since what they call may block: they open paths, and show Windows' prompt. */
export const HELPERS = {
  'prober-process': 'electron/hosts/this-machine/probe/prober-process.ts',
  'elevator-process': 'electron/hosts/this-machine/broker/elevator-process.ts',
};

/** Builds these, and the helper processes. `root` is the package's folder. */
export async function buildWindow({ version, root, outDir = OUT }) {
  const where = { version, root, outDir };
  await Promise.all([
    bundle(where, {
      entry: 'electron/shells/window/main.ts',
      external: OUTSIDE,
      // A window opens a host anyhow, and its folder is not emptied between builds: one file.
      output: { format: 'es', entryFileNames: 'main.js', codeSplitting: false },
    }),
    ...Object.entries(HELPERS).map(([name, entry]) =>
      bundle(where, {
        entry,
        external: OUTSIDE,
        output: { format: 'es', entryFileNames: `${name}.js` },
      }),
    ),
    bundle(where, {
      entry: 'electron/shells/window/preload.ts',
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
    }),
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildWindow({ version: '0.0.0', root: fileURLToPath(new URL('../..', import.meta.url)) });
}
