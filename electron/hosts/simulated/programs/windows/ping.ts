import { sleep } from '../../../../../shared/base/clock.ts';
import type { ProgramContext } from '../../machine.ts';
import { STATUS } from '../base/nt-status.ts';
import { isIpv4 } from './ipv4.ts';

interface PingOptions {
  readonly target: string;
  readonly count: number;
  readonly forever: boolean;
  readonly bytes: number;
  readonly family: 4 | 6 | undefined;
}

/** `ping [-t] [-n count] [-l size] [-w ms] [-4|-6] target`, or what is wrong with it. */
export function parsePingOptions(args: readonly string[]): PingOptions | { readonly complaint: string } {
  const options = { target: '', count: 4, forever: false, bytes: 32, family: undefined as 4 | 6 | undefined };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    const option = /^[-/](\S+)$/.exec(arg)?.[1]?.toLowerCase();
    if (option === undefined) {
      if (options.target !== '') return { complaint: `Bad parameter ${arg}.\r\n` };
      options.target = arg;
    } else if (option === 't') options.forever = true;
    else if (option === '4' || option === '6') options.family = option === '4' ? 4 : 6;
    else if (option === 'a' || option === 'f') continue;
    else if (['n', 'l', 'w', 'i', 'v', 's', 'r', 'k', 'j'].includes(option)) {
      const value = args[++at];
      if (value === undefined) return { complaint: `Value must be supplied for option ${arg}.\r\n` };
      if (!/^\d+$/.test(value))
        return { complaint: `Bad value for option ${arg}, valid range is from 1 to 4294967295.\r\n` };
      if (option === 'n') options.count = Number(value);
      if (option === 'l') options.bytes = Number(value);
    } else return { complaint: `Bad option ${arg}.\r\n` };
  }
  if (options.target === '')
    return { complaint: '\r\nUsage: ping [-t] [-n count] [-l size] [-w timeout] [-4] [-6] target_name\r\n\r\n' };
  return options;
}

/** The address a name stands for on the simulated network: this machine only. */
function resolve(
  context: ProgramContext,
  options: PingOptions,
): { readonly shown: string; readonly address: string } | undefined {
  const { target, family } = options;
  if (isIpv4(target)) return { shown: target, address: target };
  if (target === '::1') return { shown: target, address: target };
  const own = (context.environment.get('COMPUTERNAME') ?? context.machine.name).toUpperCase();
  if (target.toLowerCase() !== 'localhost' && target.toUpperCase() !== own) return undefined;
  const address = family === 4 ? '127.0.0.1' : '::1';
  return { shown: `${own} [${address}]`, address };
}

/** ping: one reply a second of the clock. Ctrl-C prints the statistics and ends it, Ctrl-Break prints them. */
export async function ping(context: ProgramContext): Promise<number> {
  const options = parsePingOptions(context.argv.slice(1));
  if ('complaint' in options) {
    await context.stdout.write(options.complaint);
    return 1;
  }
  const found = resolve(context, options);
  if (found === undefined) {
    await context.stdout.write(
      `Ping request could not find host ${options.target}. Please check the name and try again.\r\n`,
    );
    return 1;
  }
  const stop = new AbortController();
  const ended = AbortSignal.any([stop.signal, context.signal]);
  const tally = { sent: 0, received: 0 };
  const undo = context.onControl(event => {
    if (event === 'ctrl-break') void context.stdout.write(statistics(found.address, tally));
    else stop.abort(event);
  });
  try {
    await reply(context, options, found, tally, ended);
    if (stop.signal.reason === 'shutdown') return STATUS.controlCExit;
    await context.stdout.write(statistics(found.address, tally));
    if (!stop.signal.aborted) return tally.received === 0 ? 1 : 0;
    await context.stdout.write('Control-C\r\n');
    return STATUS.controlCExit;
  } finally {
    undo();
  }
}

async function reply(
  context: ProgramContext,
  options: PingOptions,
  { shown, address }: { readonly shown: string; readonly address: string },
  tally: { sent: number; received: number },
  ended: AbortSignal,
): Promise<void> {
  await context.stdout.write(`\r\nPinging ${shown} with ${options.bytes} bytes of data:\r\n`);
  const local = address === '::1' || address.startsWith('127.');
  const line = !local
    ? 'Request timed out.\r\n'
    : address === '::1'
      ? 'Reply from ::1: time<1ms \r\n'
      : `Reply from ${address}: bytes=${options.bytes} time<1ms TTL=128\r\n`;
  for (let number = 1; options.forever || number <= options.count; number++) {
    tally.sent++;
    if (local) tally.received++;
    await context.stdout.write(line);
    if (!options.forever && number === options.count) return;
    try {
      await sleep(context.clock, 1_000, ended);
    } catch {
      // Only the signal rejects a sleep.
      return;
    }
  }
}

function statistics(address: string, { sent, received }: { readonly sent: number; readonly received: number }): string {
  const lost = sent - received;
  const percent = sent === 0 ? 0 : Math.trunc((lost * 100) / sent);
  const lines = [
    '',
    `Ping statistics for ${address}:`,
    `    Packets: Sent = ${sent}, Received = ${received}, Lost = ${lost} (${percent}% loss),`,
  ];
  if (received > 0) {
    lines.push('Approximate round trip times in milli-seconds:', '    Minimum = 0ms, Maximum = 0ms, Average = 0ms');
  }
  return lines.map(line => `${line}\r\n`).join('');
}
