import { withoutSecretCommand } from './secret-labels.ts';
import { hideSecrets } from './secrets.ts';

/** Words that are no secret even when they name an account or a machine: taking them out would spoil what is recorded. */
const PLAIN_WORDS = new Set(
  'administrator admin system docker user users winfsp memfs microsoft windows container containers public default local network service everyone guest host silo localhost'.split(
    ' ',
  ),
);

/** Who and where, under names that stay the same within one recording and say nothing. */
export interface Redactor {
  /** Total, and twice is as good as once. */
  readonly text: (raw: string) => string;
  /** Any JSON value: every text and every key redacted; environments keep their names only, labels nothing. */
  readonly json: (value: unknown) => unknown;
}

/** The names to take out, as far as they are known. */
export interface OwnNames {
  readonly machines: readonly string[];
  readonly users: readonly string[];
}

const GUID = /(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f])/gi;
const SID = /\bS-1-(?:5-21|12-1)(?:-\d{1,10}){2,15}\b/g;
const MAC = /(?<![0-9a-f:-])(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![0-9a-f:-])/gi;
const BYTE = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IPV4 = new RegExp(`(?<![\\d.])(?:${BYTE}\\.){3}${BYTE}(?![\\d.])`, 'g');
const IPV6 =
  /(?<![0-9a-z:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6})(?![0-9a-z:])/gi;
const MAIL = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}/g;
/** Account names may hold blanks, but none of these. */
const PROFILE = /([\\/]Users[\\/])([^\\"'/[\]:;|=,+*?<>\r\n]+)/gi;

/** Numbers what it meets, kind by kind: the same thing gets the same number, in any case. */
class Numbering {
  readonly #seen = new Map<string, number>();
  readonly #made = new Set<string>();
  readonly #name: (number: number) => string;

  constructor(name: (number: number) => string) {
    this.#name = name;
  }

  of(thing: string): string {
    const folded = thing.toLowerCase();
    if (this.#made.has(folded)) return thing;
    const number = this.#seen.get(folded) ?? this.#seen.size + 1;
    this.#seen.set(folded, number);
    const made = this.#name(number);
    this.#made.add(made.toLowerCase());
    return made;
  }
}

const padded = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');

/** A redactor for one recording. */
export function stableRedactor(names: OwnNames): Redactor {
  const users = new Numbering(number => `user-${number}`);
  const machines = new Numbering(number => `machine-${number}`);
  const guids = new Numbering(number => `5105c09e-0000-4000-8000-${padded(number, 12)}`);
  const sids = new Numbering(number => `S-1-5-21-1-1-1-${1_000 + number}`);
  const macs = new Numbering(number => `02-00-00-00-${padded(number >> 8, 2)}-${padded(number & 0xff, 2)}`);
  // 198.18.0.0/15 and 2001:db8::/32 are nobody's: for benchmarks and for documentation.
  const ipv4 = new Numbering(number => `198.18.${number >> 8}.${number & 0xff}`);
  const ipv6 = new Numbering(number => `2001:db8::${padded(number, 1)}`);
  const mails = new Numbering(number => `account-${number}@example.invalid`);
  const own = [
    ...names.machines.map(name => [name, machines] as const),
    ...names.users.map(name => [name, users] as const),
  ]
    .filter(([name]) => name.length >= 3 && !PLAIN_WORDS.has(name.toLowerCase()) && !/^\d+$/.test(name))
    .sort(([a], [b]) => b.length - a.length)
    .map(([name, numbering]) => [wordPattern(name, numbering === machines), numbering] as const);

  const text = (raw: string): string => {
    let kept = hideSecrets(raw, '<secret>')
      .replace(PROFILE, (whole, before: string, name: string) =>
        PLAIN_WORDS.has(name.toLowerCase()) ? whole : `${before}${users.of(name)}`,
      )
      .replace(MAIL, found => (found.endsWith('@example.invalid') ? found : mails.of(found)))
      .replace(SID, found => (/^S-1-5-21-1-1-1-\d+$/.test(found) ? found : sids.of(found)))
      .replace(GUID, found => (isNobodys(found) ? found : guids.of(found)))
      .replace(MAC, found => (/^02[:-]00[:-]00[:-]00/.test(found) ? found : macs.of(found.replaceAll(':', '-'))))
      .replace(IPV4, found => (/^(?:127\.|0\.0\.0\.0$|255\.|198\.1[89]\.)/.test(found) ? found : ipv4.of(found)))
      .replace(IPV6, found => (/^2001:db8::/i.test(found) ? found : ipv6.of(found)));
    for (const [pattern, numbering] of own) kept = kept.replace(pattern, found => numbering.of(found));
    return kept;
  };

  const valueOfKey = (key: string, value: unknown): unknown => {
    if (key.toLowerCase() === 'labels') return Array.isArray(value) ? [] : value === null ? null : {};
    return key === 'Env' && Array.isArray(value) ? value.map(withoutValue) : json(value);
  };
  const json = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(json);
    if (typeof value !== 'object' || value === null) return value;
    const told = withoutSecretCommand(value as Readonly<Record<string, unknown>>, '<secret>');
    return Object.fromEntries(Object.entries(told).map(([key, inner]) => [text(key), valueOfKey(key, inner)]));
  };
  return { text, json };
}

/** The zero GUID, and those that were made here. */
const isNobodys = (guid: string): boolean => /^(?:[0-]{36}$|5105c09e-0000-4000-8000-)/i.test(guid);

const withoutValue = (assignment: unknown): string => `${String(assignment).split('=')[0] ?? ''}=<value>`;

/** A name as a word of its own; that of a machine with the labels of a domain around it. */
function wordPattern(name: string, isMachine: boolean): RegExp {
  const literal = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const [before, behind] = isMachine ? ['(?:[\\w-]{1,63}\\.){0,8}', '(?:\\.[\\w-]{1,63}){0,8}'] : ['', ''];
  return new RegExp(`(?<![\\w-])${before}${literal}${behind}(?![\\w-])`, 'gi');
}
