import { DOCKER_EXIT_CODES } from './docker-exit-codes.ts';
import { KNOWN_ERRORS } from './error-catalogue.ts';
import { VAGUE_ERRORS } from './file-system-errors.ts';
import type { KnownError } from './known-error.ts';

/** An error in words: why it happens, what to do, where that is known from. */
export interface DecodedError {
  code?: string;
  cause: string;
  fix: string;
  source: string;
}

const BY_VALUE = new Map<number, KnownError>();
const BY_NAME = new Map<string, KnownError>();
for (const known of KNOWN_ERRORS) {
  for (const value of known.values ?? []) BY_VALUE.set(value, known);
  for (const name of [known.code ?? '', ...(known.names ?? [])])
    if (name !== '') BY_NAME.set(name.toUpperCase(), known);
}

/** Longer texts are cut: the tools below print their reason early or on the last lines. */
const LONGEST = 20_000;

/** Explains what a tool printed, or undefined for what nobody here has met yet. The text is data and is never kept. */
export function decode(rawText: string): DecodedError | undefined {
  const text = rawText.length <= LONGEST ? rawText : `${rawText.slice(0, LONGEST / 2)}\n${rawText.slice(-LONGEST / 2)}`;
  const byText = KNOWN_ERRORS.find(({ texts }) => texts?.some(pattern => pattern.test(text)));
  if (byText) return worded(byText);
  for (const value of valuesIn(text)) {
    const known = BY_VALUE.get(value);
    if (known) return worded(known);
  }
  for (const [name] of text.matchAll(/\b(?:STATUS|ERROR|HC[SN]_E|E)_[A-Z_]+\b/g)) {
    const known = BY_NAME.get(name);
    if (known) return worded(known);
  }
  const vague = VAGUE_ERRORS.find(({ texts }) => texts?.some(pattern => pattern.test(text)));
  return vague && worded(vague);
}

/** Explains what a person typed or pasted: a lone code as a status, anything else as what a tool printed. */
export function explain(asked: string): DecodedError | undefined {
  const docker = DOCKER_EXIT_CODES.get(asked);
  if (docker !== undefined) return worded(docker);
  const status = /^-?(0x[0-9a-f]+|\d+)$/i.test(asked) ? decodeStatus(Number(asked)) : undefined;
  const said = SENTENCES.get(asked.toLowerCase().replace(/\.$/, ''));
  if (said !== undefined) return decodeStatus(said);
  // A lone small number that Windows has no word for is mostly what a program ended with.
  return status ?? decode(asked) ?? (/^\d{1,3}$/.test(asked) ? decode(`exit ${asked}`) : undefined);
}

/** Sentences of Windows that say nothing in the midst of others, and are explained where they were asked about alone. */
const SENTENCES: ReadonlyMap<string, number> = new Map([
  ['the system cannot find the file specified', 2],
  ['the system cannot find the path specified', 3],
  ['access is denied', 5],
  ['the network path was not found', 53],
  ['the network name cannot be found', 67],
]);

/** Explains a status: NTSTATUS, HRESULT, Win32 error or exit code, signed or unsigned. */
export function decodeStatus(code: number): DecodedError | undefined {
  const known = Number.isInteger(code) ? BY_VALUE.get(code >>> 0) : undefined;
  return known && worded(known);
}

/**
 * Explains how a program ended. Small numbers are each program's own and say nothing; large ones are Windows' words:
 * NTSTATUS, HRESULT, or a Win32 error that the program handed on.
 */
export function decodeExitCode(code: number): DecodedError | undefined {
  return code >>> 0 < 1_000 ? undefined : decodeStatus(code);
}

/** A code as programs print it: `0xC0000034`, or a small number as it is. */
export function statusText(code: number): string {
  const value = code >>> 0;
  return value < 0x10000 ? String(value) : `0x${value.toString(16).toUpperCase().padStart(8, '0')}`;
}

/** Status values in the order of their trustworthiness: hexadecimal ones, big exit codes, small ones that call themselves errors. */
function* valuesIn(text: string): Generator<number> {
  for (const [, hex = ''] of text.matchAll(/\b0x([8c][0-9a-f]{7})\b/gi)) yield Number.parseInt(hex, 16);
  // Small ones are counts and addresses as well: only where they are set off as a status, as in `(0x20)`.
  for (const [, hex = ''] of text.matchAll(
    /(?:\(|\b(?:error|status|code|result|hresult) ?[:=]? ?)0x([0-9a-f]{1,8})\b/gi,
  )) {
    yield Number.parseInt(hex, 16);
  }
  // Without 0x, and not the beginning of a GUID.
  for (const [hex] of text.matchAll(/(?<![\\{-])\b[8c]0[0-9a-f]{6}\b(?!-)/gi)) yield Number.parseInt(hex, 16);
  for (const [digits] of text.matchAll(/-?\b\d{10}\b/g)) {
    const value = Number(digits);
    if (value >= -0x80000000 && value <= 0xffffffff) yield value >>> 0;
  }
  for (const [, digits = ''] of text.matchAll(/\b(?:error|FAILED|HELPMSG)[ :=]+(\d{1,5})\b/gi)) yield Number(digits);
  // sc.exe ends its first line with the number, and says in the language of Windows what it is.
  for (const [, digits = ''] of text.matchAll(/\[SC\][^\r\n]{0,200}?\b(\d{1,5}) ?:\s*$/gm)) yield Number(digits);
}

function worded({ code, cause, fix, source }: KnownError): DecodedError {
  return { ...(code === undefined ? {} : { code }), cause, fix, source };
}
