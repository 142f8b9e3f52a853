import type { KnownError } from './known-error.ts';

const BUILDER = 'moby daemon/builder/dockerfile; seen on dockerd';

/** Errors of the engine's classic builder, and of images that cannot go. */
export const BUILD_ERRORS: readonly KnownError[] = [
  {
    texts: [
      /file not found in build context or excluded by \.dockerignore/i,
      /COPY failed: no source files were specified/i,
    ],
    cause: 'COPY names a file that was not sent to the engine.',
    fix: "Name it among the files of the recipe, by the name that COPY uses; with `docker build` put it beside the Dockerfile, and out of .dockerignore's reach.",
    source: BUILDER,
  },
  {
    texts: [/forbidden path outside the build context/i],
    cause: 'COPY and ADD reach only what was sent to the engine.',
    fix: 'Name the file among those of the recipe and copy it by its name alone.',
    source: BUILDER,
  },
  {
    texts: [/unknown instruction: /i, /dockerfile parse error/i, /failed to parse Dockerfile/i],
    cause: 'The Dockerfile is not written as the builder reads it.',
    fix: 'Correct the line that is named. Windows paths need "# escape=`" as the first line, or doubled backslashes.',
    source: BUILDER,
  },
  {
    texts: [/the --\w+ option requires BuildKit/i],
    cause: 'Windows daemons build with the classic builder, which does not have this option.',
    fix: 'Write it without the option.',
    source: BUILDER,
  },
  {
    texts: [/Windows does not support FROM scratch/i],
    cause: "A Windows image always stands on one of Microsoft's base images.",
    fix: 'Begin with "ARG BASE" and "FROM $BASE": the base that fits the host is filled in.',
    source: BUILDER,
  },
  {
    texts: [/base name \(.*\) should not be blank/i],
    cause: 'FROM names an ARG that has no value.',
    fix: 'Give the ARG a value before FROM, or use BASE, which is filled in.',
    source: BUILDER,
  },
  {
    texts: [/with more than one source file, the destination must be a directory/i],
    cause: 'COPY has several sources, and its target does not end with a slash.',
    fix: 'End the target with "/".',
    source: BUILDER,
  },
  {
    texts: [/is not recognized as an internal or external command/i],
    cause: 'The image has no such program, or not on its PATH.',
    fix: 'Name it with its full path, or add it to the image. Server Core has cmd, PowerShell, tar and curl; other tools are not there.',
    source: 'cmd.exe',
  },
  {
    texts: [/image is being used by (?:running|stopped) container/i, /is using its referenced image/i],
    cause: 'A container, perhaps a stopped one, was made of this image.',
    fix: 'Remove the container first: `siloscope list --all`, `docker rm NAME`.',
    source: 'moby daemon/images/image_delete.go',
  },
  {
    texts: [/image has dependent child images/i],
    cause: 'Other images were built upon this one.',
    fix: 'Remove those first; it goes with the last of them.',
    source: 'moby daemon/images/image_delete.go',
  },
  {
    texts: [/invalid reference format/i],
    cause: 'It is not how an image is named: small letters, digits and separators, then ":tag".',
    fix: 'Write it as in siloscope/rclone:ltsc2025.',
    source: 'distribution/reference',
  },
];
