import { ApiError } from './api-error.ts';

/** A parsed mount, of a `-v` text or of a `--mount` entry. */
export interface MountPoint {
  readonly type: 'bind' | 'volume' | 'npipe';
  /** Bind: the host's directory. npipe: the host's pipe. Volume: empty. */
  readonly source: string;
  readonly destination: string;
  readonly readOnly: boolean;
  /** Named volumes only; anonymous ones get a name when the container is created. */
  readonly name: string | undefined;
}

/** One entry of `HostConfig.Mounts`. */
export interface MountRequest {
  readonly Type?: string | undefined;
  readonly Source?: string | undefined;
  readonly Target?: string | undefined;
  readonly ReadOnly?: boolean | undefined;
  readonly BindOptions?: { readonly Propagation?: string | undefined } | undefined;
  readonly VolumeOptions?: unknown;
}

/** What a path of the host is; binds need a directory, and Windows never makes one. */
export type PathKind = (path: string) => Promise<'directory' | 'file' | 'missing'>;

// The grammar in words: moby volume/mounts/windows_parser.go. A text is lower-cased before it is matched.
const SEGMENT = String.raw`[^\\/:*?"<>|\r\n]+`;
const DRIVE = String.raw`(?:\\\\\?\\)?[a-z]:`;
const HOST_DIRECTORY = String.raw`${DRIVE}[\\/](?:${SEGMENT}[\\/])*(?:${SEGMENT})?`;
const PIPE = String.raw`[\\/]{2}.[\\/]pipe[\\/][^:*?"<>|\r\n]+`;
const DESTINATION = String.raw`${DRIVE}(?:[\\/][^\\/:*?"<>\r\n]+)*[\\/]?|${PIPE}`;
const WHOLE = new RegExp(
  `^(?:(?<source>${HOST_DIRECTORY}|${SEGMENT}|${PIPE}):)?(?<destination>${DESTINATION})(?::(?<mode>ro|rw))?$`,
);
const ONLY_DIRECTORY = new RegExp(`^(?:${HOST_DIRECTORY})$`);
const ONLY_DESTINATION = new RegExp(`^(?:${DESTINATION})$`);
const RESERVED = /^(?:con|prn|nul|aux|com[1-9]|lpt[1-9])$/i;

const backslashes = (path: string): string => path.replaceAll('/', '\\');
const trimmed = (path: string): string => (path.length > 3 && path.endsWith('\\') ? path.slice(0, -1) : path);

function typeOf(source: string): MountPoint['type'] {
  if (source.startsWith('\\\\.\\pipe\\')) return 'npipe';
  return ONLY_DIRECTORY.test(source.toLowerCase()) ? 'bind' : 'volume';
}

/** Reads `[source:]destination[:ro|rw]`. The result is lower case. Refusals are untyped in dockerd, hence status 500. */
export async function parseBind(text: string, kindOf: PathKind): Promise<MountPoint> {
  const invalid = `invalid volume specification: '${text}'`;
  const groups = WHOLE.exec(text.toLowerCase())?.groups;
  const destination = groups?.['destination'];
  if (groups === undefined || destination === undefined) throw new ApiError(500, invalid);
  const source = backslashes(groups['source'] ?? '');
  const mode = groups['mode'];
  // A mode without a source would be an anonymous volume with a mode: not allowed.
  if (source === '' && mode !== undefined) throw new ApiError(500, invalid);
  if (source === '' && (await kindOf(destination)) === 'file') {
    throw new ApiError(500, `file '${destination}' cannot be mapped. Only directories can be mapped on this platform`);
  }
  const request = { Type: typeOf(source), Source: source, Target: backslashes(destination), ReadOnly: mode === 'ro' };
  const refusal = await refuseMount(request, kindOf);
  if (refusal !== undefined) throw new ApiError(500, `${invalid}: ${refusal}`);
  return mountPoint(request.Type, request);
}

/** Checks one `--mount` entry; case is kept. Refusals are status 400. */
export async function parseMount(request: MountRequest, kindOf: PathKind): Promise<MountPoint> {
  const refusal = await refuseMount(request, kindOf);
  if (refusal !== undefined) throw new ApiError(400, refusal);
  const type = request.Type;
  if (type !== 'bind' && type !== 'volume' && type !== 'npipe') throw new ApiError(400, 'mount type unknown');
  return mountPoint(type, request);
}

function mountPoint(type: MountPoint['type'], request: MountRequest): MountPoint {
  const source = request.Source ?? '';
  return {
    type,
    source: type === 'volume' ? '' : trimmed(backslashes(source)),
    destination: trimmed(backslashes(request.Target ?? '')),
    readOnly: request.ReadOnly === true,
    name: type === 'volume' && source !== '' ? source : undefined,
  };
}

/** The whole sentence of a refusal, or undefined. */
async function refuseMount(request: MountRequest, kindOf: PathKind): Promise<string | undefined> {
  const because = await reasonAgainst(request, kindOf);
  return because === undefined ? undefined : `invalid mount config for type "${request.Type ?? ''}": ${because}`;
}

async function reasonAgainst(request: MountRequest, kindOf: PathKind): Promise<string | undefined> {
  const { Source: source = '', Target: target = '' } = request;
  if (target === '') return 'field Target must not be empty';
  const place = backslashes(target).toLowerCase();
  if (place === 'c:' || place === 'c:\\') return `destination path (${place}) cannot be 'c:' or 'c:\\'`;
  if (!ONLY_DESTINATION.test(target.toLowerCase())) return `invalid mount path: '${target}'`;
  switch (request.Type ?? '') {
    case 'bind':
      return reasonAgainstBind(request, source, kindOf);
    case 'volume':
      return reasonAgainstVolume(request, source);
    case 'npipe':
      if (source === '') return 'field Source must not be empty';
      if (request.ReadOnly === true) return 'field ReadOnly must not be specified';
      if (typeOf(source) !== 'npipe') return `'${source}' is not a valid pipe path`;
      return typeOf(target) === 'npipe' ? undefined : `'${target}' is not a valid pipe path`;
    default:
      return 'mount type unknown';
  }
}

async function reasonAgainstBind(request: MountRequest, source: string, kindOf: PathKind): Promise<string | undefined> {
  if (source === '') return 'field Source must not be empty';
  const propagation = request.BindOptions?.Propagation ?? '';
  if (propagation !== '') return `invalid propagation mode: ${propagation}`;
  if (!ONLY_DESTINATION.test(source.toLowerCase()))
    return `invalid mount path: '${source}' mount path must be absolute`;
  const kind = await kindOf(source);
  if (kind === 'missing') return `bind source path does not exist: ${source}`;
  return kind === 'directory' ? undefined : 'source path must be a directory';
}

function reasonAgainstVolume(request: MountRequest, source: string): string | undefined {
  if (source === '') {
    return request.ReadOnly === true ? 'must not set ReadOnly mode when using anonymous volumes' : undefined;
  }
  if (!new RegExp(`^${SEGMENT}$`).test(source)) return 'invalid volume name';
  if (RESERVED.test(source)) return `volume name "${source}" cannot be a reserved word for Windows filenames`;
  return undefined;
}
