import { rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import type { ByteSource } from '../../electron/hosts/simulated/machine.ts';
import type { SimulatedHost } from '../../electron/hosts/simulated/simulated-host.ts';
import { quoteArgument } from '../../shared/domain/command-line.ts';

/** What sshd of Windows starts for a command: `DefaultShell`, cmd.exe unless set. */
export type DefaultShell = 'cmd' | 'powershell';

/** The simulated Windows as far-side.pl meets it. */
export interface FarMachine {
  readonly socketPath: string;
  /** What the default shell is from now on. */
  shell: DefaultShell;
  /** What the shell says by itself when it starts: a profile of PowerShell, `AutoRun` of cmd. */
  greeting: string;
  /** Commands are taken and nothing is ever said to them. */
  isMute: boolean;
  /** So many commands came while it was. */
  unanswered: number;
  close(): Promise<void>;
}

/**
 * The command line that sshd of Windows composes. Ground: PowerShell/openssh-portable w32-doexec.c: the command in quotes
 * behind `/c`, unescaped, for cmd; as an escaped argument behind `-c` for PowerShell.
 */
export function shellCommandLine(shell: DefaultShell, command: string): string {
  return shell === 'cmd'
    ? `"c:\\windows\\system32\\cmd.exe" /c "${command}"`
    : `"c:\\windows\\system32\\windowspowershell\\v1.0\\powershell.exe" -c ${quoteArgument(command)}`;
}

/** Serves commands of the forced command on a Unix socket. */
export async function serveFarMachine(host: SimulatedHost, socketPath: string): Promise<FarMachine> {
  const open = new Set<Socket>();
  const server: Server = createServer(socket => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    serveOne(host, socket, far);
  });
  const far: FarMachine = {
    socketPath,
    shell: 'cmd',
    greeting: '',
    isMute: false,
    unanswered: 0,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise(resolve => server.close(resolve));
      await rm(socketPath, { force: true });
    },
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  return far;
}

function serveOne(host: SimulatedHost, socket: Socket, far: FarMachine): void {
  const input = new Input();
  let rest = Buffer.alloc(0);
  let gone = false;
  socket.on('data', bytes => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
      const end = 5 + rest.readUInt32BE(1);
      take(String.fromCharCode(rest[0] ?? 0), rest.subarray(5, end));
      rest = rest.subarray(end);
    }
  });
  // As sshd of Windows does it: the pipes are closed, and what runs runs on (PowerShell/Win32-OpenSSH#1751).
  socket.on('close', () => {
    gone = true;
    input.end();
  });
  const take = (letter: string, payload: Buffer): void => {
    if (letter === 'c' && far.isMute) far.unanswered++;
    else if (letter === 'c') void start(payload.toString('utf8'));
    else if (letter === 'i') input.push(payload);
    else if (letter === 'e') input.end();
  };
  const start = async (command: string): Promise<void> => {
    if (far.greeting !== '') await frame(socket, 'o', far.greeting);
    const { elevated, user } = host.machine.subjects;
    const session = host.scenario.windows.elevated ? elevated : user;
    const process = await host.machine.spawn(session, {
      commandLine: shellCommandLine(far.shell, command),
      stdin: input,
      stdout: { write: bytes => frame(socket, 'o', bytes) },
      stderr: { write: bytes => frame(socket, 'r', bytes) },
    });
    const code = Buffer.alloc(4);
    code.writeUInt32BE((await process.ended) >>> 0);
    if (gone) return;
    await frame(socket, 'x', code);
    socket.end();
  };
}

function frame(socket: Socket, letter: string, bytes: Uint8Array | string): Promise<void> {
  const payload = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : Buffer.from(bytes);
  // A turn of the loop even then: a program that prints without end must not keep the news that nobody listens.
  if (socket.destroyed || payload.length === 0) return new Promise(resolve => void setImmediate(resolve));
  const head = Buffer.alloc(5);
  head.write(letter);
  head.writeUInt32BE(payload.length, 1);
  return new Promise(resolve => {
    socket.write(Buffer.concat([head, payload]), () => resolve());
  });
}

/** Bytes of the client, read one piece at a time. */
class Input implements ByteSource {
  #pieces: (Uint8Array | undefined)[] = [];
  #wake: (() => void) | undefined;
  #ended = false;

  push(bytes: Uint8Array): void {
    this.#pieces.push(Buffer.from(bytes));
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async read(): Promise<Uint8Array | undefined> {
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece !== undefined || this.#ended) return piece;
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }
}
