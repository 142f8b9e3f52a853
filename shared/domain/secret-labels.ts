import { MASK } from './secrets.ts';

/** Names of the secrets that a container was given, with commas. */
export const SECRETS_LABEL = 'dev.siloscope.secrets';
/** Files of the container that hold one, with `|`. */
export const SECRET_FILES_LABEL = 'dev.siloscope.secret-files';
/** Which arguments hold one: `COUNT:INDEX,INDEX`, of the whole argv. */
export const SECRET_ARGUMENTS_LABEL = 'dev.siloscope.secret-arguments';

/** All of them. */
export const SECRET_LABELS: ReadonlySet<string> = new Set([SECRETS_LABEL, SECRET_FILES_LABEL, SECRET_ARGUMENTS_LABEL]);

type Labels = Readonly<Record<string, string>>;

/** The label's value for an argv of which these arguments are secret. */
export function secretArgumentsLabel(count: number, indices: readonly number[]): string {
  return `${count}:${indices.join(',')}`;
}

/** Names of the secrets that a container was given. */
export function secretsOfLabels(labels: Labels): ReadonlySet<string> {
  return new Set((labels[SECRETS_LABEL] ?? '').split(',').filter(name => name !== ''));
}

/** Files in the container that hold a secret. Labels may be anybody's: what is no plain file on C: is passed over. */
export function secretFilesOfLabels(labels: Labels): readonly string[] {
  return (labels[SECRET_FILES_LABEL] ?? '')
    .split('|')
    .filter(path => /^C:\\[^:*?"<>|/]+$/i.test(path) && !path.includes('..'));
}

/**
 * An answer of the engine about a container, list or inspect, without the arguments in which Siloscope put a secret. Of a
 * list's command line the program alone is left: where an argument of it ends is a guess.
 */
export function withoutSecretCommand(answer: Readonly<Record<string, unknown>>, put: string): Record<string, unknown> {
  const config = isRecord(answer['Config']) ? answer['Config'] : undefined;
  const labels = isRecord(answer['Labels']) ? answer['Labels'] : isRecord(config?.['Labels']) ? config['Labels'] : {};
  const label = labels[SECRET_ARGUMENTS_LABEL];
  if (typeof label !== 'string') return { ...answer };
  const mask = (argv: readonly unknown[]): string[] =>
    withoutSecretArguments(argv.map(String), { [SECRET_ARGUMENTS_LABEL]: label }).map(part =>
      part === MASK ? put : part,
    );
  const { Command, Path, Args } = answer;
  return {
    ...answer,
    ...(typeof Command === 'string' ? { Command: `${/^.+?\.exe(?=\s|$)/i.exec(Command)?.[0] ?? ''} ${put}` } : {}),
    ...(Array.isArray(Args) ? { Args: mask([Path, ...Args]).slice(1) } : {}),
    ...(Array.isArray(config?.['Cmd']) ? { Config: { ...config, Cmd: mask(config['Cmd']) } } : {}),
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An argv as its container's labels let it be shown: secret arguments masked; the program alone where they do not fit. */
export function withoutSecretArguments(argv: readonly string[], labels: Labels): readonly string[] {
  const label = labels[SECRET_ARGUMENTS_LABEL];
  if (label === undefined) return argv;
  const [count = '', indices = ''] = label.split(':');
  if (Number(count) !== argv.length) return argv.slice(0, 1);
  const secret = new Set(indices.split(',').map(Number));
  return argv.map((argument, at) => (secret.has(at) ? MASK : argument));
}
