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
}

export const DEFAULT_ENDPOINT = 'npipe:////./pipe/docker_engine';

/** What decides it: the environment and the files below the docker configuration's folder (undefined: not there). */
export interface EndpointSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Reads a file by its path relative to the configuration's folder, with forward slashes. */
  readonly read: (file: string) => string | undefined;
}

const Config = z.object({ currentContext: z.string().optional().catch(undefined) });
const Meta = z.object({ Endpoints: z.object({ docker: z.object({ Host: z.string().min(1) }) }) });

/**
 * The endpoint of the active docker context, in the docker CLI's own order: `DOCKER_HOST`, `DOCKER_CONTEXT`,
 * `currentContext` of config.json, the default pipe. What cannot be parsed counts as not there.
 * Ground: docker/cli, cli/command/cli.go and cli/context/store (metadata by the SHA-256 of the name).
 */
export function findEndpoint({ environment, read }: EndpointSources): EngineEndpoint {
  const host = environment['DOCKER_HOST'];
  if (host !== undefined && host !== '') return { endpoint: host, source: 'DOCKER_HOST' };
  const asked = environment['DOCKER_CONTEXT'];
  if (asked !== undefined && asked !== '') return ofContext(asked, 'DOCKER_CONTEXT', read);
  const current = parsed(Config, read('config.json'))?.currentContext;
  if (current !== undefined && current !== '') return ofContext(current, 'config.json', read);
  return { endpoint: DEFAULT_ENDPOINT, source: 'default', context: 'default' };
}

function ofContext(
  context: string,
  source: 'DOCKER_CONTEXT' | 'config.json',
  read: EndpointSources['read'],
): EngineEndpoint {
  if (context === 'default') return { endpoint: DEFAULT_ENDPOINT, source, context };
  const id = createHash('sha256').update(context).digest('hex');
  const endpoint = parsed(Meta, read(`contexts/meta/${id}/meta.json`))?.Endpoints.docker.Host;
  return endpoint === undefined ? { endpoint: '', source, context, missing: true } : { endpoint, source, context };
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
