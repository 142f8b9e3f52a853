import { BASE_IMAGE_CATALOGUE, type BaseImage, type BaseImageFamily, referenceOf } from './base-image-catalogue.ts';
import type { HostFacts } from './host-facts.ts';
import type { ImageRow, ImageVerdict } from './image-row.ts';

/** What is known of an image before it runs. */
export interface ImageFacts {
  readonly reference: string;
  /** `os.version` of its configuration or manifest, e.g. `10.0.20348.2966`. */
  readonly osVersion?: string | undefined;
  /** `windows`, `linux`. */
  readonly os?: string | undefined;
}

/** Builds from which on images keep a stable ABI. Ground: hcsshim osversion/platform_compat_windows.go. */
const STABLE = [20348, 26100] as const;

/**
 * Judges whether an image can run under process isolation, with WinFsp, on this host.
 *
 * R0 the build number decides, the revision does not (since 1809): Microsoft, version compatibility.
 * R1 hosts below 20348 want exactly their own build: hcsshim CheckHostAndContainerCompat; else 0xc0370101.
 * R2 hosts from 20348 on take images from the newest stable build below their own up to their own: same file.
 * R3 nothing newer than the host, not even a pull: moby daemon/internal/distribution/pull_v2_windows.go.
 * R4 the default isolation differs by edition, so `process` is always asked for: moby daemon/daemon_windows.go.
 * R5 Windows 10 is for development only, and its exact matches are unsupported: Microsoft, isolation modes.
 * Where an image runs under Hyper-V isolation only, WinFsp cannot work: WinFsp-Container-Support.asciidoc.
 */
export function judgeImage(image: ImageFacts, host: Pick<HostFacts, 'build' | 'productType'>): ImageVerdict {
  if (image.os !== undefined && image.os.toLowerCase() !== 'windows') return { runs: 'no', because: 'not-windows' };
  const family = familyOf(image.reference);
  if (family === 'nanoserver') return { runs: 'no', because: 'nano-server-no-winfsp' };
  const build = buildOf(image);
  if (build === undefined) return { runs: 'unknown', because: 'no-os-version' };
  const verdict = judgeBuilds(build, host);
  // A superset of Server Core that WinFsp's page does not mention. [inferred]
  return verdict.runs === 'yes' && family === 'server'
    ? { runs: 'untested', because: 'server-image-untested-with-winfsp' }
    : verdict;
}

function judgeBuilds(image: number, host: Pick<HostFacts, 'build' | 'productType'>): ImageVerdict {
  if (image > host.build) return { runs: 'no', because: 'newer-than-host' };
  if (host.build < STABLE[0]) {
    if (image !== host.build) return { runs: 'hyperv-only', because: 'host-build-differs' };
    return host.productType === 'server'
      ? { runs: 'yes', because: 'exact-build' }
      : { runs: 'try', because: 'client-exact-build-unsupported' };
  }
  if (image === host.build) return { runs: 'yes', because: 'exact-build' };
  const oldest = STABLE.findLast(build => build < host.build) ?? STABLE[0];
  if (image >= oldest) return { runs: 'yes', because: 'within-stable-abi' };
  // Microsoft's table says yes for every Windows 11, hcsshim's rule says no from 25H2 on.
  if (image >= STABLE[0] && host.productType === 'client') return { runs: 'try', because: 'sources-disagree' };
  return { runs: 'hyperv-only', because: 'older-than-stable-abi' };
}

/** The family that a reference names, whichever registry it comes from; `other` for images built upon them. */
export function familyOf(reference: string): ImageRow['family'] {
  const repository = splitReference(reference).repository.toLowerCase();
  const [, family = ''] = /(?:^|\/)windows\/(servercore|server|nanoserver)$/.exec(repository) ?? [];
  if (family === 'servercore' || family === 'server' || family === 'nanoserver') return family;
  return /(?:^|\/)windows$/.test(repository) ? 'windows' : 'other';
}

function splitReference(reference: string): { readonly repository: string; readonly tag: string } {
  const bare = reference.split('@')[0] ?? '';
  const colon = bare.indexOf(':', bare.lastIndexOf('/') + 1);
  return colon < 0 ? { repository: bare, tag: '' } : { repository: bare.slice(0, colon), tag: bare.slice(colon + 1) };
}

