/** Flags and words of a command line in the way of Go's pflag: `--name value`, `--name=value`, `-v`, words anywhere. */
export interface Flags {
  readonly words: readonly string[];
  /** Without dashes, in order of appearance; a switch has `true`. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** The first flag that needs a value and has none. */
  readonly missing: string | undefined;
}

/** Reads flags; `switches` take no value. After `--` all is words. Total. */
export function parseFlags(args: readonly string[], switches: ReadonlySet<string>): Flags {
  const words: string[] = [];
  const values = new Map<string, string[]>();
  let missing: string | undefined;
  const put = (name: string, value: string): void => {
    values.set(name, [...(values.get(name) ?? []), value]);
  };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      words.push(...args.slice(at + 1));
      break;
    }
    const flag = /^--?([^=]+)(?:=(.*))?$/s.exec(arg);
    if (flag === null || arg === '-') {
      words.push(arg);
      continue;
    }
    const [, name = '', value] = flag;
    if (value !== undefined) put(name, value);
    else if (switches.has(name) || /^v+$/.test(name)) put(name, 'true');
    else if (at + 1 < args.length) put(name, args[++at] ?? '');
    else missing ??= name;
  }
  return { words, values, missing };
}

/** A switch is on when it was given and not given as false. */
export function isOn(flags: Flags, name: string): boolean {
  const last = flags.values.get(name)?.at(-1);
  return last !== undefined && !/^(false|0|f|no)$/i.test(last);
}

export const lastOf = (flags: Flags, ...names: readonly string[]): string | undefined =>
  names.map(name => flags.values.get(name)?.at(-1)).find(value => value !== undefined);
