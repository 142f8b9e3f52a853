import { SHORTEST_MASKED, secretParts } from '../../../shared/domain/secret-parts.ts';
import { MASK } from '../../../shared/domain/secrets.ts';
import { revealObscured } from './rclone-obscured.ts';
import { valueForms } from './value-forms.ts';

/** Takes known values out of texts. */
export interface ValueMask {
  /** The text with `put` in the place of each value. */
  text(text: string, put?: string): string;
  /** Any JSON value, every text in it masked; keys stay. The very same value where it holds none. */
  json(value: unknown, put?: string): unknown;
  /** As far as this, a text can be told while more of it may come: no value that has begun is cut. */
  settled(text: string): number;
  /** No value is known: nothing is ever masked. */
  readonly isIdle: boolean;
}

/** A form of a value that begins somewhere. */
interface Form {
  /** Sticky. */
  readonly pattern: RegExp;
  /** It may be a piece of something longer in the same alphabet, which goes with it: base64 of a name and a password. */
  readonly isPiece: boolean;
}

/** More is held back of no line: a program that never ends its line is told all the same. */
const MOST_HELD_BACK = 65_536;
const PIECE = /[A-Za-z0-9+/_-]/;

/** A mask of values in the forms in which programs print them. What is shorter than `shortest` is not looked for. */
export function valueMask(values: readonly string[], shortest = SHORTEST_MASKED): ValueMask {
  const told = values.flatMap(value => secretParts(value, shortest));
  const revealed = told.flatMap(part => revealObscured(part) ?? []).filter(({ length }) => length >= shortest);
  const parts = [...new Set([...told, ...revealed])];
  const byStart = new Map<string, Form[]>();
  const known = new Set<string>();
  let longest = 0;
  for (const part of parts) {
    for (const { source, starts, isPiece, most } of valueForms(part)) {
      if (known.has(source)) continue;
      known.add(source);
      longest = Math.max(longest, most);
      const form = { pattern: new RegExp(source, 'y'), isPiece };
      for (const start of starts) byStart.set(start, [...(byStart.get(start) ?? []), form]);
    }
  }
  const lengths = [...new Set([...byStart.keys()].map(({ length }) => length))];
  const firsts = new Set([...byStart.keys()].map(start => start.charCodeAt(0)));

  /** The longest value that begins at a place: where it ends. */
  const endAt = (text: string, at: number): { readonly end: number; readonly isPiece: boolean } | undefined => {
    let found: { end: number; isPiece: boolean } | undefined;
    for (const length of lengths) {
      for (const { pattern, isPiece } of byStart.get(text.slice(at, at + length)) ?? []) {
        pattern.lastIndex = at;
        if (pattern.test(text) && pattern.lastIndex > (found?.end ?? 0)) found = { end: pattern.lastIndex, isPiece };
      }
    }
    return found;
  };
  function* places(text: string): Generator<{ readonly from: number; readonly end: number }> {
    let free = 0;
    for (let at = 0; at < text.length; at++) {
      if (!firsts.has(text.charCodeAt(at))) continue;
      const found = endAt(text, at);
      if (found === undefined) continue;
      let [from, end] = [at, found.end];
      if (found.isPiece) {
        while (from > free && PIECE.test(text[from - 1] ?? '')) from--;
        while (PIECE.test(text[end] ?? '')) end++;
        while (text[end] === '=') end++;
      }
      yield { from, end };
      free = end;
      at = end - 1;
    }
  }
  const textWithout = (text: string, put = MASK): string => {
    if (longest === 0) return text;
    let shown = '';
    let kept = 0;
    for (const { from, end } of places(text)) {
      shown += text.slice(kept, from) + put;
      kept = end;
    }
    return kept === 0 ? text : shown + text.slice(kept);
  };
  const jsonWithout = (value: unknown, put = MASK): unknown => {
    if (longest === 0) return value;
    if (typeof value === 'string') return textWithout(value, put);
    if (Array.isArray(value)) return value.map(one => jsonWithout(one, put));
    if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, jsonWithout(one, put)]));
  };
  return {
    text: textWithout,
    json: jsonWithout,
    settled: text => {
      let safe = Math.max(0, text.length - Math.min(longest, MOST_HELD_BACK));
      for (const { from, end } of places(text)) if (from < safe && end > safe) safe = end;
      return safe;
    },
    isIdle: longest === 0,
  };
}

/** Rows of the matrix and the like keep their class: no program's text is in them. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
