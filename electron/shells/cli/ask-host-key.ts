import { wordFault } from '../../../shared/wording/word-fault.ts';
import { wordKeyQuestion } from '../../../shared/wording/word-ssh.ts';
import type { UnknownHostKey } from '../serving/with-host-key.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { Page } from './text/page.ts';
import { styleFor } from './text/style.ts';

/** Asks at the terminal whether a host's key is its own. Where nobody can be asked, the answer is no. */
export async function askHostKey(io: Io, options: GlobalOptions, shown: UnknownHostKey): Promise<boolean> {
  const { stdin, stderr } = io;
  if (stdin?.isTTY !== true || !stderr.isTTY || options.json === true) return false;
  const { title, cause, command } = wordFault(shown);
  const page = new Page(styleFor(stderr, io.env, options.color)).text(title).text(cause);
  if (command !== undefined) page.gap().text(wordKeyQuestion.compare).command(command).gap();
  stderr.write(`${page.toString()}${wordKeyQuestion.accept} `);
  const line = await nextLine(io);
  return line === 'yes' || line === shown.fingerprint;
}

/** What is typed up to the end of the line; empty when the input ends or the command is broken off. */
function nextLine({ stdin, signal }: Io): Promise<string> {
  return new Promise(resolve => {
    let typed = '';
    const undo: (() => void)[] = [];
    const done = (line: string): void => {
      for (const one of undo.splice(0)) one();
      resolve(line.trim());
    };
    const stop = (): void => done('');
    signal.addEventListener('abort', stop, { once: true });
    undo.push(() => signal.removeEventListener('abort', stop));
    if (stdin === undefined || signal.aborted) return stop();
    undo.push(
      stdin.onEnd(stop),
      stdin.onData(text => {
        typed += text;
        const end = typed.search(/[\r\n]/);
        if (end >= 0) done(typed.slice(0, end));
      }),
    );
  });
}
