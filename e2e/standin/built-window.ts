import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';
import { findChromium } from '../../electron/build/find-chromium.mjs';
import { buildWindow } from '../../electron/build/window-build.mjs';
import { isRequired } from '../fixtures/needing.ts';
import { buildStandin } from './build-standin.ts';
import type { Recorded } from './modelled.ts';
import { startWindow, type WindowProcess, type WindowProcessOptions } from './window-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The built window and the stand-in for Electron, for one file of tests: below `out/NAME`, and gone with the tests.
 * `packed` is the folder of a window that is not to be built.
 */
export function builtWindow(name: string, packed?: string) {
  const chromium = findChromium();
  const folder = join(root, 'out', name);
  const [standin, window] = [join(folder, 'electron'), packed ?? join(folder, 'window')];
  const started: WindowProcess[] = [];
  let mutants = 0;
  afterAll(async () => {
    await Promise.all(started.map(process => process.end()));
    await rm(folder, { recursive: true, force: true });
  });
  return {
    /** Why nothing can be tried here; empty where it can. */
    why: chromium === undefined ? ' (skipped: no Chromium; install it, or set SILOSCOPE_CHROMIUM)' : '',
    needsBrowser: isRequired('chromium'),
    /** Builds what is to be built. */
    open: async (): Promise<void> => {
      await buildStandin(standin);
      if (packed === undefined) await buildWindow({ version: '0.0.0', root, outDir: window });
    },
    start: async (options: Partial<WindowProcessOptions> = {}): Promise<WindowProcess> => {
      const process = await startWindow({
        chromium: chromium ?? '',
        standin,
        main: join(window, 'main.js'),
        ...options,
      });
      started.push(process);
      return process;
    },
    /** The built window with some of its text changed; answers its main. */
    mutant: async (file: 'main.js' | 'preload.cjs', change: (text: string) => string): Promise<string> => {
      const changedFolder = join(folder, `mutant-${mutants++}`);
      await mkdir(changedFolder, { recursive: true });
      await cp(window, changedFolder, { recursive: true });
      const text = await readFile(join(changedFolder, file), 'utf8');
      const changed = change(text);
      expect(changed).not.toBe(text);
      await writeFile(join(changedFolder, file), changed);
      return join(changedFolder, 'main.js');
    },
  };
}

/** Asks again until the answer is truthy; the limit is a failure with a name. */
export async function until<T>(what: string, ask: () => Promise<T>): Promise<NonNullable<T>> {
  for (let tries = 0; tries < 400; tries++) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`it never came: ${what}`);
}

export const called = async (process: WindowProcess, who: string, call: string): Promise<readonly Recorded[]> =>
  (await process.recorded()).filter(entry => entry.who === who && entry.call === call);

export const evaluate = (process: WindowProcess, code: string): Promise<unknown> =>
  process.ask({ what: 'evaluate', code });

export const drawn = (process: WindowProcess): Promise<unknown> =>
  until('the page', () =>
    evaluate(process, 'document.readyState === "complete" && document.querySelector("main") !== null'),
  );

/** Calls over the bridge by hand and answers the frame that comes back. */
export const callByHand = (id: number, name: string, input: string): string =>
  `new Promise(resolve => {
    const undo = siloscope.onFrame(text => { const frame = JSON.parse(text); if (frame.id === ${id} && frame.kind !== 'progress') { undo(); resolve(frame); } });
    siloscope.send({ kind: 'call', id: ${id}, name: '${name}', input: ${input} });
  })`;
