import type { Clock } from '../../../shared/base/clock.ts';
import type { EngineConnection } from './engine-connection.ts';
import { type ExecAnswer, execInContainer } from './exec.ts';

/** What of cmd.exe is used in containers. The path is one argument. */
export type CmdVerb = 'dir' | 'type' | 'delete' | { readonly write: string };

const VARIABLE = 'SILOSCOPE_PATH';

/**
 * Runs one of cmd.exe's own commands on a path in a container. The path is data, possibly a hostile name: it travels in
 * an environment variable, in quotes, so that neither the engine's way of composing a command line nor cmd.exe's
 * reading of `&`, `;` or `%` can make anything else of it. Undefined for a path that cannot be quoted.
 */
export async function cmdInContainer(
  around: { readonly connection: EngineConnection; readonly clock: Clock },
  container: string,
  verb: CmdVerb,
  path: string,
  options: {
    readonly timeoutMs: number;
    readonly signal?: AbortSignal | undefined;
    readonly enough?: number | undefined;
  },
): Promise<ExecAnswer | undefined> {
  if (!isQuotable(path)) return undefined;
  return execInContainer(around.connection, around.clock, {
    container,
    argv: ['cmd.exe', '/d', '/c', ...words(verb)],
    environment: { [VARIABLE]: `"${path}"` },
    ...options,
  });
}

/** No file name of Windows holds a quote or a control character; a name that does is not passed on. */
function isQuotable(path: string): boolean {
  const isPlain = (char: string): boolean => char >= ' ' && char !== '"' && char !== '\u007f';
  return path.length < 2_000 && Array.from(path).every(isPlain);
}

function words(verb: CmdVerb): readonly string[] {
  if (verb === 'dir' || verb === 'type') return [verb, `%${VARIABLE}%`];
  if (verb === 'delete') return ['del', '/q', '/f', `%${VARIABLE}%`];
  return ['echo', `${verb.write}>`, `%${VARIABLE}%`];
}
