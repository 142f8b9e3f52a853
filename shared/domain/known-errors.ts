import { type DecodedError, decode } from './error-decoder.ts';

/** An error that is known, and the texts that told of it, as they are. */
export interface KnownAmong {
  readonly known: DecodedError;
  readonly texts: readonly string[];
}

/** Known errors among texts, each once, in the order in which they are met. */
export function knownErrors(
  texts: readonly string[],
  decoded: (text: string, index: number) => DecodedError | undefined = decode,
): readonly KnownAmong[] {
  const met = new Map<string, { known: DecodedError; texts: string[] }>();
  for (const [index, text] of texts.entries()) {
    const known = decoded(text, index);
    if (known === undefined) continue;
    const one = met.get(known.cause);
    if (one === undefined) met.set(known.cause, { known, texts: [text] });
    else one.texts.push(text);
  }
  return [...met.values()];
}
