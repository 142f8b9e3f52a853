const NEEDS_FOLDING = /[a-z\u0080-\uffff]/;
const BEYOND_ASCII = /[\u0080-\uffff]/;

/**
 * The upper-case form under which names are compared. One UTF-16 unit maps to one unit, as in NTFS's $UpCase table
 * and RtlUpcaseUnicodeChar: "ß" stays itself.
 */
export function foldName(name: string): string {
  if (!NEEDS_FOLDING.test(name)) return name;
  if (!BEYOND_ASCII.test(name)) return name.toUpperCase();
  let folded = '';
  for (let index = 0; index < name.length; index += 1) {
    const unit = name.charAt(index);
    const upper = unit.toUpperCase();
    folded += upper.length === 1 ? upper : unit;
  }
  return folded;
}

/** Whether two names are one to Windows. */
export function isSameName(a: string, b: string): boolean {
  return a === b || foldName(a) === foldName(b);
}
