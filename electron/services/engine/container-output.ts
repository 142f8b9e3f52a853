import { z } from 'zod';
import type { CallOptions, EngineConnection } from './engine-connection.ts';
import { FrameSplitter } from './frame-splitter.ts';

/** The last lines that a container wrote, both streams, in their order. Never rejects: no log is an empty text. */
export async function containerOutput(
  connection: EngineConnection,
  id: string,
  options: CallOptions & { readonly lines: number },
): Promise<string> {
  try {
    const answer: unknown = await connection.ask(
      'read logs',
      (docker, abortSignal) =>
        docker.getContainer(id).logs({ stdout: true, stderr: true, follow: false, tail: options.lines, abortSignal }),
      { timeoutMs: 10_000, ...options },
    );
    return outputText(answer);
  } catch {
    return '';
  }
}

/** Logs come framed; dockerode hands over a buffer, or a parsed value where the bytes happened to be JSON. */
function outputText(answer: unknown): string {
  if (!Buffer.isBuffer(answer)) return typeof answer === 'string' ? answer : '';
  return Buffer.concat(new FrameSplitter().push(answer).map(frame => frame.payload)).toString('utf8');
}

const Top = z.object({ Titles: z.array(z.string()).catch([]), Processes: z.array(z.array(z.string())).nullish() });

/** The processes of a container: name and host process id. */
export async function containerProcesses(
  connection: EngineConnection,
  id: string,
  options?: CallOptions,
): Promise<readonly { readonly name: string; readonly processId: number }[]> {
  const answer: unknown = await connection.ask(
    'list processes',
    (docker, abortSignal) => docker.getContainer(id).top({ abortSignal }),
    options,
  );
  const { Titles, Processes } = Top.parse(answer);
  const name = Titles.indexOf('Name');
  const pid = Titles.indexOf('PID');
  return (Processes ?? []).flatMap(row => {
    const processId = Number.parseInt(row[pid] ?? '', 10);
    return Number.isInteger(processId) && processId > 0 ? [{ name: row[name] ?? '', processId }] : [];
  });
}
