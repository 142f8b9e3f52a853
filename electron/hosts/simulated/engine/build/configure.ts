import { goDuration } from '../go-duration.ts';
import type { HealthCheck, ImageConfig } from '../image-config.ts';
import { commandWords, quotedList, type Stage, withEnvironment } from './build-stage.ts';
import { expandWord, expandWords } from './expand-word.ts';
import type { Step } from './parse-dockerfile.ts';
import { workingDirectory } from './windows-place.ts';

/** Instructions that `docker commit --change` takes: each changes the configuration alone. Ground: moby builder/dockerfile/builder.go. */
const CONFIGURING = [
  'env',
  'label',
  'user',
  'stopsignal',
  'onbuild',
  'healthcheck',
  'expose',
  'volume',
  'cmd',
  'entrypoint',
  'workdir',
] as const;
type ConfiguringStep = Extract<Step, { readonly kind: (typeof CONFIGURING)[number] }>;

export function isConfiguring(step: Step): step is ConfiguringStep {
  return CONFIGURING.some(kind => kind === step.kind);
}

export interface Configured {
  readonly config: ImageConfig;
  /** The step, as `docker history` shows it. */
  readonly comment: string;
}

/** What a step makes of the stage's configuration; nothing is changed, no file looked at. */
export function configure(
  { config, args, cmdSet }: Pick<Stage, 'config' | 'args' | 'cmdSet'>,
  mark: string,
  step: ConfiguringStep,
): Configured {
  const variables = variablesOf({ config, args });
  const word = (text: string): string => expandWord(text, variables, mark);
  const pairsOf = (pairs: Extract<Step, { kind: 'env' | 'label' }>['pairs']) => {
    const read = pairs.map(([name, value = '']) => [word(name), word(value)] as const);
    return { read, shown: read.map(([name, value]) => assignment(name, value)).join(' ') };
  };
  switch (step.kind) {
    case 'env': {
      const { read, shown } = pairsOf(step.pairs);
      return { config: { ...config, Env: withEnvironment(config.Env, read) }, comment: `ENV ${shown}` };
    }
    case 'label': {
      const { read, shown } = pairsOf(step.pairs);
      return {
        config: { ...config, Labels: { ...config.Labels, ...Object.fromEntries(read) } },
        comment: `LABEL ${shown}`,
      };
    }
    case 'user':
      return { config: { ...config, User: word(step.value) }, comment: `USER ${word(step.value)}` };
    case 'stopsignal':
      return { config: { ...config, StopSignal: word(step.value) }, comment: `STOPSIGNAL ${word(step.value)}` };
    case 'onbuild':
      return {
        config: { ...config, OnBuild: [...(config.OnBuild ?? []), step.value] },
        comment: `ONBUILD ${step.value}`,
      };
    case 'healthcheck':
      return { config: { ...config, Healthcheck: step.check }, comment: `HEALTHCHECK ${healthShown(step.check)}` };
    case 'expose': {
      const words = step.words.flatMap(text => expandWords(text, variables, mark));
      const ports = Object.fromEntries(words.map(text => [portOf(text), {}]));
      return {
        config: { ...config, ExposedPorts: { ...config.ExposedPorts, ...ports } },
        comment: `EXPOSE ${words.join(' ')}`,
      };
    }
    case 'volume': {
      const words = step.words.map(word);
      const volumes = Object.fromEntries(words.map(path => [path, {}]));
      return {
        config: { ...config, Volumes: { ...config.Volumes, ...volumes } },
        comment: `VOLUME [${words.join(' ')}]`,
      };
    }
    case 'cmd':
    case 'entrypoint': {
      const { words, isEscaped } = commandWords(step.command, config);
      const { ArgsEscaped: _, ...rest } = config;
      const escaped = isEscaped ? { ArgsEscaped: true } : {};
      if (step.kind === 'cmd')
        return { config: { ...rest, Cmd: words, ...escaped }, comment: `CMD ${quotedList(words)}` };
      const Cmd = cmdSet ? config.Cmd : null;
      return { config: { ...rest, Entrypoint: words, Cmd, ...escaped }, comment: `ENTRYPOINT ${quotedList(words)}` };
    }
    case 'workdir': {
      const WorkingDir = workingDirectory(config.WorkingDir, word(step.value));
      return { config: { ...config, WorkingDir }, comment: `WORKDIR ${WorkingDir}` };
    }
  }
}

/** Variables of the image stand before args of the same name. */
export function variablesOf({ config, args }: Pick<Stage, 'config' | 'args'>): (name: string) => string | undefined {
  const held = (config.Env ?? []).map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
  return name => held.find(([key]) => key?.toLowerCase() === name.toLowerCase())?.[1] ?? args.get(name);
}

export const assignment = (name: string, value: string | undefined): string =>
  value === undefined ? name : `${name}=${value}`;

function portOf(text: string): string {
  const [, port = '', protocol = 'tcp'] = /^(\d+)(?:\/(tcp|udp|sctp))?$/i.exec(text) ?? [];
  if (port === '' || Number(port) > 65_535) throw new Error(`Invalid containerPort: ${text}`);
  return `${port}/${protocol.toLowerCase()}`;
}

/** Go's `%q` of a health check. Ground: moby builder/dockerfile/dispatchers.go, dispatchHealthcheck. */
function healthShown({ Test, Interval, Timeout, StartPeriod, StartInterval, Retries }: HealthCheck): string {
  const times = [Interval, Timeout, StartPeriod, StartInterval].map((span = 0) => JSON.stringify(goDuration(span)));
  return `&{${[quotedList(Test), ...times, runeShown(Retries ?? 0)].join(' ')}}`;
}

/** A number that `%q` takes for a character. */
function runeShown(code: number): string {
  const named = '\\a\\b\\t\\n\\v\\f\\r'.slice((code - 7) * 2, (code - 6) * 2);
  if (code >= 7 && code <= 13) return `'${named}'`;
  return code < 32 ? `'\\x${code.toString(16).padStart(2, '0')}'` : `'${String.fromCodePoint(code)}'`;
}
