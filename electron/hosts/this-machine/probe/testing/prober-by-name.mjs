// Stands in for the process that opens paths, on any system: what a path's last part is called decides the answer.
process.on('message', ({ path, readBytes }) => {
  const elapsedMs = 1;
  if (path.endsWith('hangs')) return;
  if (path.endsWith('dies')) process.exit(3);
  if (path.endsWith('missing')) process.send({ kind: 'status', elapsedMs, status: 0xc00000be });
  else if (path.endsWith('denied')) process.send({ kind: 'status', elapsedMs, status: 0xc0000022 });
  else if (path.endsWith('odd')) process.send({ kind: 'status', elapsedMs, status: 0xc0000120 });
  else if (readBytes > 0) {
    const content = Buffer.from(String(process.pid)).subarray(0, readBytes).toString('base64');
    process.send({ kind: 'opened', elapsedMs, winfsp: true, directory: false, content });
  } else process.send({ kind: 'opened', elapsedMs, winfsp: false, directory: true });
});
process.on('disconnect', () => process.exit(0));
process.send({ kind: 'ready' });
