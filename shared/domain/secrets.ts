import { composeCommandLine, splitCommandLine } from './command-line.ts';
import type { DockerRun } from './docker-run.ts';

/** What stands in the place of a secret on screens and in copied commands. */
export const MASK = '********';

const SECRET_WORD =
  /^(?:.*(?:password|passwd|passphrase|secret|token|apikey|accesskey|authkey|privatekey|sharedkey)|secrets|credentials?|pass|pwd|keys?)$/;
/** `password-file`, `token_url`: these name where a secret is, or how it is asked for. */
const PLAIN_ENDINGS = new Set(
  'file path dir directory stdin command cmd prompt type url uri ttl expiry length'.split(' '),
);

/**
 * Whether what a variable, switch or option of that name holds is nobody else's business. A guess by the name's words:
 * `DB_PASSWORD`, `--access-key` and `clientSecret` are, `GREETING`, `MONKEY`, `publicKey` and `--password-file` are not.
 */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  return (
    !PLAIN_ENDINGS.has(words.at(-1) ?? '') &&
    words.some((word, at) => SECRET_WORD.test(word) && !(/^keys?$/.test(word) && words[at - 1] === 'public'))
  );
}

/** A name that a value follows: behind a sign, or behind blanks when it is a switch. */
const NAMED = /(?<![\w.\\-]|\S\/)(-{0,2})([A-Za-z][\w.-]{0,60})(["']?\s{0,8}[=:]\s{0,8}|\s{1,8})/g;
/** Where a value ends: in running text, behind a sign in an argument of its own, behind blanks in one. */
const VALUE_IN_TEXT = /"[^"]*"|'[^']*'|[^\s"',;&]+/y;
const VALUE_IN_ARGUMENT = /"[^"]*"|[^,;&"]+/y;
/** In a connection string of rclone a path follows behind a colon. Ground: rclone docs, connection strings. */
const VALUE_IN_CONNECTION = /"[^"]*"|'[^']*'|[^,:"']+/y;
const CONNECTION = /^:?[\w+.@ -]+,\w+=/;

