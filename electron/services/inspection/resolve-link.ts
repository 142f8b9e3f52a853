import { childPath, type LinkEnd, type ListedObject } from '../../../shared/domain/object-entry.ts';
import type { ObjectEntry, ObjectNamespace, ObjectRefusal } from '../../hosts/host.ts';

/** What a name leads to in one namespace: an object and what it is handed, nothing, or what cannot be told. */
type Seen = { readonly path: string; readonly type: string; readonly rest?: string } | 'none' | 'unknown';

/** Names are followed no deeper; a link's target with more parts is one for a device. */
const DEEPEST = 12;

/**
 * Tells where the links of one directory lead. The host's are followed from the host's root; a silo's from the silo's or,
 * when they are global, from the host's. Only directories are listed, and nothing is opened through a link.
 */
export class LinkResolver {
  readonly #objects: ObjectNamespace;
  readonly #root: string;
  readonly #signal: AbortSignal | undefined;
  readonly #listed = new Map<string, Promise<ReadonlyMap<string, ObjectEntry> | ObjectRefusal>>();

  /** `root`: empty for the host, `\Silos\<id>` for a silo. */
  constructor(objects: ObjectNamespace, root: string, signal?: AbortSignal) {
    this.#objects = objects;
    this.#root = root;
    this.#signal = signal;
  }

  async resolve(directory: string, { name, target }: ListedObject): Promise<LinkEnd | undefined> {
    if (target === undefined) return undefined;
    const onHost = await this.#look('', target);
    if (this.#root === '') {
      if (typeof onHost === 'string') return { root: onHost === 'none' ? 'nowhere' : 'unknown' };
      return { root: 'host', ...onHost };
    }
    const own = childPath(directory, name).toLowerCase();
    // A silo's link to its own name, as that of MUP, would go round for ever if it were not a global one.
    const inSilo = target.toLowerCase() === own ? 'none' : await this.#look(this.#root, target, own);
    if (inSilo === 'unknown' || onHost === 'unknown') return { root: 'unknown' };
    if (inSilo === 'none') return onHost === 'none' ? { root: 'nowhere' } : { root: 'host', ...onHost };
    if (onHost === 'none') return { root: 'silo', ...inSilo };
    return (await this.#isHostsOwn(inSilo)) ? { root: 'host', ...onHost } : { root: 'either', ...inSilo };
  }

  /** The silo's object is itself a link to the host's object of the same name: both ways lead there. */
  async #isHostsOwn({ path, type }: Exclude<Seen, string>): Promise<boolean> {
    if (type !== 'SymbolicLink') return false;
    const link = await this.#objects.readLink(`${this.#root}${path}`, this.#signal);
    return 'target' in link && link.target.toLowerCase() === path.toLowerCase();
  }

  /** `own`: a link's own path in that namespace, which it cannot lead through. */
  async #look(root: string, target: string, own?: string): Promise<Seen> {
    const parts = target.split('\\').filter(part => part !== '');
    if (!target.startsWith('\\') || parts.length === 0 || parts.length > DEEPEST) return 'unknown';
    let path = '';
    for (const [at, part] of parts.entries()) {
      const listing = await this.#list(root, path);
      if (!(listing instanceof Map)) return listing === 'not-found' ? 'none' : 'unknown';
      const entry: ObjectEntry | undefined = listing.get(part.toLowerCase());
      if (entry === undefined) return 'none';
      path = `${path}\\${entry.name}`;
      if (path.toLowerCase() === own) return 'none';
      if (entry.type !== 'Directory') {
        const rest = parts.slice(at + 1);
        return { path, type: entry.type, ...(rest.length === 0 ? {} : { rest: `\\${rest.join('\\')}` }) };
      }
    }
    return { path, type: 'Directory' };
  }

  #list(root: string, path: string): Promise<ReadonlyMap<string, ObjectEntry> | ObjectRefusal> {
    const whole = `${root}${path}` || '\\';
    const known = this.#listed.get(whole);
    if (known !== undefined) return known;
    const asked = this.#objects
      .list(whole, this.#signal)
      .then(answer =>
        'refused' in answer
          ? answer.refused
          : new Map(answer.entries.map((entry): [string, ObjectEntry] => [entry.name.toLowerCase(), entry])),
      );
    this.#listed.set(whole, asked);
    return asked;
  }
}
