import type { SshConfigLine, SshConfigRefusal } from '../../../../shared/domain/ssh-connection.ts';
import { matchesWildcard } from '../../../../shared/domain/wildcard.ts';
import type { ConfigLine } from './config-line.ts';
import { type FollowedKeyword, isFollowed } from './followed-keywords.ts';
import type { ReadLine } from './read-ssh-config.ts';

/** What leads elsewhere, or to other keys, and is not done here: only these values do no harm. */
const REFUSED: ReadonlyMap<string, RegExp> = new Map([
  ['proxycommand', /^none$/i],
  ['canonicalizehostname', /^no$/i],
  ['knownhostscommand', /^none$/i],
  ['revokedhostkeys', /^none$/i],
  ['proxyusefdpass', /^no$/i],
]);

/** Those of which every line counts, not the first. */
const MANY: ReadonlySet<string> = new Set(['identityfile']);

/** What the configuration says of one host: for each keyword the lines that count, the first one first. */
export type ResolvedHost = ReadonlyMap<FollowedKeyword, readonly ConfigLine[]>;

export interface Refusal extends SshConfigLine {
  readonly because: SshConfigRefusal;
}

export interface AskedHost {
  /** As the user gave it. */
  readonly name: string;
  /** As the URL has it; it goes before what the configuration says. */
  readonly user: string | undefined;
  readonly localUser: string;
}

/**
 * Finds what counts for a host, as ssh does: line by line, the first that says a thing decides; `Match final` means a
 * second round, with the name that the first one found. Nothing is ever run: a condition that would need it is not
 * evaluated, and what depends on it and matters refuses the host. Ground: ssh_config(5). Total.
 */
export function resolveHost(files: readonly (readonly ReadLine[])[], asked: AskedHost): ResolvedHost | Refusal {
  const round = new Round(asked);
  for (const lines of files) {
    const refusal = round.read(lines, 'yes');
    if (refusal !== undefined) return refusal;
  }
  if (!round.wantsFinal) return round.found;
  round.isFinal = true;
  for (const lines of files) {
    const refusal = round.read(lines, 'yes');
    if (refusal !== undefined) return refusal;
  }
  return round.found;
}

/** Whether lines count: `unknown` behind a condition that is not evaluated. */
type Counts = 'yes' | 'no' | 'unknown';

class Round {
  readonly found = new Map<FollowedKeyword, readonly ConfigLine[]>();
  wantsFinal = false;
  isFinal = false;
  readonly #asked: AskedHost;
  readonly #settled = new Set<string>();

  constructor(asked: AskedHost) {
    this.#asked = asked;
  }

  read(lines: readonly ReadLine[], within: Counts): Refusal | undefined {
    let counts = within;
    let condition: SshConfigLine | undefined;
    for (const line of lines) {
      if ('openTo' in line) return { file: line.file, line: 1, text: '', because: 'others-can-write' };
      if (line.keyword === undefined) {
        if (counts === 'no' && !/^(host|match)\b/i.test(line.text)) continue;
        return { ...placeOf(line), because: 'malformed' };
      }
      if (line.keyword === 'host' || line.keyword === 'match') {
        counts = both(within, line.keyword === 'host' ? this.#isHost(line.words) : this.#matches(line.words));
        condition = line;
        continue;
      }
      if (counts === 'no') continue;
      if (line.keyword === 'include') {
        for (const included of 'included' in line ? (line.included ?? []) : []) {
          const refusal = this.read(included, counts);
          if (refusal !== undefined) return refusal;
        }
        continue;
      }
      const refusal = this.#take(line, counts, condition);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  }

  #take(line: ConfigLine, counts: Counts, condition: SshConfigLine | undefined): Refusal | undefined {
    const { keyword } = line;
    // Of the two, the first that is met decides, also by a "none".
    const settles = keyword === 'proxycommand' ? 'proxyjump' : keyword;
    const harmless = REFUSED.get(keyword);
    if ((harmless === undefined && !isFollowed(keyword)) || (this.#settled.has(settles) && !MANY.has(keyword)))
      return undefined;
    if (counts === 'unknown') return { ...placeOf(condition ?? line), because: 'not-evaluated' };
    if (harmless !== undefined && !harmless.test(line.words.join(' '))) {
      return { ...placeOf(line), because: 'not-supported' };
    }
    this.#settled.add(settles);
    if (!isFollowed(keyword)) return undefined;
    const before = this.found.get(keyword) ?? [];
    const isTwice = before.some(other => other.file === line.file && other.line === line.line);
    if (!isTwice) this.found.set(keyword, [...before, line]);
    return undefined;
  }

  #isHost(patterns: readonly string[]): Counts {
    return fits(patterns, this.isFinal ? this.#hostName() : this.#asked.name) ? 'yes' : 'no';
  }

  /** As far as it is known by now. */
  #hostName(): string {
    const { name } = this.#asked;
    return (this.found.get('hostname')?.[0]?.words[0] ?? name).replaceAll('%h', name);
  }

  #matches(words: readonly string[]): Counts {
    let counts: Counts = 'yes';
    const rest = [...words];
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
      const negated = word.startsWith('!');
      const criterion = word.replace(/^!/, '').toLowerCase();
      const isBare = ['all', 'canonical', 'final'].includes(criterion);
      const patterns = isBare ? [] : (rest.shift()?.split(',') ?? []);
      const one = this.#judge(criterion, patterns);
      counts = both(counts, negated && one !== 'unknown' ? (one === 'yes' ? 'no' : 'yes') : one);
      // ssh stops at the first that does not fit: what stands behind it is not even run.
      if (counts === 'no') return 'no';
    }
    return counts;
  }

  #judge(criterion: string, patterns: readonly string[]): Counts {
    const { name, user, localUser } = this.#asked;
    const word = (keyword: FollowedKeyword): string | undefined => this.found.get(keyword)?.[0]?.words[0];
    const yes = (answer: boolean): Counts => (answer ? 'yes' : 'no');
    switch (criterion) {
      case 'all':
        return 'yes';
      case 'final':
        this.wantsFinal = true;
        return yes(this.isFinal);
      case 'canonical':
        return yes(this.isFinal);
      case 'host':
        return yes(fits(patterns, this.#hostName()));
      case 'originalhost':
        return yes(fits(patterns, name));
      case 'user':
        return yes(fits(patterns, user ?? word('user') ?? localUser));
      case 'localuser':
        return yes(fits(patterns, localUser));
      default:
        return 'unknown';
    }
  }
}

/** As ssh reads a list, letter by letter: one pattern behind a `!` that fits forbids, whatever the others say. */
function fits(patterns: readonly string[], text: string): boolean {
  const isLike = (pattern: string): boolean => matchesWildcard(pattern, text, { exact: true });
  if (patterns.some(pattern => pattern.startsWith('!') && isLike(pattern.slice(1)))) return false;
  return patterns.some(pattern => !pattern.startsWith('!') && isLike(pattern));
}

function both(one: Counts, other: Counts): Counts {
  if (one === 'no' || other === 'no') return 'no';
  return one === 'unknown' || other === 'unknown' ? 'unknown' : 'yes';
}

const placeOf = ({ file, line, text }: SshConfigLine): SshConfigLine => ({ file, line, text });