/** Secrets that are known by their own look, whatever they are called, between what is kept before and behind them. */
const SHAPES: readonly RegExp[] = [
  /(-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----)[\s\S]{0,8192}?(-----END [A-Z ]{0,20}PRIVATE KEY-----|$)/g,
  /(\bauthorization["']?\s{0,4}[:=]\s{0,4}["']?(?:bearer|basic|token|digest)\s{1,4})[^\s"'<>]{1,4096}()/gi,
  // scheme://user:password@host; a password may hold an @ itself.
  /([a-z][a-z0-9+.-]{1,20}:\/\/[^\s/@:"'<>]{0,200}:)[^\s/"'<>]{1,200}(@)/gi,
  // user:password@host, but no name:tag@digest.
  /((?<![\w.+\\/:-])[\w.+-]{2,64}:)[^\s/\\:@"'<>]{1,128}(@(?!sha\d)(?=[\w[]))/gi,
  /([?&](?:sig|code|key|access_token|x-amz-signature|x-amz-credential)=)[^&\s"'#<>]{1,4096}()/gi,
  /()\b(?:AKIA|ASIA)[A-Z0-9]{16}\b()/g,
  /()\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-)[\w-]{16,255}()/g,
  /()\beyJ[\w-]{5,2048}\.[\w-]{5,4096}\.[\w-]{0,1024}()/g,
];

/** Any text with `put` in the place of what is, or is called, a secret. Twice is as good as once. */
export function hideSecrets(text: string, put = MASK): string {
  return hideShapes(hideNamed(text, put, VALUE_IN_TEXT), put);
}

function hideShapes(text: string, put: string): string {
  return SHAPES.reduce(
    (kept, shape) => kept.replace(shape, (_, before: string, after: string) => `${before}${put}${after}`),
    text,
  );
}

function hideNamed(text: string, put: string, signed: RegExp): string {
  let shown = '';
  let kept = 0;
  for (const { 0: whole, 1: dashes = '', 2: name = '', 3: sign = '', index } of text.matchAll(NAMED)) {
    const start = index + whole.length;
    const isSwitch = dashes !== '';
    const isBlank = sign.trim() === '';
    // Sentences speak of keys, and of passwords without giving one.
    if (start <= kept || !isSecretName(name) || (!isSwitch && (isBlank || /^keys?$/i.test(name)))) continue;
    if (text.startsWith(put, start) || (isBlank && text.startsWith('-', start))) continue;
    const value = isBlank ? VALUE_IN_TEXT : signed;
    value.lastIndex = start;
    if (value.exec(text) === null) continue;
    shown += text.slice(kept, start) + put;
    kept = value.lastIndex;
  }
  return shown + text.slice(kept);
}

const SWITCH = /^--?([A-Za-z][\w.-]*)$/;
/** The look of an AWS secret access key: forty characters of base64, of every kind. */
const AWS_SECRET = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9/+]{40}$/;

/** Arguments of a program, made to be shown and copied: secrets masked, the number of arguments kept. */
export function maskArguments(argv: readonly string[]): string[] {
  const isRclone = argv.some(argument => /^(?:.*[\\/])?rclone(?:\.exe)?$/is.test(argument));
  return argv.map((argument, at) => {
    const [, name] = SWITCH.exec(argv[at - 1] ?? '') ?? [];
    const value = isRclone && CONNECTION.test(argument) ? VALUE_IN_CONNECTION : VALUE_IN_ARGUMENT;
    const isValue = name !== undefined && isSecretName(name) && argument !== '' && !SWITCH.test(argument);
    return isValue || AWS_SECRET.test(argument) ? MASK : hideShapes(hideNamed(argument, MASK, value), MASK);
  });
}

/**
 * The other way: where an argument still is the masked form of a known one, behind the same argument, the known one
 * stands again. So a masked line can be edited and read back, and the program gets what was hidden.
 */
export function unmaskArguments(argv: readonly string[], known: readonly string[]): string[] {
  const masked = maskArguments(known);
  const hidden = new Map<string, string[]>();
  masked.forEach((argument, at) => {
    if (argument === known[at]) return;
    const key = placeKey(masked, at);
    hidden.set(key, [...(hidden.get(key) ?? []), known[at] ?? '']);
  });
  return argv.map((argument, at) => {
    if (!argument.includes(MASK)) return argument;
    const found = hidden.get(placeKey(argv, at));
    // The first of several comes first again; the last one stays for copies of the line.
    return (found !== undefined && found.length > 1 ? found.shift() : found?.[0]) ?? argument;
  });
}

/** A value belongs to the switch before it; anything else stands for itself. */
function placeKey(argv: readonly string[], at: number): string {
  const before = argv[at - 1] ?? '';
  return `${SWITCH.test(before) ? before : ''}\n${argv[at] ?? ''}`;
}

/** A command line, made to be shown. Unchanged where it holds no secret. */
export function maskCommandLine(line: string): string {
  const argv = splitCommandLine(line);
  const masked = maskArguments(argv);
  return masked.every((argument, at) => argument === argv[at]) ? line : composeCommandLine(masked);
}

/** Variables with the values of secrets masked; an empty value hides nothing. */
export function maskEnvironment(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, maskValue(name, value)]));
}

function maskValue(name: string, value: string): string {
  if (value === '') return '';
  return isSecretName(name) ? MASK : hideShapes(value, MASK);
}

/** The other way: what is still the masked form of a known variable is that variable again. */
export function unmaskEnvironment(
  environment: Readonly<Record<string, string>>,
  known: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => {
      const before = known[name];
      return [name, before !== undefined && maskValue(name, before) === value ? before : value];
    }),
  );
}

/** A `docker run` that can be shown and copied: secrets masked in variables, labels, unknown flags and the command. */
export function maskDockerRun(run: DockerRun): DockerRun {
  const pair = (entry: string): string => {
    const equals = entry.indexOf('=');
    if (equals < 0) return entry;
    const name = entry.slice(0, equals);
    return `${name}=${maskValue(name, entry.slice(equals + 1))}`;
  };
  return {
    ...run,
    environment: run.environment.map(pair),
    labels: run.labels.map(pair),
    others: maskArguments(run.others),
    command: maskArguments(run.command),
  };
}
