import { createHash } from 'node:crypto';
import type { FileSystemOperations, Machine } from '../machine.ts';
import type { ImageScenario } from '../scenario/schema.ts';
import { ApiError, badRequest, conflict, notFound } from './api-error.ts';
import { type ImageConfig, scenarioConfig } from './image-config.ts';
import { normalise, type Reference } from './image-reference.ts';
import { nanoTime, parseTime } from './nano-time.ts';

export interface ImageLayer {
  /** Digest of the compressed blob, 64 hex. */
  readonly digest: string;
  readonly diffId: string;
  /** Bytes on disk and on the wire. */
  readonly size: number;
  readonly blobSize: number;
}

export interface Image {
  /** `sha256:…` */
  readonly id: string;
  readonly digest: string;
  readonly scenario: ImageScenario;
  readonly layers: readonly ImageLayer[];
  readonly created: string;
  readonly createdSeconds: number;
  readonly config: ImageConfig;
  /** Set where it was built here. */
  readonly built?: BuiltFrom;
  tags: Reference[];
}

/** What one step of a build made of the image before it. */
export interface BuiltFrom {
  readonly parent: Image;
  /** The step, as `docker history` shows it: same parent, same step, same image. */
  readonly createdBy: string;
  readonly comment: string;
  readonly author: string;
  readonly addedBytes: number;
  /** The whole file tree; never written again. */
  readonly tree: FileSystemOperations;
}

/** A compressed Windows layer is about a quarter of what it unpacks to. */
const COMPRESSION = 0.25;
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Describes an image of the scenario: same data, same digests. Base layers are shared by base and OS version. */
export function describeImage(scenario: ImageScenario): Image {
  const seed = `${scenario.reference}|${scenario.base}|${scenario.osVersion ?? ''}`;
  const created = nanoTime(parseTime(scenario.created ?? '2026-01-13T02:00:00Z') ?? 0n);
  const each = Math.floor(scenario.sizeBytes / scenario.layers);
  const layers = Array.from({ length: scenario.layers }, (_, index) => {
    const isBase = index === 0 && scenario.base !== 'linux' && scenario.osVersion !== undefined;
    const name = isBase ? `${scenario.base}|${scenario.osVersion}|${each}` : `${seed}|${index}`;
    const size = index === 0 ? scenario.sizeBytes - each * (scenario.layers - 1) : each;
    return {
      digest: hash(`blob ${name}`),
      diffId: `sha256:${hash(`diff ${name}`)}`,
      size,
      blobSize: Math.ceil(size * COMPRESSION),
    };
  });
  return {
    id: `sha256:${hash(`image ${seed}`)}`,
    digest: `sha256:${hash(`manifest ${seed}`)}`,
    scenario,
    layers,
    created,
    createdSeconds: Math.floor(Date.parse(created) / 1_000),
    config: scenarioConfig(scenario),
    tags: [],
  };
}

/** No image of that name, or the name cannot be one. Ground: github.com/distribution/reference. */
export function missingImage(name: string): ApiError {
  const reference = normalise(name);
  if (reference !== undefined) return notFound(`No such image: ${reference.familiar}`);
  const [path = ''] = name.replace(/:[^/]*$/, '').split('@');
  const isUpper = normalise(name.toLowerCase()) !== undefined && path !== path.toLowerCase();
  const why = isUpper ? `: repository name (${path.includes('/') ? path : `library/${path}`}) must be lowercase` : '';
  return badRequest(`invalid reference format${why}`);
}

/** Local images by id and by tag, and the read-only file tree of each. */
export class ImageStore {
  readonly #machine: Machine;
  readonly #baseFiles: (base: ImageScenario['base']) => Readonly<Record<string, string>>;
  readonly #byId = new Map<string, Image>();
  readonly #byTag = new Map<string, Image>();
  readonly #trees = new Map<string, Promise<FileSystemOperations>>();
  /** What was pushed, by tag. */
  readonly #published = new Map<string, Image>();
  readonly #registryLayers: ReadonlySet<string>;

  /** `registry`: what can be pulled from the beginning. */
  constructor(
    machine: Machine,
    baseFiles: (base: ImageScenario['base']) => Readonly<Record<string, string>>,
    registry: readonly ImageScenario[],
  ) {
    this.#machine = machine;
    this.#registryLayers = new Set(registry.flatMap(entry => describeImage(entry).layers.map(({ digest }) => digest)));
    this.#baseFiles = baseFiles;
  }

