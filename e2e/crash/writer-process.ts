import { writeSync } from 'node:fs';
import { argv } from 'node:process';
import { type Death, dieAtStep } from './die-at-step.ts';
import { WRITERS } from './writers.ts';

// Writes one thing, and dies on the way where it is told to: `NAME FOLDER [AT before|half]`. Prints the steps it took.
const [, , name = '', folder = '', at, when] = argv;
const death: Death | undefined =
  at === undefined ? undefined : { at: Number(at), when: when === 'half' ? 'half' : 'before' };
const writer = WRITERS[name];
if (writer === undefined) throw new TypeError(`no writer ${name}`);
const steps = dieAtStep(death);
await writer.write(folder, 'new');
writeSync(1, JSON.stringify(steps));
