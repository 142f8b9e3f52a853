import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildNode } from '../../electron/build/node-build.mjs';

const out = fileURLToPath(new URL('../../out', import.meta.url));

/** A program that may be killed, as a file for Node. */
export interface BuiltProgram {
  readonly program: string;
  dispose(): Promise<void>;
}

/** Builds a program of this folder. */
export const builtWriter = (entry: 'journal-writer.ts' | 'writer-process.ts'): Promise<BuiltProgram> =>
  builtProgram(`e2e/crash/${entry}`);

/** Builds a program: below the package, so that Node finds what it imports. */
export async function builtProgram(entry: string): Promise<BuiltProgram> {
  await mkdir(out, { recursive: true });
  const folder = await mkdtemp(join(out, 'crash-'));
  await buildNode(entry, folder);
  return { program: join(folder, 'main.js'), dispose: () => rm(folder, { recursive: true, force: true }) };
}
