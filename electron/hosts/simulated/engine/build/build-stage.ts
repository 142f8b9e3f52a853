import type { FileSystemOperations } from '../../machine.ts';
import type { EngineState } from '../engine-state.ts';
import type { ImageConfig } from '../image-config.ts';
import type { Image } from '../image-store.ts';
import { nanoTime, secondsOf } from '../nano-time.ts';
import { hashOf } from './build-context.ts';

/** Args that need no ARG. Ground: moby daemon/builder/dockerfile/buildargs.go. */
export const BUILT_IN_ARGS: ReadonlySet<string> = new Set(
  ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap(name => [name, name.toLowerCase()]),
);

/** One stage of a build as it goes on: the image so far, its configuration, and the args that are declared in it. */
export interface Stage {
  readonly name: string | undefined;
  image: Image;
  config: ImageConfig;
  readonly args: Map<string, string | undefined>;
  /** A CMD stood before: an ENTRYPOINT keeps it. */
  cmdSet: boolean;
  /** While each step was found in the cache. */
  cached: boolean;
}

/** A new environment with the pairs set; names compare without case. */
export function withEnvironment(
  held: readonly string[] | null,
  pairs: readonly (readonly [string, string])[],
): readonly string[] {
  const lines = [...(held ?? [])];
  for (const [name, value] of pairs) {
    const at = lines.findIndex(line => line.split('=')[0]?.toLowerCase() === name.toLowerCase());
    if (at === -1) lines.push(`${name}=${value}`);
    else lines[at] = `${name}=${value}`;
  }
  return lines;
}

/** The words before a shell form. */
export const shellOf = ({ Shell }: ImageConfig): readonly string[] => Shell ?? ['cmd', '/S', '/C'];

/** How `docker history` shows a step that runs nothing; `#(nop) ` and one blank more before metadata. */
export function nothingRun(config: ImageConfig, comment: string, blanks: ' ' | '  '): string {
  return `${shellOf(config).join(' ')} #(nop)${blanks}${comment}`;
}

/** How `docker history` shows a RUN: with the build args it saw. */
export function runShown(words: readonly string[], args: readonly string[]): string {
  const lead = args.length === 0 ? [] : [`|${args.length}`, ...args.toSorted()];
  return [...lead, ...words].join(' ');
}

/** The image of an earlier build that made the same step upon the same image, by the same configuration. */
export function cachedImage(
  state: EngineState,
  parent: Image,
  createdBy: string,
  config: ImageConfig,
): Image | undefined {
  const wanted = JSON.stringify(config);
  return state.images
    .childrenOf(parent)
    .find(({ built, config: own }) => built?.createdBy === createdBy && JSON.stringify(own) === wanted);
}

export interface Made {
  readonly createdBy: string;
  readonly config: ImageConfig;
  readonly comment?: string;
  readonly author?: string;
  /** Absent: the step changed no file. */
  readonly disk?: { readonly operations: FileSystemOperations; readonly scratchBytes: () => number };
}

/** Keeps what a step made as an image of its own. */
export async function keepStep(state: EngineState, parent: Image, made: Made): Promise<Image> {
  const { createdBy, config, disk, comment = '', author = '' } = made;
  const at = state.time.now();
  const added = disk?.scratchBytes() ?? 0;
  const id = `sha256:${hashOf(JSON.stringify([parent.id, createdBy, config, String(at)]))}`;
  const layer = {
    digest: hashOf(`blob ${id}`),
    diffId: `sha256:${hashOf(`diff ${id}`)}`,
    size: added,
    blobSize: added,
  };
  const image: Image = {
    id,
    digest: `sha256:${hashOf(`manifest ${id}`)}`,
    scenario: {
      ...parent.scenario,
      labels: { ...config.Labels },
      sizeBytes: parent.scenario.sizeBytes + added,
      files: {},
    },
    layers: disk === undefined ? parent.layers : [...parent.layers, layer],
    created: nanoTime(at),
    createdSeconds: secondsOf(at),
    config,
    built: {
      parent,
      createdBy,
      comment,
      author,
      addedBytes: added,
      tree: disk?.operations ?? (await state.images.tree(parent)),
    },
    tags: [],
  };
  state.images.keep(image);
  return image;
}

/** The words of a command: those of its JSON form, or the shell and the text as it stands, in one word. */
export function commandWords(
  command: { readonly words: readonly string[] } | { readonly shell: string },
  config: ImageConfig,
): { readonly words: readonly string[]; readonly isEscaped: boolean } {
  if ('words' in command) return { words: command.words, isEscaped: false };
  if (command.shell === '') return { words: [], isEscaped: config.ArgsEscaped === true };
  return { words: [`${shellOf(config).join(' ')} ${command.shell}`], isEscaped: true };
}

/** Go's %q of words: `["a" "b c"]`. */
export const quotedList = (words: readonly string[]): string =>
  `[${words.map(word => JSON.stringify(word)).join(' ')}]`;

/** What a container's output is, as text. */
export const decodeText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
