import { shortIds } from '../domain/short-ids.ts';
import { formatDuration } from './amounts.ts';
import { wordFaultCode } from './fault-code-words.ts';
import { OPERATION_WORDS } from './operation-words.ts';
import { escapeUntrusted } from './plain-text.ts';

/** Events of the app's own log that are no operation's end. Those of the window are sentences already. */
export const EVENT_WORDS = {
  'frame.not-a-call': 'A message that is no call was not heard',
  'operation.unknown': 'An operation was asked for that there is not',
  'client.turned-away': 'A client was turned away',
} as const;
export type EventName = keyof typeof EVENT_WORDS;

/** A line of the app's own log, as it was kept. */
export interface KeptEvent {
  readonly source: string;
  readonly what: string;
  readonly [key: string]: unknown;
}

const LONGEST = 2_000;
const safe = (text: string): string => escapeUntrusted(shortIds(text), LONGEST);

/** A line of the app's own log in plain words, safe to show: what was asked, how it ended, and how long it took. */
export function wordEvent(event: KeptEvent): string {
  const { what, source, pid: _, ...data } = event;
  if (Object.hasOwn(OPERATION_WORDS, what)) {
    const { outcome, ms, message } = data;
    return safe(`${OPERATION_WORDS[what as keyof typeof OPERATION_WORDS]}: ${ended(outcome, message)}${took(ms)}`);
  }
  const known = Object.hasOwn(EVENT_WORDS, what) ? EVENT_WORDS[what as keyof typeof EVENT_WORDS] : undefined;
  const { reason, operation, ...rest } = data;
  const why = [reason, operation].filter(part => typeof part === 'string').join(', ');
  if (known !== undefined) return safe(why === '' ? known : `${known}: ${why}`);
  const more = Object.entries({ ...(why === '' ? {} : { why }), ...rest }).map(
    ([key, value]) => `${key}=${textOf(value)}`,
  );
  // The window says whole sentences; of another version nobody knows what it meant.
  return safe([source === 'window' ? what : `${source}: ${what}`, ...more].join('  '));
}

function ended(outcome: unknown, message: unknown): string {
  if (outcome === 'done') return 'done';
  if (typeof outcome !== 'string') return 'ended';
  if (outcome === 'cancelled') return 'cancelled';
  return `failed, ${wordFaultCode(outcome)}${typeof message === 'string' ? ` (${message})` : ''}`;
}

function took(ms: unknown): string {
  return typeof ms === 'number' ? `, after ${formatDuration(ms)}` : '';
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
