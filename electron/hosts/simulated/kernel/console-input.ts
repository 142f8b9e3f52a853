import type { ByteSink, ByteSource } from '../machine.ts';

/** Standard input of a process that was given none: at its end from the start. */
export const noInput: ByteSource = { read: () => Promise.resolve(undefined) };

/** Standard output of a process whose output nobody wants, such as a service's. */
export const noOutput: ByteSink = { write: () => Promise.resolve() };
