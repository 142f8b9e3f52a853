import type { Context } from './context.ts';

/** A command's work, with what commander hands it: arguments, then options, then the command. Answers the exit code. */
export type Work<A extends readonly unknown[]> = (context: Context, ...given: A) => Promise<number>;
/** Turns a command's work into what commander calls. */
export type Act = <A extends readonly unknown[]>(work: Work<A>) => (...given: A) => Promise<void>;
