/** What is run in containers to look into them: nothing of it mounts anything. Another Siloscope's looks are known by it, too. */
const LOOKING = /\bfsptool(-\w+)?(\.exe)?"?\s+lsvol\b|%SILOSCOPE_PATH%/i;

/** The same command that often in that time is a health check or a script of somebody's: it is no news any more. */
const MOST_ALIKE = 3;
const REMEMBERED_MS = 600_000;
/** More commands than that are not told apart. */
const MOST_REMEMBERED = 4_096;

interface Seen {
  count: number;
  since: number;
}

/**
 * Tells which programs started by `docker exec` may have mounted a volume, so that their container is worth a look. The
 * engine says of an exec no more than its command line.
 */
export class ExecHints {
  readonly #seen = new Map<string, Seen>();

  /** `action`: as the engine's event has it, `exec_start: memfs-x64.exe -m Y:`; `now` in ms. */
  isWorthALook(container: string, action: string, now: number): boolean {
    const command = /^exec_(?:start|die)(?::\s*(.*))?$/s.exec(action);
    if (command === null) return false;
    const text = command[1] ?? '';
    // An exec's end comes without its command.
    if (text === '' || LOOKING.test(text)) return false;
    return this.#count(`${container} ${text}`, now) <= MOST_ALIKE;
  }

  #count(key: string, now: number): number {
    const known = this.#seen.get(key);
    const isOld = known === undefined || now - known.since > REMEMBERED_MS;
    const seen = isOld ? { count: 0, since: now } : known;
    seen.count += 1;
    this.#seen.delete(key);
    this.#seen.set(key, seen);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > MOST_REMEMBERED && oldest !== undefined) this.#seen.delete(oldest);
    return seen.count;
  }
}