  all(): readonly Image[] {
    return [...this.#byId.values()];
  }

  byId(id: string): Image | undefined {
    return this.#byId.get(id);
  }

  /** Adds an image under a tag; the tag leaves whoever had it. Answers the image that is kept. */
  add(image: Image, reference: Reference): Image {
    const held = this.#byId.get(image.id) ?? image;
    this.#byId.set(held.id, held);
    this.untag(reference);
    held.tags.push(reference);
    this.#byTag.set(reference.familiar, held);
    return held;
  }

  /** Keeps an image that has no name (yet): a step of a build. */
  keep(image: Image): void {
    this.#byId.set(image.id, image);
  }

  /** Images that were built upon this one, directly. */
  childrenOf(image: Image): readonly Image[] {
    return this.all().filter(({ built }) => built?.parent.id === image.id);
  }

  untag(reference: Reference): void {
    const holder = this.#byTag.get(reference.familiar);
    if (holder === undefined) return;
    holder.tags = holder.tags.filter(tag => tag.familiar !== reference.familiar);
    this.#byTag.delete(reference.familiar);
  }

  remove(image: Image): void {
    for (const tag of image.tags) this.#byTag.delete(tag.familiar);
    image.tags = [];
    this.#byId.delete(image.id);
  }

  hasLayer(digest: string): boolean {
    return this.all().some(image => image.layers.some(layer => layer.digest === digest));
  }

  /** Puts an image into the registry under a tag. */
  publish(image: Image, reference: Reference): void {
    this.#published.set(reference.familiar, image);
  }

  isPublished(reference: Reference): boolean {
    return this.#published.has(reference.familiar);
  }

  /** Tags and images that were pushed. */
  published(): readonly (readonly [familiar: string, image: Image])[] {
    return [...this.#published];
  }

  /** Whether a registry has the layer: of an image of the scenario, or of one that was pushed. */
  isInRegistry(digest: string): boolean {
    const pushed = [...this.#published.values()].some(({ layers }) => layers.some(layer => layer.digest === digest));
    return pushed || this.#registryLayers.has(digest);
  }

  /** By tag, digest, full id or id prefix. */
  find(name: string): Image | undefined {
    const byId = this.#byId.get(name) ?? this.#byId.get(`sha256:${name}`);
    if (byId !== undefined) return byId;
    const reference = normalise(name);
    const tagged = reference === undefined ? undefined : this.#byTag.get(reference.familiar);
    if (tagged !== undefined) return tagged;
    if (reference?.digest !== undefined) {
      return this.all().find(
        image => image.digest === reference.digest && image.tags.some(tag => tag.repository === reference.repository),
      );
    }
    const prefix = /^(?:sha256:)?([0-9a-f]{2,64})$/.exec(name)?.[1];
    const matches = prefix === undefined ? [] : this.all().filter(image => image.id.startsWith(`sha256:${prefix}`));
    if (matches.length > 1) throw conflict(`multiple IDs found with provided prefix: ${name}`);
    return matches[0];
  }

  get(name: string): Image {
    if (name === '') throw new ApiError(400, 'invalid reference format');
    const found = this.find(name);
    if (found !== undefined) return found;
    throw missingImage(name);
  }

  /** The image's file tree, made when it is first needed. */
  tree(image: Image): Promise<FileSystemOperations> {
    if (image.built !== undefined) return Promise.resolve(image.built.tree);
    const { base, files } = image.scenario;
    const key = Object.keys(files).length === 0 ? base : image.id;
    const held = this.#trees.get(key);
    if (held !== undefined) return held;
    const made = this.#fill({ ...this.#baseFiles(base), ...files }, base);
    this.#trees.set(key, made);
    return made;
  }

  async #fill(files: Readonly<Record<string, string>>, label: string): Promise<FileSystemOperations> {
    const store = this.#machine.createStore({ label, totalBytes: 20 * 1_024 ** 3 });
    const made = new Set<string>();
    for (const [path, content] of Object.entries(files)) {
      const place = path.replaceAll('/', '\\').replace(/^[A-Za-z]:/, '');
      const isDirectory = place.endsWith('\\');
      const parts = place.split('\\').filter(part => part !== '');
      const directories = isDirectory ? parts.length : parts.length - 1;
      for (let depth = 1; depth <= directories; depth += 1) {
        const directory = `\\${parts.slice(0, depth).join('\\')}`;
        const known = directory.toLowerCase();
        if (made.has(known)) continue;
        made.add(known);
        await store.createDirectory(directory);
      }
      const program = /^program:(.+)$/.exec(content)?.[1];
      const text = program === undefined ? content : `MZ siloscope-program ${program}\n`;
      if (!isDirectory) await store.write(`\\${parts.join('\\')}`, Buffer.from(text), 'replace');
    }
    return store;
  }
}
