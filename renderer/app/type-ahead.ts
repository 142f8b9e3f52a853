/** What of a key press counts. */
export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/**
 * What was typed before the palette took the focus, after one press more; it ends in a line feed once Enter was pressed,
 * and what follows that is none of it. Undefined: the press has another meaning.
 */
export function typeAhead(ahead: string, { key, ctrlKey, metaKey, altKey }: Press): string | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const isText = key.length === 1;
  if (!isText && key !== 'Enter' && key !== 'Backspace') return undefined;
  if (ahead.endsWith('\n')) return ahead;
  if (key === 'Backspace') return ahead.slice(0, -1);
  return ahead + (isText ? key : '\n');
}
