import type { Process, SpawnRequest } from '../machine.ts';

/** Runs a command line wherever `spawn` starts it, and answers what it printed on standard output. */
export async function runIn(spawn: (request: SpawnRequest) => Promise<Process>, commandLine: string): Promise<string> {
  const chunks: Buffer[] = [];
  const stdout = {
    write: (bytes: Uint8Array | string): Promise<void> => {
      chunks.push(Buffer.from(bytes));
      return Promise.resolve();
    },
  };
  const process = await spawn({ commandLine, stdout, stderr: { write: () => Promise.resolve() } });
  await process.ended;
  return Buffer.concat(chunks).toString('utf8');
}
