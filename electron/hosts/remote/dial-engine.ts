import type { Duplex } from 'node:stream';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { EngineLinks } from './engine-links.ts';
import { newExitMark } from './exit-mark.ts';
import type { FarShell } from './far-shell.ts';
import { abandon, exitOf } from './ssh-link.ts';
import { unlessGone } from './unless-gone.ts';

const ENDPOINT = 'docker system dial-stdio';

/** So much may a far shell say of its own when it starts, in bytes. */
const MOST_GREETING = 1_048_576;

/**
 * The command whose channel it is. What a far shell says by itself (a PowerShell's profile, a cmd's `AutoRun`) comes before
 * the line with the mark, and is none of the engine's. `echo` is said by any shell in any language mode.
 */
export function dialLine(shell: Pick<FarShell, 'kind'>, mark: string): string {
  return `echo ${mark}${shell.kind === 'cmd' ? '&' : ';'} ${ENDPOINT}`;
}

/**
 * One connection to the far engine: a channel on which the docker CLI over there passes every byte on. Its failure shows
 * when the engine does not answer, so the first complaint on standard error ends the connection with its cause.
 */
export async function dialFarEngine(
  links: EngineLinks,
  shell: Pick<FarShell, 'kind'>,
  signal: AbortSignal,
): Promise<Duplex> {
  const mark = newExitMark();
  const channel = await links.exec(dialLine(shell, mark), signal);
  let said = '';
  channel.stderr.on('data', (bytes: Buffer) => {
    said = `${said}${bytes.toString('utf8')}`.slice(0, 4_000);
  });
  const ended = (): void => {
    const code = exitOf(channel) ?? 0;
    if (code === 0 || said === '') return;
    // ssh2's own destroy takes no error along.
    channel.emit('error', engineFault(code, said));
    channel.destroy();
  };
  channel.once('exit', ended);
  // It came to its end already; what it said is read by then.
  if (exitOf(channel) !== undefined) setImmediate(ended);
  // One that nobody reads any more may still fail: that is not news to anybody.
  channel.on('error', () => undefined);
  await unlessGone(pastMark(channel, mark), signal, () => abandon(channel));
  return channel;
}

/** Resolves when what comes next is the engine's; also where the channel ends before: who reads on is told why. */
function pastMark(channel: Duplex, mark: string): Promise<void> {
  let said = Buffer.alloc(0);
  return new Promise(resolve => {
    const leave = (): void => {
      channel.off('readable', look);
      channel.off('close', leave);
      resolve();
    };
    const look = (): void => {
      for (let bytes: unknown = channel.read(); bytes instanceof Uint8Array; bytes = channel.read()) {
        said = Buffer.concat([said, bytes]);
        const at = said.indexOf(mark, 0, 'latin1');
        const end = at < 0 ? -1 : said.indexOf('\n', at + mark.length);
        if (end < 0 && said.length <= MOST_GREETING) continue;
        if (end < 0) channel.destroy();
        else if (end + 1 < said.length) channel.unshift(said.subarray(end + 1));
        leave();
        return;
      }
    };
    channel.on('readable', look);
    channel.once('close', leave);
  });
}

/** Win32 9009 or 1 with words of the shell: there is no docker over there. Any other end is the CLI's own complaint. */
function engineFault(code: number, said: string): FaultError {
  const missing =
    code === 9009 || (/['"«]?docker['"»]?/i.test(said) && !/error during connect|daemon|pipe/i.test(said));
  return new FaultError({
    code: 'engine-unreachable',
    endpoint: ENDPOINT,
    cause: missing ? 'there is no docker CLI on the far side' : 'the docker CLI over there could not reach its engine',
    raw: said.trim(),
  });
}
