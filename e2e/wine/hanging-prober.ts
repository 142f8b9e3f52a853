import process from 'node:process';

// Stands in for the process that opens probed paths: one path hangs it as a file system would, in the middle of a call,
// and all else goes the real way. Its listener comes first, so the real one never hears of that path.
process.on('message', asked => {
  const names = typeof asked === 'object' && asked !== null && 'path' in asked && String(asked.path).endsWith('Hangs');
  if (names) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
await import('../../electron/hosts/this-machine/probe/prober-process.ts');
