/** For options that can be repeated: all their values, in order. */
export function gather(text: string, earlier: string[] = []): string[] {
  return [...earlier, text];
}
