/** A test of what a filter keeps: each of its words stands in the text, which is given in lower case. */
export function fitsFilter(filter: string): (text: string) => boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return text => words.every(word => text.includes(word));
}
