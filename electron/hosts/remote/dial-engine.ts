import type { Duplex } from 'node:stream';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { EngineLinks } from './engine-links.ts';
import { exitOf } from './ssh-link.ts';

const ENDPOINT = 'docker system dial-stdio';

/**
 * One connection to the far engine: a channel on which the docker CLI over there passes every byte on. Its failure shows
 * when the engine does not answer, so the first complaint on standard error ends the connection with its cause.
 */
export async function dialFarEngine(links: EngineLinks, signal: AbortSignal): Promise<Duplex> {
  const channel = await links.exec(ENDPOINT, signal);
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
  return channel;
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
