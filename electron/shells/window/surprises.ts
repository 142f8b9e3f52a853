import { windowLogWords } from '../../../shared/wording/window-log.ts';

interface Gone {
  readonly type: string;
  readonly name?: string;
  readonly reason: string;
}

export interface SurprisesOptions {
  readonly app: { on(event: 'child-process-gone', listener: (event: unknown, gone: Gone) => void): unknown };
  readonly process: {
    on(event: 'uncaughtException' | 'unhandledRejection', listener: (what: unknown) => void): unknown;
  };
  readonly log: (line: string) => void;
  /** Shows it to a person. */
  readonly tell: (reason: string) => void;
}

/**
 * What nobody expected goes to the log. An error that was thrown at nobody is told as well, the first time: the app runs
 * on, and may not be trusted with all it says.
 */
export function tellOfSurprises({ app, process, log, tell }: SurprisesOptions): void {
  let wasTold = false;
  process.on('uncaughtException', error => {
    const reason = reasonOf(error);
    log(windowLogWords.wentWrong(reason));
    if (wasTold) return;
    wasTold = true;
    tell(reason);
  });
  process.on('unhandledRejection', error => log(windowLogWords.wentWrong(reasonOf(error))));
  app.on('child-process-gone', (_event, { type, name, reason }) => {
    // Helpers are ended by us, and their ends are heard where they were started.
    if (type !== 'Utility') log(windowLogWords.processGone(name ?? type, reason));
  });
}

const reasonOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
