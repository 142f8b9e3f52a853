import type { Answer, AnswerStream } from './answer.ts';
import { ApiError, badRequest, notImplemented } from './api-error.ts';
import { streamType } from './attach-routes.ts';
import type { Call, Route } from './call.ts';
import type { Container } from './container.ts';
import type { EngineState } from './engine-state.ts';
import type { LogLine } from './log-store.ts';
import { fixedTime, parseTime } from './nano-time.ts';
import { frame } from './stdcopy.ts';

/** logs: what a container wrote, and what it goes on to write. */
export function logsRoutes(state: EngineState): readonly Route[] {
  return [['GET', '/containers/{}/logs', call => logs(state.containers.get(call.parameter()), call)]];
}

/** A time of the query; 0 and absence mean none. */
export function timeOf(call: Call, name: string): bigint | undefined {
  const text = call.text(name);
  if (text === undefined || text === '' || text === '0') return undefined;
  const at = parseTime(text);
  if (at === undefined) throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
  return at;
}

function logs(container: Container, call: Call): Answer {
  const wants = { stdout: call.flag('stdout'), stderr: call.flag('stderr') };
  if (!wants.stdout && !wants.stderr) throw badRequest('Bad parameters: you must choose at least one stream');
  if (container.hostConfig.LogConfig.Type === 'none')
    throw notImplemented('configured logging driver does not support reading');
  const since = timeOf(call, 'since');
  const until = timeOf(call, 'until');
  const tail = tailOf(call.text('tail'));
  const tty = container.parts.config.Tty;
  const shape = (line: LogLine): Uint8Array => {
    const stamp = call.flag('timestamps') ? `${fixedTime(line.at)} ` : '';
    const details = call.flag('details') ? `${detailsOf(container)} ` : '';
    const bytes =
      stamp === '' && details === '' ? line.bytes : Buffer.concat([Buffer.from(stamp + details), line.bytes]);
    return tty ? bytes : frame(line.stream, bytes);
  };
  const passes = (line: LogLine): boolean =>
    wants[line.stream] && (since === undefined || line.at >= since) && (until === undefined || line.at <= until);
  return {
    kind: 'stream',
    contentType: streamType(tty, call.parts.apiMinor),
    async run(to, signal) {
      const held = container.log.lines.filter(passes);
      const chosen = tail === undefined ? held : tail === 0 ? [] : held.slice(-tail);
      if (!call.flag('follow')) {
        if (chosen.length > 0) await to.write(Buffer.concat(chosen.map(shape)));
        return;
      }
      await follow(container, chosen, to, signal, line => (passes(line) ? shape(line) : undefined));
    },
  };
}

/** `all`, a number, or something dockerd takes for `all`. */
function tailOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Sends what there is, then each new line, until the container has ended or the client goes. */
async function follow(
  container: Container,
  first: readonly LogLine[],
  to: AnswerStream,
  signal: AbortSignal,
  shape: (line: LogLine) => Uint8Array | undefined,
): Promise<void> {
  let sending: Promise<void> = Promise.resolve();
  const send = (line: LogLine): void => {
    const bytes = shape(line);
    if (bytes !== undefined) sending = sending.then(() => to.write(bytes));
  };
  const undo: (() => void)[] = [];
  const over = new Promise<void>(resolve => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    undo.push(container.log.onLine(send));
    undo.push(container.removals.on(() => resolve()));
    // A container that will restart goes on writing to the same log.
    undo.push(container.exits.on(() => (container.state.status === 'restarting' ? undefined : resolve())));
    for (const line of first) send(line);
    if (container.run === undefined && container.state.status !== 'restarting') resolve();
  });
  await over;
  for (const end of undo) end();
  await sending;
}

function detailsOf(container: Container): string {
  const { Config: options } = container.hostConfig.LogConfig;
  return Object.entries(options)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join(',');
}

/** Refuses a range that ends before it begins, with the daemon's words. */
export function checkRange(since: bigint | undefined, until: bigint | undefined): void {
  if (since === undefined || until === undefined || since <= until) return;
  const seconds = (at: bigint): string => String(at / 1_000_000_000n);
  throw new ApiError(400, `\`since\` time (${seconds(since)}) cannot be after \`until\` time (${seconds(until)})`);
}
