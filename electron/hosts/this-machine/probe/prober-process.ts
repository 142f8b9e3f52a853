import { helperPort } from '../helper-port.ts';
import { loadNativeCalls } from '../nt/native-calls.ts';
import { openPath } from './open-path.ts';
import { ProbeQuestion, type ProbeReply } from './probe-message.ts';

// The whole of a process that opens paths for another: a file system that hangs, hangs this one, which is then killed.
const native = await loadNativeCalls();
const port = helperPort();
const reply = (message: ProbeReply): void => port.post(message);

port.onMessage(asked => {
  const { path, readBytes } = ProbeQuestion.parse(asked);
  const startedAt = performance.now();
  const answer = openPath(native.files, path, readBytes);
  const elapsedMs = performance.now() - startedAt;
  if ('status' in answer) {
    reply({ kind: 'status', elapsedMs, status: answer.status });
    return;
  }
  const { content, ...found } = answer;
  reply({
    kind: 'opened',
    elapsedMs,
    ...found,
    ...(content === undefined ? {} : { content: Buffer.from(content).toString('base64') }),
  });
});
reply({ kind: 'ready' });
