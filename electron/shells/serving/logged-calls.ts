import type { Clock } from '../../../shared/base/clock.ts';
import { type Contract, contract } from '../../../shared/contract/contract.ts';
import type { CallName } from '../../../shared/contract/operation.ts';
import type { Channel } from '../../../shared/wire/channel.ts';
import { overheard } from '../../../shared/wire/overheard.ts';
import type { EventName } from '../../../shared/wording/event-words.ts';
import { escapeUntrusted } from '../../../shared/wording/plain-text.ts';
import type { EventLog, LoggedEvent } from './event-log.ts';

const LONGEST_OPERATION = 80;
const MOST_STRANGE = 100;

interface OpenCall {
  readonly name: CallName<Contract>;
  readonly since: number;
}

/** What a frame may be, looked at and not judged: the wire judges it. */
interface Glance {
  readonly kind?: unknown;
  readonly id?: unknown;
  readonly name?: unknown;
  readonly fault?: unknown;
}

/**
 * The same channel, with a line in the log for every command that ends (but for those that only read logs), every question that fails, and every frame that
 * is no call of ours (the first hundred of a channel: who knocks all day must not fill the log). Inputs and answers are
 * never logged: they may hold secrets, and what happened to the host is in its journal.
 */
export function loggedCalls(channel: Channel, log: EventLog, clock: Clock): Channel {
  const open = new Map<unknown, OpenCall>();
  let strange = 0;
  const warn = (what: EventName, data?: LoggedEvent['data']): void => {
    strange += 1;
    if (strange > MOST_STRANGE) return;
    const isLast = strange === MOST_STRANGE ? { more: 'not logged' } : {};
    log.write({ level: 'warning', source: 'calls', what, data: { ...data, ...isLast } });
  };
  const asked = (frame: unknown): void => {
    const { kind, id, name } = glance(frame);
    if (kind !== 'cancel' && (kind !== 'call' || typeof name !== 'string')) warn('frame.not-a-call');
    else if (typeof name === 'string' && kind === 'call' && !isOperation(name)) {
      warn('operation.unknown', { operation: escapeUntrusted(name, LONGEST_OPERATION) });
    }
    // A number that is in use is the wire's to refuse.
    if (kind === 'call' && typeof name === 'string' && isOperation(name) && !open.has(id)) {
      open.set(id, { name, since: clock.now() });
    }
  };
  const told = (frame: unknown): void => {
    const { kind, id, fault } = glance(frame);
    const call = open.get(id);
    if (call === undefined || (kind !== 'result' && kind !== 'fault')) return;
    open.delete(id);
    const { code, ...bug } = faultGlance(fault);
    if ((kind === 'result' || code === 'cancelled') && !isDeed(call.name)) return;
    log.write({
      level: code === 'bug' ? 'error' : kind === 'fault' && code !== 'cancelled' ? 'warning' : 'info',
      source: 'calls',
      what: call.name,
      data: {
        ms: Math.round(clock.now() - call.since),
        outcome: kind === 'result' ? 'done' : code,
        ...(code === 'bug' ? bug : {}),
      },
    });
  };
  return overheard(channel, { asked, told, closed: () => open.clear() });
}

/** Commands that only read on, for as long as somebody looks: told of, they would fill the log that they show. */
const READING: ReadonlySet<string> = new Set<CallName<Contract>>(['log.follow', 'filesystem.logs', 'unwritten.next']);
const isDeed = (name: CallName<Contract>): boolean => contract[name].kind === 'command' && !READING.has(name);
/** News are told, never asked for. */
const isOperation = (name: string): name is CallName<Contract> =>
  Object.hasOwn(contract, name) && contract[name as keyof Contract].kind !== 'news';

const glance = (frame: unknown): Glance => (typeof frame === 'object' && frame !== null ? frame : {});

/** A bug is of no use without where it was; no other fault's text is kept. */
function faultGlance(fault: unknown): { readonly code: string; readonly message?: string; readonly stack?: string } {
  if (typeof fault !== 'object' || fault === null || !('code' in fault)) return { code: '' };
  return {
    code: String(fault.code),
    ...('message' in fault && typeof fault.message === 'string' ? { message: fault.message } : {}),
    ...('stack' in fault && typeof fault.stack === 'string' ? { stack: fault.stack } : {}),
  };
}
