// The forced command of the lane's sshd: hands what the client asked for to the simulated Windows behind a Unix socket,
// byte by byte, and what comes back to sshd. It knows nothing of commands; far-machine.ts does.
//
// A frame is a letter, the length as four bytes, and the bytes. Towards the machine: c(ommand), i(nput), e(nd of input).
// From it: o(utput), r (standard error), x (exit code, four bytes). A Unix exit code has eight bits: the rest is lost here.
import { writeSync } from 'node:fs';
import { connect } from 'node:net';

const machine = connect(process.argv[2] ?? '');

function send(letter, bytes = Buffer.alloc(0)) {
  const head = Buffer.alloc(5);
  head.write(letter);
  head.writeUInt32BE(bytes.length, 1);
  return machine.write(Buffer.concat([head, bytes]));
}

send('c', Buffer.from(process.env['SSH_ORIGINAL_COMMAND'] ?? '', 'utf8'));
process.stdin.on('data', bytes => {
  if (send('i', bytes)) return;
  process.stdin.pause();
  machine.once('drain', () => process.stdin.resume());
});
process.stdin.on('end', () => send('e'));

// Nothing tells when the client closes its channel before the end: sshd closes its side of the socket pair, and only who
// writes hears of it. Writing nothing is enough.
const listening = setInterval(() => {
  try {
    writeSync(1, Buffer.alloc(0));
  } catch (caught) {
    if (caught instanceof Error && 'code' in caught && caught.code !== 'EAGAIN') process.exit(255);
  }
}, 50);
process.stdout.on('error', () => process.exit(255));
process.stderr.on('error', () => process.exit(255));

let rest = Buffer.alloc(0);
let exitCode = 255;
machine.on('data', bytes => {
  rest = Buffer.concat([rest, bytes]);
  while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
    const end = 5 + rest.readUInt32BE(1);
    const payload = rest.subarray(5, end);
    const letter = String.fromCharCode(rest[0] ?? 0);
    if (letter === 'x') exitCode = payload.readUInt32BE(0) & 0xff;
    else {
      const stream = letter === 'o' ? process.stdout : process.stderr;
      if (!stream.write(payload)) {
        machine.pause();
        stream.once('drain', () => machine.resume());
      }
    }
    rest = rest.subarray(end);
  }
});
machine.on('error', () => process.exit(255));
machine.on('close', () => {
  clearInterval(listening);
  process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
});
