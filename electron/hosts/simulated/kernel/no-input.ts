import type { ByteSource } from '../machine.ts';

/** Standard input of a process that was given none: at its end from the start. */
export const noInput: ByteSource = { read: () => Promise.resolve(undefined) };
