/** As the web server: the largest frame a caller has a use for is an inspection handed to `policy.judge`. */
export const LARGEST_FRAME = 32 * 1024 * 1024;
const DEEPEST_FRAME = 64;

export type FrameVerdict =
  | { readonly fits: true }
  | { readonly fits: false; readonly because: 'too-large' | 'too-deep' | 'not-plain' };

interface Part {
  readonly value: unknown;
  readonly depth: number;
}

/**
 * Judges a frame by its size (text in UTF-16 units, eight for everything else) and its parts: what JSON can hold and
 * nothing more. Electron's clone would carry maps, buffers and circles too, and no contract of ours has them.
 */
export function judgeFrame(frame: unknown, largest = LARGEST_FRAME): FrameVerdict {
  const open: Part[] = [{ value: frame, depth: 0 }];
  let size = 0;
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const { value, depth } = part;
    if (depth > DEEPEST_FRAME) return { fits: false, because: 'too-deep' };
    size += typeof value === 'string' ? value.length : 8;
    if (Array.isArray(value)) {
      size += value.length;
      if (size <= largest) for (const item of value) open.push({ value: item, depth: depth + 1 });
    } else if (typeof value === 'object' && value !== null) {
      if (!isRecord(value)) return { fits: false, because: 'not-plain' };
      for (const [key, item] of Object.entries(value)) {
        size += key.length;
        open.push({ value: item, depth: depth + 1 });
      }
    } else if (!isAtom(value)) return { fits: false, because: 'not-plain' };
    if (size > largest) return { fits: false, because: 'too-large' };
  }
  return { fits: true };
}

function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isAtom(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value);
}
