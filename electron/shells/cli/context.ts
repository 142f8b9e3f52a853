import { openAskingKey } from '../serving/with-host-key.ts';
import { askHostKey } from './ask-host-key.ts';
import { type GlobalOptions, type Target, targetOf } from './global-options.ts';
import type { Io } from './io.ts';
import { jsonPieces } from './json-pieces.ts';
import { type Doors, openSession, type Session } from './session.ts';
import { Page } from './text/page.ts';
import { type Style, styleFor } from './text/style.ts';

/** What a command is given: the options all commands share, a way to the services, and where its answer goes. */
export interface Context {
  readonly io: Io;
  readonly doors: Doors;
  readonly options: GlobalOptions;
  readonly style: Style;
  /** The words behind `--`, if there were any. */
  readonly commandLine: readonly string[] | undefined;
  target(): Target;
  /** Opens the target (or another one), works, and closes it whatever happens. */
  withSession<T>(work: (session: Session) => Promise<T>, other?: Target): Promise<T>;
  /** The answer, on stdout: as JSON with `--json`, else as the page that `write` fills. */
  answer(json: object, write: (page: Page) => void): void;
  /** The answer of a command whose page has been written as it came. */
  answerIfJson(json: unknown): void;
  /** One line of an endless answer (`watch`, `sim`): compact JSON, or the page. */
  line(json: unknown, write: (page: Page) => void): void;
  /** What went wrong, on stderr, `--quiet` or not. */
  complain(write: (page: Page) => void): void;
  /** A remark beside the answer, on stderr; silent with `--json` and `--quiet`. */
  remark(write: (page: Page) => void): void;
}

export function createContext(
  io: Io,
  given: Doors,
  options: GlobalOptions,
  commandLine: readonly string[] | undefined,
): Context {
  const style = styleFor(io.stdout, io.env, options.color);
  const json = options.json === true;
  const page = (to: Io['stdout'], write: (page: Page) => void): void => {
    const filled = new Page(to === io.stdout ? style : styleFor(to, io.env, options.color));
    write(filled);
    to.write(filled.toString());
  };
  const target = (): Target => targetOf(options, io);
  // What this command opens, its user asked for: a new host key may be asked about here. What a page asks for comes later.
  const doors: Doors = {
    ...given,
    openServices: (wanted, signal, further) =>
      openAskingKey(
        wanted,
        target => given.openServices(target, signal, further),
        shown => askHostKey(io, options, shown),
      ),
  };
  return {
    io,
    doors,
    options,
    style,
    commandLine,
    target,
    withSession: async (work, other) => {
      const session = await openSession(other ?? target(), doors, io.signal);
      try {
        return await work(session);
      } finally {
        await session.close();
      }
    },
    answer: (value, write) => {
      if (!json) page(io.stdout, write);
      else for (const piece of jsonPieces(value)) io.stdout.write(piece);
    },
    answerIfJson: value => {
      if (json) io.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
    },
    line: (value, write) => {
      if (json) io.stdout.write(`${JSON.stringify(value)}\n`);
      else page(io.stdout, write);
    },
    complain: write => page(io.stderr, write),
    remark: write => {
      if (!json && options.quiet !== true) page(io.stderr, write);
    },
  };
}
