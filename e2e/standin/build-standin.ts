import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the stand-in into `outDir`, below the package, so that Node finds the packages it imports. */
export async function buildStandin(outDir: string): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node20.19',
      outDir,
      emptyOutDir: true,
      minify: false,
      rollupOptions: {
        input: { electron: 'e2e/standin/electron.ts', runner: 'e2e/standin/runner.ts' },
        external: [/^node:/, ...builtinModules, '@playwright/test'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  });
}
