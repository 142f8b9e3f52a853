/** Longest prefix WinFsp takes, without the terminating NUL: FSP_FSCTL_VOLUME_PREFIX is 192 WCHARs (inc/winfsp/fsctl.h). */
export const LONGEST_UNC_PREFIX = 191;

export type UncPrefixRefusal =
  | 'empty'
  | 'no-leading-backslash'
  | 'two-leading-backslashes'
  | 'forward-slash'
  | 'one-part-only'
  | 'empty-part'
  | 'illegal-character'
  | 'too-long';

export type UncPrefix =
  | {
      readonly ok: true;
      /** As given to `-u`, trailing backslashes stripped: `\memfs\share`. */
      readonly prefix: string;
      /** The first part: what MUP is told and what collides. */
      readonly class: string;
      /** The rest, usually one part. */
      readonly instance: string;
    }
  | {
      readonly ok: false;
      readonly because: UncPrefixRefusal;
      /** What was probably meant, where that is plain. */
      readonly proposal?: string;
    };

/** Not in names, nor at the start of a part: `;` begins a provider's name inside MUP. */
const ILLEGAL = /[<>:"|?*]|\p{Cc}|^\\;/u;

/**
 * Judges a UNC prefix as WinFsp takes it: exactly one leading backslash, at least two parts, trailing backslashes
 * stripped, under 192 characters. Ground: winfsp src/sys/volume.c (FspVolumeCreate). Empty parts and characters that
 * no file name may hold are refused here, before a driver or a shell trips over them.
 */
export function parseUncPrefix(text: string): UncPrefix {
  if (text.trim() === '') return { ok: false, because: 'empty' };
  if (text.includes('/')) return refuse('forward-slash', text.replaceAll('/', '\\').replace(/^\\+/, '\\'));
  if (text.startsWith('\\\\')) return refuse('two-leading-backslashes', text.replace(/^\\+/, '\\'));
  if (!text.startsWith('\\')) return refuse('no-leading-backslash', `\\${text}`);
  const prefix = text.replace(/\\+$/, '');
  if (prefix.length > LONGEST_UNC_PREFIX) return { ok: false, because: 'too-long' };
  if (ILLEGAL.test(prefix)) return { ok: false, because: 'illegal-character' };
  const [, first = '', ...rest] = prefix.split('\\');
  if (first === '' || rest.length === 0) return { ok: false, because: 'one-part-only' };
  if (rest.includes('')) return refuse('empty-part', prefix.replace(/\\{2,}/g, '\\'));
  return { ok: true, prefix, class: first, instance: rest.join('\\') };
}

function refuse(because: UncPrefixRefusal, proposal: string): UncPrefix {
  return parseUncPrefix(proposal).ok ? { ok: false, because, proposal } : { ok: false, because };
}

/** What a user types to reach it: `\memfs\share` becomes `\\memfs\share`. */
export function uncPath(prefix: string): string {
  return `\\${prefix}`;
}

/** The class of a prefix in the form in which classes compare: `\MemFS\share` gives `memfs`. */
export function classOf(prefix: string): string {
  const start = prefix.startsWith('\\') ? 1 : 0;
  const end = prefix.indexOf('\\', start);
  return (end < 0 ? prefix.slice(start) : prefix.slice(start, end)).toLowerCase();
}

/** Two prefixes of one class fight for every UNC name below it. Ground: winfsp src/sys/mup.c (FSP_MUP_PREFIX_CLASS). */
export function sameClass(one: string, other: string): boolean {
  return classOf(one) === classOf(other);
}

/** Prefixes compare without case. Ground: winfsp src/sys/volume.c. */
export function samePrefix(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/**
 * A prefix of a class that nobody in `taken` uses: the wish itself when it is free, else `\memfs-2\share`,
 * `\memfs-3\share`... A new instance would not do, because the class is what collides.
 */
export function proposeUniquePrefix(taken: Iterable<string>, wish: string): string {
  const parsed = parseUncPrefix(wish);
  const { class: name, instance } = parsed.ok ? parsed : { class: 'memfs', instance: 'share' };
  const classes = new Set(Array.from(taken, classOf));
  let proposal = `\\${name}\\${instance}`;
  for (let count = 2; classes.has(classOf(proposal)); count++) {
    const tail = `-${count}\\${instance}`.slice(0, LONGEST_UNC_PREFIX - 2);
    proposal = `\\${name.slice(0, LONGEST_UNC_PREFIX - 1 - tail.length)}${tail}`;
  }
  return proposal;
}
