import { createThisMachine } from '../../electron/hosts/this-machine/this-machine.ts';
import { BENCH_ROOT } from './staged.ts';
import { walkNamespace } from './walk-namespace.ts';

// Prints "<objects> <links> <milliseconds>", as walk-namespace.c does. Starting up is counted in neither.
const machine = await createThisMachine();
const startedAt = performance.now();
const { objects, links } = await walkNamespace(machine.objects, BENCH_ROOT);
const elapsedMs = performance.now() - startedAt;
await machine.dispose();
process.stdout.write(`${objects} ${links.size} ${elapsedMs.toFixed(3)}\n`);
