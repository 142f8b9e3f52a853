import type { Duplex } from 'node:stream';
import { type AgentAnswer, type AgentRequest, decodeRequest } from '../../electron/hosts/remote/agent-protocol.ts';
import { AGENT_LINE, AGENT_MARKER } from '../../electron/hosts/remote/agent-script.ts';
import { START_MARKER } from '../../electron/hosts/remote/encoded-command.ts';
import { SWEEP_MARKER } from '../../electron/hosts/remote/leftovers.ts';
import { isSystemCallError } from '../../electron/hosts/simulated/kernel/status.ts';
import type { Program, ProgramContext, ProgramTable } from '../../electron/hosts/simulated/machine.ts';
import { probeOn } from '../../electron/hosts/simulated/probe-path.ts';
import { parsePowerShell, powershell } from '../../electron/hosts/simulated/programs/powershell/powershell.ts';

/**
 * Programs of the far machine that the simulated Windows has not.
 *
 * What is proven with them: the command lines and their quoting as sshd of Windows composes and cmd parses them, the
 * base64 that PowerShell is given, `docker system dial-stdio`, the agent's protocol, cut connections.
 * What is NOT proven: that Windows PowerShell takes our scripts, and that their calls into ntdll are declared right. The
 * simulated PowerShell cannot; it knows the scripts by their first line and answers from the simulated kernel. The C# of
 * the agent is compiled and run by itself, under Mono, in agent.ssh.test.ts.
 */
export function farPrograms(dialEngine: () => Promise<Duplex>): ProgramTable {
  return new Map([
    ['docker', docker(dialEngine)],
    ['powershell', farPowerShell],
  ]);
}

/** Where they stand; a machine may have no docker CLI. */
export function farFiles({ docker }: { readonly docker: boolean }): Readonly<Record<string, string>> {
  return docker ? { 'C:\\Windows\\System32\\docker.exe': 'program:docker' } : {};
}

const docker =
  (dialEngine: () => Promise<Duplex>): Program =>
  async ({ argv, stdin, stdout, stderr, signal }) => {
    if (argv.slice(1).join(' ') !== 'system dial-stdio') {
      await stderr.write(`docker: unknown command: docker ${argv.slice(1).join(' ')}\n`);
      return 1;
    }
    let engine: Duplex;
    try {
      engine = await dialEngine();
    } catch {
      await stderr.write(
        'error during connect: open //./pipe/docker_engine: The system cannot find the file specified.\n',
      );
      return 1;
    }
    signal.addEventListener('abort', () => engine.destroy());
    engine.on('error', () => undefined);
    const sending = (async () => {
      for (let bytes = await stdin.read(); bytes !== undefined; bytes = await stdin.read()) {
        if (!engine.write(bytes)) await new Promise(resolve => engine.once('drain', resolve));
      }
      engine.end();
    })();
    for await (const bytes of engine) await stdout.write(bytes);
    void sending;
    return 0;
  };

const farPowerShell: Program = async context => {
  const start = parsePowerShell(context.argv.slice(1));
  if (start.kind !== 'script') return powershell(context);
  if (start.text.startsWith(AGENT_MARKER)) return serveAgent(context);
  if (start.text.startsWith(START_MARKER)) return startProgram(context, start.text);
  if (start.text.startsWith(SWEEP_MARKER)) return sweep(context, start.text);
  // A bare program: PowerShell gives it its own streams, where the simulated one collects lines.
  const [, mark, rest] = /^echo ([\w=-]+); (docker .*)$/.exec(start.text) ?? [];
  if (mark !== undefined && rest !== undefined) {
    await context.stdout.write(`${mark}\r\n`);
    return pass(context, rest);
  }
  if (/^(?:powershell\.exe|docker)(?: [\w.+/=-]+)+$/.test(start.text)) return pass(context, start.text);
  return powershell(context);
};

async function pass(context: ProgramContext, commandLine: string): Promise<number> {
  const process = await context.spawn({
    commandLine,
    stdin: context.stdin,
    stdout: context.stdout,
    stderr: context.stderr,
  });
  return process.ended;
}

/** Does what the start script says, read out of its text. */
async function startProgram(context: ProgramContext, script: string): Promise<number> {
  const [program = '', tail = ''] = [...script.matchAll(/FromBase64String\('([^']*)'\)/g)].map(([, encoded = '']) =>
    Buffer.from(encoded, 'base64').toString('utf16le'),
  );
  const mark = /Error\.Write\('(siloscope-exit-[0-9a-f]+=)'/.exec(script)?.[1] ?? '';
  try {
    // What a profile of the far shell says stands before it.
    await context.stdout.write(`Welcome!\r\n${mark}`);
    const code = await pass(context, `"${program}" ${tail}`);
    await context.stderr.write(`${mark}${code | 0}`);
    return code;
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    await context.stderr.write(`${mark}not-started:${caught.win32}`);
    return 1;
  }
}

/** Ends what the sweeping script names: the console tells the shell's children, whom `taskkill /T` would take along. */
async function sweep({ machine }: ProgramContext, script: string): Promise<number> {
  const named = /^\$words = (.*)$/m.exec(script)?.[1] ?? '';
  const words = [...named.matchAll(/'([^']*)'/g)].map(([, word = '']) => word);
  for (const process of machine.processes()) {
    if (!words.some(word => process.commandLine.includes(word))) continue;
    process.control('ctrl-c');
    process.terminate(1);
  }
  return 0;
}

async function serveAgent(context: ProgramContext): Promise<number> {
  let rest = '';
  let started = false;
  const tell = (answer: AgentAnswer): Promise<void> => context.stdout.write(`${JSON.stringify(answer)}\n`);
  for (let bytes = await context.stdin.read(); bytes !== undefined; bytes = await context.stdin.read()) {
    rest += Buffer.from(bytes).toString('latin1');
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!started) {
        if (`${line}\n` !== AGENT_LINE) return 1;
        started = true;
        await tell({ ready: 1 });
        continue;
      }
      const asked = decodeRequest(line);
      if (asked === undefined) continue;
      const answer = answerOf(context, asked.id, asked.request).then(tell);
      if (asked.request.verb !== 'probe') await answer;
    }
  }
  return 0;
}

async function answerOf({ win32, clock }: ProgramContext, id: number, request: AgentRequest): Promise<AgentAnswer> {
  // What the kernel is asked is bytes of Windows' own structures, which the simulated one has not.
  if (request.verb === 'kernel') return { id, status: 0xc000_0002 };
  try {
    if (request.verb !== 'probe') {
      if (request.verb === 'link') return { id, target: win32.readSymbolicLink(request.path) };
      return { id, entries: win32.listDirectoryObject(request.path).map(({ name, type }) => [name, type]) };
    }
    const target = {
      by: 'drive',
      mountPoint: request.path.replace(/\\[^\\]*$/, ''),
      rest: lastPart(request.path),
    } as const;
    const probed = await probeOn(win32, clock, target, { timeoutMs: request.timeoutMs, readBytes: request.readBytes });
    if (probed.outcome === 'timed-out') return { id, timedOut: 1 };
    if (probed.outcome !== 'opened') return { id, status: probed.status };
    const { winfsp, directory, content } = probed;
    return {
      id,
      winfsp,
      directory,
      ...(content === undefined ? {} : { content: Buffer.from(content).toString('base64') }),
    };
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    return { id, status: caught.status };
  }
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('\\') + 1);
