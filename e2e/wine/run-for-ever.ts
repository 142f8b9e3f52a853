import { createThisMachine } from '../../electron/hosts/this-machine/this-machine.ts';

// Runs a program that starts another one and never ends; the other one's number goes into the file that is named.
const machine = await createThisMachine();
const script = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
  require('node:fs').writeFileSync(process.argv[1], String(child.pid));
  setInterval(() => undefined, 1000);`;
await machine.run([process.execPath, '-e', script, process.argv[2] ?? ''], { timeoutMs: 600_000 });
