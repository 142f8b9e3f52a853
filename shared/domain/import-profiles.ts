import type { Profile } from './profile.ts';

/** What becomes of a profile whose name is taken. */
export type IfTaken = 'keep-both' | 'replace' | 'skip';

/** How an incoming profile meets those that are there. `taken`: by one of the user's own; `built-in`: by one that comes along. */
export type Meeting = 'new' | 'same' | 'taken' | 'built-in';

type Known = Profile & { readonly origin: 'built-in' | 'user' };

/** How each incoming profile meets those that are there. */
export function meetProfiles(incoming: readonly Profile[], present: readonly Known[]): readonly Meeting[] {
  return incoming.map(profile => {
    const rival = present.find(({ name }) => name === profile.name);
    if (rival === undefined) return 'new';
    const { origin, ...known } = rival;
    if (canonical(known) === canonical(profile)) return 'same';
    return origin === 'built-in' ? 'built-in' : 'taken';
  });
}

/** One profile of an import, and what is done with it. */
export interface ImportStep {
  readonly name: string;
  readonly does: 'add' | 'replace' | 'rename' | 'skip' | 'same';
  /** What is saved; absent: nothing. */
  readonly profile?: Profile;
}

/** What an import does. A built-in profile is never replaced: both are kept. */
export function planImport(
  incoming: readonly Profile[],
  present: readonly Known[],
  choose: (profile: Profile) => IfTaken,
): readonly ImportStep[] {
  const meetings = meetProfiles(incoming, present);
  const names = new Set([...present, ...incoming].map(({ name }) => name));
  const planned = new Set<string>();
  return incoming.map((profile, at): ImportStep => {
    const { name } = profile;
    // Two files may have one name for two things: the second meets the first.
    const meeting = planned.has(name) ? 'built-in' : meetings[at];
    planned.add(name);
    if (meeting === 'new') return { name, does: 'add', profile };
    if (meeting === 'same') return { name, does: 'same' };
    const choice = choose(profile);
    if (choice === 'skip') return { name, does: 'skip' };
    if (choice === 'replace' && meeting === 'taken') return { name, does: 'replace', profile };
    const free = freeName(name, names);
    names.add(free);
    return { name, does: 'rename', profile: { ...profile, name: free } };
  });
}

/** `memfs-disk` becomes `memfs-disk-2`, the first that is free. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  const base = name.replace(/-\d+$/, '');
  for (let count = 2; ; count++) if (!taken.has(`${base}-${count}`)) return `${base}-${count}`;
}

/** As text, whatever the order of its fields. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
