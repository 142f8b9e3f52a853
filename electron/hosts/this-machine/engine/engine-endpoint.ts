import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Where the engine is looked for, and who says so: it is never another place than the docker command would use. */
export interface EngineEndpoint {
  /** As `DOCKER_HOST` takes it. */
  readonly endpoint: string;
  readonly source: 'default' | 'DOCKER_HOST' | 'DOCKER_CONTEXT' | 'config.json';
  /** The active context, unless `DOCKER_HOST` overrules it. */
  readonly context?: string;
  /** The active context is not to be found: the endpoint is then empty. */
  readonly missing?: true;
  /** Who has docker speak TLS at this TCP endpoint: it is not dialled, for in plain text it would not be docker's. */
  readonly tls?: 'DOCKER_TLS_VERIFY' | 'DOCKER_TLS' | 'context';
}

export const DEFAULT_ENDPOINT = 'npipe:////./pipe/docker_engine';

/** What decides it: the environment and the files below the docker configuration's folder (undefined: not there). */
export interface EndpointSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Reads a file by its path relative to the configuration's folder, with forward slashes. */
  readonly read: (file: string) => string | undefined;
  /** Names of the files of a folder, by the same kind of path; none where it is not there. */
  readonly list: (folder: string) => readonly string[];
}

const Config = z.object({ currentContext: z.string().optional().catch(undefined) });
const Meta = z.object({
  Endpoints: z.object({
    docker: z.object({ Host: z.string().min(1), SkipTLSVerify: z.boolean().optional().catch(undefined) }),
  }),
});

/**
 * The endpoint of the active docker context, in the docker CLI's own order: `DOCKER_HOST`, `DOCKER_CONTEXT`,
 * `currentContext` of config.json, the default pipe. What cannot be parsed counts as not there.
 * Ground: docker/cli, cli/command/cli.go and cli/context/store (metadata by the SHA-256 of the name).
 */
export function findEndpoint({ environment, read, list }: EndpointSources): EngineEndpoint {
  const host = environment['DOCKER_HOST'];
  if (host !== undefined && host !== '') {
    return { endpoint: host, source: 'DOCKER_HOST', ...tlsOf(host, tlsVariable(environment)) };
  }
  const ofContext = (context: string, source: 'DOCKER_CONTEXT' | 'config.json'): EngineEndpoint =>
    endpointOfContext(context, source, { read, list });
  const asked = environment['DOCKER_CONTEXT'];
  if (asked !== undefined && asked !== '') return ofContext(asked, 'DOCKER_CONTEXT');
  const current = parsed(Config, read('config.json'))?.currentContext;
  if (current !== undefined && current !== '') return ofContext(current, 'config.json');
  return { endpoint: DEFAULT_ENDPOINT, source: 'default', context: 'default' };
}

/**
 * Any value but an empty one switches TLS on, `0` too; it is heard for the endpoint of `DOCKER_HOST` only.
 * Ground: docker/cli cli/flags/options.go.
 */
function tlsVariable(environment: EndpointSources['environment']): EngineEndpoint['tls'] {
  return (['DOCKER_TLS_VERIFY', 'DOCKER_TLS'] as const).find(name => (environment[name] ?? '') !== '');
}

/** TCP only: docker speaks no TLS on a pipe, and has ssh encrypt. Ground: docker/cli cli/context/docker/load.go. */
function tlsOf(endpoint: string, tls: EngineEndpoint['tls']): Pick<EngineEndpoint, 'tls'> {
  return tls === undefined || !/^(?:tcp|https?):/i.test(endpoint) ? {} : { tls };
}

/** Certificates are filed beside the metadata, in `contexts/tls/<id>/docker`. Ground: docker/cli cli/context/store/tlsstore.go. */
function endpointOfContext(
  context: string,
  source: 'DOCKER_CONTEXT' | 'config.json',
  { read, list }: Pick<EndpointSources, 'read' | 'list'>,
): EngineEndpoint {
  if (context === 'default') return { endpoint: DEFAULT_ENDPOINT, source, context };
  const id = createHash('sha256').update(context).digest('hex');
  const stored = parsed(Meta, read(`contexts/meta/${id}/meta.json`))?.Endpoints.docker;
  if (stored === undefined) return { endpoint: '', source, context, missing: true };
  const { Host: endpoint, SkipTLSVerify: skips } = stored;
  const wantsTls = skips === true || list(`contexts/tls/${id}/docker`).length > 0;
  return { endpoint, source, context, ...tlsOf(endpoint, wantsTls ? 'context' : undefined) };
}

function parsed<T>(schema: z.ZodType<T>, text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** An address that node:net can connect to; undefined for one that is not on this machine, or speaks SSH or TLS. */
export type LocalAddress = { readonly path: string } | { readonly host: string; readonly port: number };

export function localAddress(endpoint: string): LocalAddress | undefined {
  const pipe = /^npipe:\/\/(?:\/\/\.\/pipe\/|\\\\\.\\pipe\\)([^/\\]+)$/i.exec(endpoint)?.[1];
  if (pipe !== undefined) return { path: `\\\\.\\pipe\\${pipe}` };
  const tcp = /^(?:tcp|http):\/\/(127(?:\.\d{1,3}){3}|localhost|\[::1\]):(\d{1,5})\/?$/i.exec(endpoint);
  const port = Number(tcp?.[2]);
  if (tcp?.[1] === undefined || port < 1 || port > 65_535) return undefined;
  return { host: tcp[1].replace(/^\[|\]$/g, ''), port };
}