/** The build that an image is of: by its os.version, else by what its tag is known to be. */
export function buildOf(image: ImageFacts): number | undefined {
  return (
    buildIn(image.osVersion) ?? buildIn(splitReference(image.reference).tag) ?? inCatalogue(image.reference)?.build
  );
}

function buildIn(version: string | undefined): number | undefined {
  const [, build] = /^\d+\.\d+\.(\d+)/.exec(version ?? '') ?? [];
  return build === undefined ? undefined : Number(build);
}

/** The catalogue's entry for a reference, `ltsc2022-amd64` and other aliases included. */
export function inCatalogue(reference: string): BaseImage | undefined {
  const family = familyOf(reference);
  const tag = splitReference(reference)
    .tag.toLowerCase()
    .replace(/-(amd64|arm64)$/, '');
  return BASE_IMAGE_CATALOGUE.find(
    image => image.family === family && [image.tag, ...image.aliases].some(name => name.toLowerCase() === tag),
  );
}

/** Whether Microsoft still supports an image on that day (ISO date or time). */
export function supportAt(image: BaseImage | undefined, at: string): ImageRow['support'] {
  if (image === undefined) return 'unknown';
  const day = at.slice(0, 10);
  if (day <= image.mainstreamEnd) return 'mainstream';
  return image.extendedEnd !== undefined && day <= image.extendedEnd ? 'extended' : 'ended';
}

/** The catalogue's best image for a host: the newest that runs, else the newest that may; undefined when there is none. */
export function nearestImage(
  host: Pick<HostFacts, 'build' | 'productType'>,
  family: BaseImageFamily = 'servercore',
): string | undefined {
  for (const wanted of ['yes', 'untested', 'try']) {
    for (const image of BASE_IMAGE_CATALOGUE) {
      const reference = referenceOf(image);
      if (image.family === family && judgeImage({ reference }, host).runs === wanted) return reference;
    }
  }
  return undefined;
}

/** An image that the engine has. */
export interface LocalImage extends ImageFacts {
  readonly id: string;
  readonly sizeBytes?: number | undefined;
}

const ORDER: readonly ImageVerdict['runs'][] = ['yes', 'untested', 'try', 'unknown', 'hyperv-only', 'no'];

/**
 * The rows of the image picker: what is local and what the catalogue offers, each once, judged for the host and for
 * the day. What runs comes first, then what is local, then the catalogue's own order.
 */
export function imageRows(
  local: readonly LocalImage[],
  host: Pick<HostFacts, 'build' | 'productType'>,
  at: string,
): ImageRow[] {
  const here = new Set(local.map(({ reference }) => reference));
  const offered = BASE_IMAGE_CATALOGUE.filter(image => !here.has(referenceOf(image))).map(image =>
    imageRow({ reference: referenceOf(image) }, host, at),
  );
  return [...local.map(image => imageRow(image, host, at)), ...offered].sort(
    (one, other) =>
      ORDER.indexOf(one.verdict.runs) - ORDER.indexOf(other.verdict.runs) || Number(other.local) - Number(one.local),
  );
}

/** One row: an image with an id is local. */
export function imageRow(
  image: ImageFacts & { readonly id?: string; readonly sizeBytes?: number | undefined },
  host: Pick<HostFacts, 'build' | 'productType'>,
  at: string,
): ImageRow {
  const known = inCatalogue(image.reference);
  const build = buildOf(image);
  const sizeBytes = image.sizeBytes ?? known?.sizeBytes;
  return {
    reference: image.reference,
    local: image.id !== undefined,
    ...(image.id === undefined ? {} : { id: image.id }),
    family: familyOf(image.reference),
    ...(image.osVersion === undefined ? {} : { osVersion: image.osVersion }),
    ...(build === undefined ? {} : { build }),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    ...(known === undefined ? {} : { mainstreamEnd: known.mainstreamEnd }),
    ...(known?.extendedEnd === undefined ? {} : { extendedEnd: known.extendedEnd }),
    support: supportAt(known, at),
    verdict: judgeImage(image, host),
  };
}
