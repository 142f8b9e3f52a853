import { z } from 'zod';
import { ImageRow } from './image-row.ts';
import { PullProgress } from './launch.ts';

/** One file of the host that goes into a build, or those of one directory that fit a pattern such as `cyg*.dll`. */
export const RecipeFile = z.strictObject({
  /** Full path on the host; `{winfsp}` stands for WinFsp's installation. `*` and `?` in its last part alone. */
  from: z.string().min(4).max(400),
  /** Its name in the build's context; absent: its own. Patterns keep theirs. */
  name: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]{0,100}$/, 'expected letters, digits, ".", "_" and "-", with a letter or digit first')
    .optional(),
  /** The build goes on without it. */
  optional: z.boolean().optional(),
});
export type RecipeFile = z.infer<typeof RecipeFile>;

/**
 * How an image is made that holds a file system's program: the text of a Dockerfile, and the files that go with it, each by
 * its name. `ARG BASE` is given the base image that fits the host.
 */
export const ImageRecipe = z.strictObject({
  dockerfile: z.string().min(1).max(65_536),
  files: z.array(RecipeFile).max(60).default([]),
  /** Values of further ARGs. */
  args: z
    .record(
      z.string().regex(/^[A-Za-z_]\w*$/, 'expected a key of letters, digits and "_", with no digit first'),
      z.string(),
    )
    .optional(),
  /** What the image is called by default, without its tag. */
  name: z
    .string()
    .regex(/^[a-z0-9]+(?:[._/-][a-z0-9]+)*$/, 'expected the name of an image without its tag, such as team/rclone'),
});
export type ImageRecipe = z.infer<typeof ImageRecipe>;

/** Why a recipe should not be built as it is; `line` counts from 1. */
export const RecipeIssue = z.object({
  line: z.int().positive().optional(),
  because: z.enum([
    'unpinned-download',
    'add-from-url',
    'no-base-arg',
    'other-base',
    'buildkit-only',
    'no-instruction',
  ]),
  text: z.string(),
});
export type RecipeIssue = z.infer<typeof RecipeIssue>;

/** A file as it is on the host now. */
export const FoundFile = z.object({
  name: z.string(),
  from: z.string(),
  /** Absent: it is not there. */
  sizeBytes: z.number().optional(),
  optional: z.boolean(),
});
export type FoundFile = z.infer<typeof FoundFile>;

/** What a build would do. Nothing was changed to find it. */
export const RecipePlan = z.object({
  profile: z.string().optional(),
  recipe: ImageRecipe,
  /** The base image, chosen for the host's build, and how it was judged. */
  base: ImageRow,
  tag: z.string(),
  /** An image of that name is here. */
  exists: z.boolean(),
  files: z.array(FoundFile),
  /** Dockerfile and files together. */
  contextBytes: z.number(),
  issues: z.array(RecipeIssue),
  /** The same by the stock client, in a folder with these files. */
  dockerBuild: z.string(),
});
export type RecipePlan = z.infer<typeof RecipePlan>;

export const BuildStep = z.object({
  number: z.int().positive(),
  of: z.int().positive(),
  /** As the Dockerfile has it. */
  text: z.string(),
  /** In the Dockerfile, from 1; absent for a step that is not in its text. */
  line: z.int().positive().optional(),
});
export type BuildStep = z.infer<typeof BuildStep>;

/** One thing that a build told. */
export const BuildProgress = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pull'), pull: PullProgress }),
  z.object({ kind: z.literal('sending'), sentBytes: z.number(), totalBytes: z.number() }),
  z.object({ kind: z.literal('step'), step: BuildStep, cached: z.boolean() }),
  /** What a step printed. Untrusted. */
  z.object({ kind: z.literal('output'), text: z.string() }),
]);
export type BuildProgress = z.infer<typeof BuildProgress>;

/** A build that went well. */
export const BuiltImage = z.object({
  image: ImageRow,
  tag: z.string(),
  id: z.string(),
  /** What went into it, by SHA-256. */
  files: z.array(z.object({ name: z.string(), sizeBytes: z.number(), sha256: z.string() })),
  warnings: z.array(z.string()),
});
export type BuiltImage = z.infer<typeof BuiltImage>;
