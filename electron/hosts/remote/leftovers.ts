import type { ClientChannel } from 'ssh2';
import { type Clock, sleep } from '../../../shared/base/clock.ts';
import { withinLimit } from '../within-limit.ts';
import { converse } from './converse.ts';
import { encodedCommand } from './encoded-command.ts';
import { abandon, exitOf, type SshLink } from './ssh-link.ts';

/** The first line of the script that ends programs nobody waits for. */
export const SWEEP_MARKER = '# siloscope: sweep';

/** What most programs need to end by themselves, once nobody waits for them: asking for their end costs more. */
const GRACE_MS = 300;
/** So many words to look for fit into one command line with room to spare. */
const MOST_WORDS = 40;
/** What a goodbye may take: a PowerShell has to start, look and end. */
const GOODBYE_MS = 10_000;

/**
 * Programs on the far side that nobody waits for any more. sshd of Windows closes their pipes and lets them run on, also
 * when the connection ends (PowerShell/Win32-OpenSSH#1751): so they are looked for by a word that only their own command
 * line has, and ended with all that they started. What runs when a connection is cut is ended when it is back.
 */
export class Leftovers {
  readonly #link: SshLink;
  readonly #clock: Clock;
  readonly #words = new Set<string>();
  readonly #ending = new Set<Promise<void>>();
  #sweeping: Promise<void> | undefined;

  constructor(link: SshLink, clock: Clock) {
    this.#link = link;
    this.#clock = clock;
  }

  /** A program whose asker has gone, on its channel: it is given a moment to end by itself. */
  leave(channel: ClientChannel, word: string): void {
    const ending = this.#awaitEnd(channel).then(ended => {
      this.#ending.delete(ending);
      if (!ended) this.end(word);
    });
    this.#ending.add(ending);
  }

  /** A program of which no channel is left: it is ended as soon as the connection allows. */
  end(word: string): void {
    this.#words.add(word);
    this.#sweeping ??= this.#sweep().finally(() => {
      this.#sweeping = undefined;
    });
  }

  /** Resolves when nothing is left, or nothing more can be done about it. */
  async settled(): Promise<void> {
    const all = async (): Promise<void> => {
      while (this.#ending.size > 0) await Promise.all(this.#ending);
      if (this.#link.state.kind === 'up') await this.#sweeping;
    };
    const limit = { clock: this.#clock, timeoutMs: GOODBYE_MS, what: 'end of programs on the far side' };
    // Who says goodbye waits no longer, and can do no more.
    await withinLimit(all(), limit).catch(() => undefined);
  }

  async #awaitEnd(channel: ClientChannel): Promise<boolean> {
    channel.resume();
    channel.stderr.resume();
    const over = new AbortController();
    channel.once('close', () => over.abort());
    await sleep(this.#clock, GRACE_MS, over.signal).catch(() => undefined);
    abandon(channel);
    return exitOf(channel) !== undefined;
  }

  async #sweep(): Promise<void> {
    const nobody = new AbortController().signal;
    while (this.#words.size > 0) {
      const words = [...this.#words].slice(0, MOST_WORDS);
      for (const word of words) this.#words.delete(word);
      const command = encodedCommand(sweepScript(words));
      try {
        await converse(await this.#link.exec(command, nobody), undefined, ['powershell.exe'], nobody);
      } catch {
        // The host is lost: its programs are out of reach, and whoever asks is told of the loss itself.
      }
    }
  }
}

/**
 * Ends every process whose command line holds one of the words, with all that it started. The script itself does not:
 * its own command line is base64.
 */
export function sweepScript(words: readonly string[]): string {
  return [
    SWEEP_MARKER,
    `$words = ${words.map(word => `'${word}'`).join(', ')}`,
    'Get-CimInstance Win32_Process -Property ProcessId, CommandLine | ForEach-Object {',
    '  $process = $_',
    '  foreach ($word in $words) {',
    '    if ("$($process.CommandLine)".Contains($word)) { taskkill.exe /T /F /PID $process.ProcessId 2>&1 | Out-Null }',
    '  }',
    '}',
  ].join('\n');
}
