import { OEM_UPPER_HALVES } from './oem-code-pages.ts';

/** Code pages that TextDecoder knows, by its labels. */
const LABELS: ReadonlyMap<number, string> = new Map([
  [866, 'ibm866'],
  [874, 'windows-874'],
  [932, 'shift_jis'],
  [936, 'gbk'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [1250, 'windows-1250'],
  [1251, 'windows-1251'],
  [1252, 'windows-1252'],
  [1253, 'windows-1253'],
  [1254, 'windows-1254'],
  [1255, 'windows-1255'],
  [1256, 'windows-1256'],
  [1257, 'windows-1257'],
  [1258, 'windows-1258'],
  [54936, 'gb18030'],
]);

const FALLBACK = 437;
/** A character that a cut in the middle left unfinished at the end is no proof against UTF-8. */
const UTF8_TAIL = 3;

/**
 * What a console program printed, as text: UTF-16 where a byte order mark says so, UTF-8 where the bytes are that (what
 * Go programs such as docker write), else the console's code page. Never fails; what no table has is U+FFFD.
 */
export function decodeOutput(bytes: Uint8Array, codePage = FALLBACK): string {
  if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  const utf8 = asUtf8(bytes);
  if (utf8 !== undefined) return utf8;
  const label = LABELS.get(codePage);
  if (label !== undefined) return new TextDecoder(label).decode(bytes);
  return fromTable(bytes, OEM_UPPER_HALVES.get(codePage) ?? OEM_UPPER_HALVES.get(FALLBACK) ?? '');
}

function asUtf8(bytes: Uint8Array): string | undefined {
  const strict = new TextDecoder('utf-8', { fatal: true });
  try {
    return strict.decode(bytes);
  } catch {
    // Not UTF-8 as a whole: perhaps but for a last character that was cut.
  }
  const cut = startOfCutCharacter(bytes);
  if (cut === undefined) return undefined;
  try {
    return `${strict.decode(bytes.subarray(0, cut))}\ufffd`;
  } catch {
    return undefined;
  }
}

/** Where an unfinished character of UTF-8 begins at the end; only after one that was whole, since a lone byte proves nothing. */
function startOfCutCharacter(bytes: Uint8Array): number | undefined {
  for (let at = bytes.length - 1; at >= Math.max(0, bytes.length - UTF8_TAIL); at--) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) return undefined;
    if (byte < 0xc0) continue;
    const whole = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    const before = bytes.subarray(0, at);
    return bytes.length - at < whole && before.some(one => one >= 0x80) ? at : undefined;
  }
  return undefined;
}

function fromTable(bytes: Uint8Array, upperHalf: string): string {
  const parts: string[] = [];
  let plainFrom = 0;
  const ascii = new TextDecoder('latin1');
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    if (plainFrom < at) parts.push(ascii.decode(bytes.subarray(plainFrom, at)));
    parts.push(upperHalf.charAt(byte - 0x80));
    plainFrom = at + 1;
  }
  if (plainFrom < bytes.length) parts.push(ascii.decode(bytes.subarray(plainFrom)));
  return parts.join('');
}
