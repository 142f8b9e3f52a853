import type { JournalEntry, JournalFilter } from './journal.ts';

/** The words of a text, as a filter compares them. */
export const filterWords = (text: string | undefined): readonly string[] =>
  (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);

/** Makes the question of a filter, once for many lines. `wording`: what a line says to people, where its words are looked for, too. */
export function journalMatcher(
  filter: JournalFilter,
  wording: (entry: JournalEntry) => string,
): (entry: JournalEntry) => boolean {
  const words = filterWords(filter.text);
  const sources = filter.sources?.length ? new Set<string>(filter.sources) : undefined;
  const kinds = filter.kinds?.length ? filter.kinds : undefined;
  const container = filter.container?.toLowerCase();
  const since = filter.since === undefined ? undefined : Date.parse(filter.since);
  const until = filter.until === undefined ? undefined : Date.parse(filter.until);
  return entry => {
    if (sources !== undefined && !sources.has(entry.source)) return false;
    if (kinds !== undefined && !kinds.some(kind => entry.what === kind || entry.what.startsWith(`${kind}.`))) {
      return false;
    }
    if (since !== undefined && Date.parse(entry.at) < since) return false;
    if (until !== undefined && Date.parse(entry.at) > until) return false;
    if (container !== undefined && !isOfContainer(entry, container)) return false;
    if (words.length === 0) return true;
    const text = `${entry.source} ${entry.what} ${entry.subject} ${dataText(entry)}`.toLowerCase();
    const missing = words.filter(word => !text.includes(word));
    if (missing.length === 0) return true;
    const said = wording(entry).toLowerCase();
    return missing.every(word => said.includes(word));
  };
}

/** `name`: in lower case. */
function isOfContainer({ subject, data }: JournalEntry, name: string): boolean {
  if (subject.toLowerCase() === name) return true;
  const { home, container, id } = data ?? {};
  if ([home, container].some(value => typeof value === 'string' && value.toLowerCase() === name)) return true;
  return name.length >= 4 && typeof id === 'string' && id.toLowerCase().startsWith(name);
}

/** What is kept for machines: told in a line it would hide the rest. */
const UNTOLD: ReadonlySet<string> = new Set(['engineTime', 'chain', 'groups', 'key']);

/** The data of a line without what is for machines alone. */
export function toldData(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([key, value]) => value !== undefined && !UNTOLD.has(key)));
}

/** The data of a line in one line, `key=value` each: what a filter searches. */
export function dataText(
  { data }: { readonly data?: Readonly<Record<string, unknown>> | undefined },
  longest = Number.POSITIVE_INFINITY,
): string {
  if (data === undefined) return '';
  const text = Object.entries(toldData(data))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
