import type { CopyProgress } from '../../../shared/domain/kept-container.ts';
import type { LaunchProgress, LaunchStep, PullProgress } from '../../../shared/domain/launch.ts';
import { wordCopying } from '../../../shared/wording/word-unwritten.ts';
import type { Context } from './context.ts';
import { bar } from './text/bar.ts';
import { launchStepLine } from './text/launch-text.ts';
import { Page } from './text/page.ts';
import { writePull } from './text/pull-text.ts';
import { styleFor } from './text/style.ts';
import { terminalLines } from './text/terminal-lines.ts';

/** Shows progress on a terminal; does nothing on a pipe, with `--json` or with `--quiet`. */
export interface Progress<P> {
  readonly told: (progress: P) => void;
  /** The answer, or the fault, follows. */
  readonly end: () => void;
}

export function pullProgress(context: Context): Progress<PullProgress> {
  return drawn(context, 'goes', (page, pull: PullProgress) => writePull(page, pull));
}

export function copyProgress(context: Context): Progress<CopyProgress> {
  return drawn(context, 'goes', (page, told: CopyProgress) => {
    const { bytes, of } = told;
    page.text(
      of === undefined || of.bytes === 0 ? wordCopying(told) : `${bar(bytes / of.bytes)}  ${wordCopying(told)}`,
    );
  });
}

/** Steps in the order in which they came, each with its latest state; the pull below its step. They stay: they tell how far it came. */
export function launchProgress(context: Context): Progress<LaunchProgress> {
  const steps = new Map<LaunchStep, LaunchProgress>();
  return drawn(context, 'stays', (page, told: LaunchProgress) => {
    steps.set(told.step, told);
    for (const step of steps.values()) {
      page.text(launchStepLine(step));
      if (step.pull !== undefined && step.state === 'started') writePull(page, step.pull);
    }
  });
}

function drawn<P>({ io, options }: Context, last: 'stays' | 'goes', write: (page: Page, told: P) => void): Progress<P> {
  const lines = options.json === true || options.quiet === true ? undefined : terminalLines(io.stderr);
  if (lines === undefined) return { told: () => undefined, end: () => undefined };
  const style = styleFor(io.stderr, io.env, options.color);
  return {
    told: told => {
      const page = new Page(style);
      write(page, told);
      lines.draw(page.toString().trimEnd());
    },
    end: () => (last === 'stays' ? lines.keep() : lines.clear()),
  };
}

/** Runs `work` with a progress display that is taken away at its end, whatever that is. */
export async function withProgress<P, T>(
  progress: Progress<P>,
  work: (told: (progress: P) => void) => Promise<T>,
): Promise<T> {
  try {
    return await work(progress.told);
  } finally {
    progress.end();
  }
}
