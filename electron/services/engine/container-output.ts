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
