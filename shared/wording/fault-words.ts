import type { Decoded } from '../contract/fault.ts';
import { decode, decodeExitCode } from '../domain/error-decoder.ts';
import { escapeUntrusted, escapeUntrustedLines } from './plain-text.ts';

/** A fault for a person. All texts are safe to show. */
export interface FaultWords {
  /** What happened, one short sentence. */
  readonly title: string;
  /** Why, as far as it is known. May be empty. */
  readonly cause: string;
  /** What to do now. */
  readonly next: string;
  /** The command that does it, where there is one. */
  readonly command?: string;
  /** What the tool below said, line by line joined. */
  readonly raw?: string;
}

const LONGEST_RAW_LINES = 40;

/** A name that came from outside, safe to show and bounded. */
export const safe = (text: string): string => escapeUntrusted(text, 400);

/** What a program printed says more than the code that it ended with. */
export function decodeEnd(exitCode: number, output: string): Decoded | undefined {
  return decode(output) ?? decodeExitCode(exitCode);
}

/** What is known of the error, or else what is true of any. */
export function fromDecoded(
  decoded: Decoded | undefined,
  otherwise: Pick<FaultWords, 'cause' | 'next'>,
): Pick<FaultWords, 'cause' | 'next'> {
  if (decoded === undefined) return otherwise;
  const code = decoded.code === undefined ? '' : ` (${safe(decoded.code)})`;
  return { cause: `${safe(decoded.cause)}${code}`, next: safe(decoded.fix) };
}

/** What the tool below said, safe to show; nothing where it said nothing. */
export function raw(text: string): { readonly raw?: string } {
  const lines = escapeUntrustedLines(text.trim(), LONGEST_RAW_LINES);
  return lines.join('') === '' ? {} : { raw: lines.join('\n') };
}

/** The text with a capital letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A reason from outside as a sentence. */
export function sentence(text: string): string {
  const shown = capital(safe(text.trim()));
  return shown === '' || /[.!?…]$/.test(shown) ? shown : `${shown}.`;
}
