import { assertNever } from '../../../../shared/base/assert-never.ts';
import type { Fault } from '../../../../shared/contract/fault.ts';
import { DEFAULT_ENDPOINT, type EngineEndpoint } from './engine-endpoint.ts';

/** What is known when a dial failed. */
export interface FailedDial {
  readonly endpoint: EngineEndpoint;
  /** The errno of the failure, e.g. `ENOENT`; `ELSEWHERE` when the endpoint is not on this machine, `TLS` when it wants that. */
  readonly errno: string;
  readonly raw: string;
  /** Names of the pipes that are open on this machine. */
  readonly pipes: readonly string[];
  /** Of Docker's services (`docker`, `com.docker.service`): those that are installed, and how they stand. */
  readonly services: readonly { readonly name: string; readonly running: boolean }[];
}

/** Why nobody answers where the engine should be. */
export type Unreachable =
  | { readonly because: 'no-rights' }
  /** On this machine, but docker speaks TLS there; nothing was sent. */
  | { readonly because: 'tls'; readonly listening?: string }
  /** The context points where nobody listens, or away from this machine, while an engine listens elsewhere on it. */
  | { readonly because: 'wrong-context'; readonly listening?: string }
  | { readonly because: 'linux-mode' }
  | { readonly because: 'service-stopped'; readonly service: string }
  | { readonly because: 'not-installed' }
  | { readonly because: 'not-listening' };

/** Pipes of engines that run Windows containers, the usual one first. Ground: moby client_windows.go; Docker Desktop. */
const WINDOWS_ENGINES = ['docker_engine', 'dockerDesktopWindowsEngine'];
const LINUX_ENGINES = ['dockerDesktopLinuxEngine', 'docker_engine_linux'];

/** Tells the causes of an engine out of reach apart: rights, context, Docker Desktop in Linux mode, the service. */
export function judgeUnreachable({ endpoint, errno, pipes, services }: FailedDial): Unreachable {
  if (errno === 'EACCES' || errno === 'EPERM') return { because: 'no-rights' };
  const open = new Map(pipes.map(name => [name.toLowerCase(), name]));
  const asked = /([^/\\]+)$/.exec(endpoint.endpoint)?.[1]?.toLowerCase();
  const listening = WINDOWS_ENGINES.map(name => open.get(name.toLowerCase())).find(
    name => name !== undefined && name.toLowerCase() !== asked,
  );
  const usual = endpoint.endpoint === DEFAULT_ENDPOINT;
  if (errno === 'TLS') return { because: 'tls', ...(listening === undefined ? {} : { listening }) };
  if (!usual && listening !== undefined) return { because: 'wrong-context', listening };
  if (endpoint.missing === true || errno === 'ELSEWHERE') return { because: 'wrong-context' };
  if (listening === undefined && LINUX_ENGINES.some(name => open.has(name.toLowerCase())))
    return { because: 'linux-mode' };
  if (services.some(({ running }) => running)) return { because: 'not-listening' };
  const [stopped] = services;
  if (stopped !== undefined) return { because: 'service-stopped', service: stopped.name };
  return { because: usual ? 'not-installed' : 'wrong-context' };
}

/** The fault that says it, with where was looked and who named that place. */
export function unreachableFault(failed: FailedDial): Fault {
  const judged = judgeUnreachable(failed);
  const { endpoint, raw } = failed;
  if (judged.because === 'no-rights') return { code: 'access-denied', what: endpoint.endpoint, raw };
  return {
    code: 'engine-unreachable',
    endpoint: endpoint.endpoint === '' ? `context ${endpoint.context ?? ''}` : endpoint.endpoint,
    cause: causeOf(judged, endpoint),
    raw,
    ...(judged.because === 'tls' ? { because: 'tls' } : {}),
  };
}

function causeOf(judged: Exclude<Unreachable, { because: 'no-rights' }>, endpoint: EngineEndpoint): string {
  switch (judged.because) {
    case 'wrong-context':
      return `${namedBy(endpoint)} is not an engine of this machine that answers${instead(judged)}`;
    case 'tls': {
      const by = endpoint.tls === 'context' ? 'the context has it' : `${endpoint.tls ?? 'docker'} is set`;
      return `${namedBy(endpoint)} is to be spoken to in TLS (${by}), which Siloscope does not speak; nothing was sent to it${instead(judged)}`;
    }
    case 'linux-mode':
      return 'Docker Desktop runs Linux containers: switch it to Windows containers';
    case 'service-stopped':
      return `the service ${judged.service} is stopped`;
    case 'not-installed':
      return 'no Docker service is installed on this machine';
    case 'not-listening':
      return `Docker's service runs, but nobody listens at ${endpoint.endpoint} (${sourceOf(endpoint)})`;
    default:
      return assertNever(judged);
  }
}

const instead = ({ listening }: { readonly listening?: string }): string =>
  listening === undefined ? '' : `; on this machine the engine listens at npipe:////./pipe/${listening}`;

const namedBy = (endpoint: EngineEndpoint): string =>
  endpoint.missing === true
    ? `the docker context ${endpoint.context ?? ''} (from ${endpoint.source}), of which nothing is stored,`
    : `${endpoint.endpoint} (${sourceOf(endpoint)})`;

function sourceOf({ source, context }: EngineEndpoint): string {
  if (source === 'DOCKER_HOST') return 'from DOCKER_HOST';
  if (source === 'default') return "docker's default";
  return `context ${context ?? ''}, from ${source}`;
}
